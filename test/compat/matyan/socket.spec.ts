import { once } from 'node:events';

import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { call, info, metric, newHash, now, ok, origin, points, Transport } from './client.js';

const wrong = (text: RegExp): object => ({ status: 'error', error: expect.stringMatching(text) as string });

describe('a run’s socket', () => {
  it('takes all eleven messages, one by one, each with one reply', async () => {
    const run = await Transport.create();
    await run.must(metric('loss', 0.5, 0, { context: { subset: 'train' }, epoch: 1 }));
    await run.must({ type: 'log_hparams', value: { hparams: { lr: 0.01 } } });
    await run.must({
      type: 'set_run_property',
      name: 'first',
      description: 'of all',
      archived: true,
      experiment: 'socket',
    });
    await run.must({ type: 'add_tag', tag_name: 'kept' });
    await run.must({ type: 'add_tag', tag_name: 'dropped' });
    await run.must({ type: 'remove_tag', tag_name: 'dropped' });
    await run.must({
      type: 'log_custom_object',
      name: 'note',
      value: { type: 'text', data: 'hi' },
      step: 0,
      dtype: 'text',
    });
    await run.must({ type: 'log_terminal_line', line: 'epoch 1', step: 0 });
    await run.must({
      type: 'log_record',
      message: 'began',
      level: 20,
      timestamp: Date.now() / 1000,
      extra_args: { a: 1 },
    });
    await run.must({ type: 'blob_ref', artifact_path: 'model.bin', s3_key: `${run.hash}/model.bin` });
    await run.must({ type: 'blob_ref', artifact_path: 'data/rows.csv', blob_key: `${run.hash}/data/rows.csv` });
    await run.must({ type: 'finish_run', client_datetime: now() });
    expect(await info(run.hash)).toEqual({
      params: { hparams: { lr: 0.01 } },
      traces: {
        metric: [{ name: 'loss', context: { subset: 'train' }, last_value: 0.5 }],
        images: [],
        texts: [{ name: 'note', context: {} }],
        distributions: [],
        audios: [],
        figures: [],
      },
      props: {
        name: 'first',
        description: 'of all',
        experiment: { id: expect.any(String) as string, name: 'socket', description: '' },
        tags: [{ id: expect.any(String) as string, name: 'kept', color: null, description: null }],
        creation_time: expect.any(Number) as number,
        end_time: expect.any(Number) as number,
        archived: true,
        active: false,
      },
      artifacts: [
        { name: 'rows.csv', path: 'data/rows.csv', uri: expect.any(String) as string },
        { name: 'model.bin', path: 'model.bin', uri: expect.any(String) as string },
      ],
    });
    await run.close();
  });

  it('takes a batch of all of them as an array', async () => {
    const run = await Transport.open();
    await run.must(
      { type: 'create_run', client_datetime: now() },
      metric('a', 1, 0),
      metric('a', 2, 1),
      { type: 'log_hparams', value: { b: 2 } },
      metric('a', 3, 2),
      { type: 'add_tag', tag_name: 'batch' },
      { type: 'log_terminal_line', line: 'x', step: 0 },
      { type: 'log_terminal_line', line: 'y', step: 1 },
      { type: 'finish_run' },
    );
    expect(await points(run.hash, 'a')).toEqual([[0, 1], [1, 2], [2, 3]]); // prettier-ignore
    expect(await info(run.hash)).toMatchObject({
      params: { b: 2 },
      props: { active: false, name: `Run: ${run.hash}` },
    });
    await run.close();
  });

  it('stops a batch at the first bad message; what came before is stored', async () => {
    const run = await Transport.create();
    const reply = await run.send(
      metric('m', 1, 0),
      metric('m', 2, 1),
      { ...metric('m', 3, 2), step: 'x' },
      metric('m', 4, 3),
    );
    expect(reply).toEqual(wrong(/Message 2 .*step/));
    expect(await points(run.hash, 'm')).toEqual([[0, 1], [1, 2]]); // prettier-ignore
    expect(await run.send({ type: 'nothing' })).toEqual(wrong(/Message 0/));
    expect(await run.send(metric('m', 1, 0), metric('x', 1, 0, { context: { long: 'x'.repeat(5000) } }), metric('m', 9, 9))).toEqual(wrong(/context/)); // prettier-ignore
    expect(await points(run.hash, 'm')).toEqual([[0, 1], [1, 2]]); // prettier-ignore
    await run.must(metric('m', 9, 9));
    await run.close();
  });

  it('answers what is no message with an error, and stays', async () => {
    const run = await Transport.create();
    for (const [text, reason] of [
      ['', /not valid JSON/],
      ['{', /not valid JSON/],
      ['nonsense', /not valid JSON/],
      ['{"type": NaNa}', /not valid JSON/],
      ['7', /Message 0/],
      ['null', /Message 0/],
      ['"log_metric"', /Message 0/],
      ['[[]]', /Message 0/],
      [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, /nested deeper/],
      [`{"type": "log_hparams", "value": {"a": ${'{"a":'.repeat(90)}1${'}'.repeat(90)}}}`, /large/],
      [JSON.stringify(Array.from({ length: 10_001 }, () => ({}))), /more than 10000/],
    ] as const) {
      expect([text.slice(0, 40), await run.sendText(text)]).toEqual([text.slice(0, 40), wrong(reason)]);
    }
    await run.must(metric('m', 1, 0));
    expect(await run.sendText('[]')).toEqual({ status: 'ok', error: null });
    await run.close();
  });

  it('keeps numbers that are none: a bare NaN, null, infinities', async () => {
    const run = await Transport.create();
    const text = (value: string, step: number): string =>
      JSON.stringify(metric('nan', 0, step, { context: { note: 'NaN, "NaN": NaN' } })).replace(
        '"value":0',
        `"value":${value}`,
      );
    for (const [step, value] of ['NaN', 'null', 'Infinity', '-Infinity', '1e308'].entries()) {
      expect(await run.sendText(text(value, step))).toEqual({ status: 'ok', error: null });
    }
    expect(await points(run.hash, 'nan', { note: 'NaN, "NaN": NaN' })).toEqual([
      [0, null],
      [1, null],
      [2, null],
      [3, null],
      [4, 1e308],
    ]);
    await run.close();
  });

  it('gives null steps the next ones, however many write at once; the same step again overwrites', async () => {
    const run = await Transport.create();
    const more = await Promise.all(Array.from({ length: 3 }, () => Transport.open(run.hash)));
    const sockets = [run, ...more];
    await Promise.all(
      sockets.map(async (socket, n) => {
        for (let round = 0; round < 5; round++) {
          await socket.must(
            ...Array.from({ length: 20 }, (_none, k) => metric('auto', n * 1000 + round * 20 + k, null)),
          );
        }
      }),
    );
    const found = await points(run.hash, 'auto');
    expect(found.map(([step]) => step)).toEqual(Array.from({ length: 400 }, (_none, step) => step));
    for (let n = 0; n < 4; n++) {
      const own = found.map(([, value]) => value!).filter((value) => Math.floor(value / 1000) === n);
      expect(own).toEqual(Array.from({ length: 100 }, (_none, k) => n * 1000 + k));
    }
    await run.must(metric('auto', -1, 7), metric('auto', -2, 7));
    expect((await points(run.hash, 'auto'))[7]).toEqual([7, -2]);
    expect(await info(run.hash)).toMatchObject({ traces: { metric: [{ name: 'auto', context: {} }] } });
    for (const socket of sockets) await socket.close();
  });

  it('replaces parameters at the end of their path', async () => {
    const run = await Transport.create();
    await run.must({ type: 'log_hparams', value: { hparams: { lr: 1, old: 2 } } });
    await run.must({ type: 'log_hparams', value: { hparams: { bs: 2 } } });
    expect((await info(run.hash)).params).toEqual({ hparams: { lr: 1, old: 2, bs: 2 } });
    await run.must({ type: 'log_hparams', value: { hparams: { lr: 3, deep: { a: { b: [1, null] } } } } });
    expect((await info(run.hash)).params).toEqual({ hparams: { lr: 3, deep: { a: { b: [1, null] } } } });
    await run.must({ type: 'log_hparams', value: {} });
    await run.must({ type: 'log_hparams', value: { __system_params: { cpu: 4, os: 'x' } } });
    expect((await info(run.hash)).params).toHaveProperty('__system_params', { cpu: 4, os: 'x' });
    expect((await info(run.hash, '?skip_system=True')).params).toEqual({
      hparams: { lr: 3, deep: { a: { b: [1, null] } } },
    });
    expect(await run.sendText('{"type": "log_hparams", "value": {"__proto__": {"polluted": 1, "b": 2}}}')).toEqual({ status: 'ok', error: null }); // prettier-ignore
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const read = await (await fetch(`${origin()}/api/v1/rest/runs/${run.hash}/info/`)).text();
    expect(read).toContain('"__proto__":{"b":2,"polluted":1}');
    const tree = { a: Object.fromEntries(Array.from({ length: 60_000 }, (_none, n) => [`key ${n}`, 'x'.repeat(100)])) };
    expect(await run.send({ type: 'log_hparams', value: tree })).toEqual(wrong(/too large/));
    await run.close();
  });

  it('knows a run by any plain name, and by the address alone', async () => {
    for (const hash of ['01JT8Q4ZD0W4Y4N6B4QH3M3V5K', `run-2026.01_31-${Date.now()}`, `x${newHash().repeat(3)}`]) {
      const run = await Transport.open(hash);
      await run.must({ type: 'create_run', client_datetime: now(), run_id: 'another' });
      expect((await info(hash)).props.name).toBe(`Run: ${hash}`);
      await run.close();
    }
    expect((await call('GET', '/runs/another/info/')).status).toBe(404);
    for (const path of ['a b', 'a%2Fb', '..%2f', 'x'.repeat(129), '', 'a/b']) {
      const client = new WebSocket(`${origin().replace(/^http/, 'ws')}/api/v1/ws/runs/${path}`);
      const [, answer] = (await once(client, 'unexpected-response')) as [unknown, { statusCode: number }];
      expect([path, answer.statusCode]).toEqual([path, 404]);
      client.on('error', () => undefined).terminate();
    }
  });

  it('loses nothing that comes before the run was created', async () => {
    const run = await Transport.open();
    await run.must(metric('early', 1, 0));
    await run.must({ type: 'create_run', client_datetime: now(), force_resume: true });
    expect(await points(run.hash, 'early')).toEqual([[0, 1]]);
    await run.close();
  });

  it('begins a run anew, or goes on with it when its client says so', async () => {
    const run = await Transport.create();
    await run.must(
      metric('m', 1, 0),
      { type: 'set_run_property', name: 'kept', archived: true },
      { type: 'finish_run' },
    );
    const before = (await info(run.hash)).props;
    await run.must({ type: 'create_run', client_datetime: now(), force_resume: true });
    expect((await info(run.hash)).props).toEqual({ ...before, active: true, end_time: null });
    await run.must({ type: 'create_run', client_datetime: now() });
    const anew = (await info(run.hash)).props;
    expect(anew).toMatchObject({ name: `Run: ${run.hash}`, archived: false, active: true, end_time: null });
    expect(anew.creation_time).toBeGreaterThan(before.creation_time);
    expect(await points(run.hash, 'm')).toEqual([[0, 1]]);
    await run.close();
  });

  it('counts how long a run took by its client’s clock, which may be an hour off', async () => {
    const run = await Transport.open();
    const at = (ms: number): string => new Date(Date.now() - 3_600_000 + ms).toISOString().replace('Z', '');
    await run.must({ type: 'create_run', client_datetime: at(0) });
    await run.must({ type: 'finish_run', client_datetime: at(90_000) });
    const { creation_time: began, end_time: ended } = (await info(run.hash)).props;
    expect(Math.abs(ended! - began - 90)).toBeLessThan(5);
    expect(Math.abs(began - Date.now() / 1000)).toBeLessThan(30);
    await run.must(metric('late', 1, 0));
    expect((await info(run.hash)).props).toMatchObject({ active: false, end_time: ended });
    await run.close();
  });

  it('refuses a deleted run until its stone is taken away', async () => {
    const run = await Transport.create();
    await run.must(metric('m', 1, 0));
    await ok('DELETE', `/runs/${run.hash}/`);
    expect(await run.send(metric('m', 2, 1))).toEqual(wrong(/deleted/));
    expect(await run.send({ type: 'create_run', client_datetime: now(), force_resume: true })).toEqual(
      wrong(/deleted/),
    );
    expect((await call('GET', `/runs/${run.hash}/info/`)).status).toBe(404);
    const cleared = await call('POST', `/runs/${run.hash}/clear-tombstone/`);
    expect([cleared.status, cleared.body]).toEqual([204, '']);
    await run.must({ type: 'create_run', client_datetime: now() });
    expect((await info(run.hash)).traces['metric']).toEqual([]);
    await run.close();
  });

  it('takes ten thousand series; one more is refused by name, what came before it stays', async () => {
    const run = await Transport.create();
    for (let from = 0; from < 10_000; from += 2500) {
      await run.must(...Array.from({ length: 2500 }, (_none, at) => metric(`s${from + at}`, 1, 0)));
    }
    const frame = [metric('s0', 2, 1), metric('one more', 1, 0), metric('s0', 3, 2)];
    expect(await run.send(...frame)).toEqual(wrong(/^Message 1\b.*series.*10000/));
    const flood = Array.from({ length: 10_000 }, (_none, at) => metric(`more${at}`, 1, 0));
    expect(await run.send(...flood)).toEqual(wrong(/^Message 0\b.*series.*10000/));
    await run.must(metric('s0', 4, 3));
    expect(await points(run.hash, 's0')).toEqual([[0, 1], [1, 2], [3, 4]]); // prettier-ignore
    await run.close();
  });

  it('answers pings, and hangs up on a frame past its limit', async () => {
    const run = await Transport.create();
    const ponged = once(run.socket, 'pong');
    run.socket.ping('beat');
    expect(String((await ponged)[0])).toBe('beat');
    const closed = once(run.socket, 'close');
    run.socket.send('x'.repeat(16 * 1024 * 1024 + 1));
    expect((await closed)[0]).toBe(1009);
  });

  it('answers frames that come faster than they are stored in their order', async () => {
    const run = await Transport.create();
    const frames = Array.from({ length: 200 }, (_none, n) =>
      n % 10 === 9 ? '{' : JSON.stringify(metric('fast', n, n)),
    );
    for (const frame of frames) run.socket.send(frame);
    const replies = [];
    for (const frame of frames) replies.push([frame === '{', (await run.next()).status]);
    expect(replies).toEqual(frames.map((frame) => [frame === '{', frame === '{' ? 'error' : 'ok']));
    expect(await points(run.hash, 'fast')).toHaveLength(180);
    await run.close();
  });
});
