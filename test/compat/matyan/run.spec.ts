import { describe, expect, it } from 'vitest';

import { call, info, metric, newHash, now, ok, points, refused, Transport } from './client.js';

const nowhere = '00000000-0000-4000-8000-000000000000';

describe('runs', () => {
  it('are changed by REST as by socket', async () => {
    const run = await Transport.create();
    const done = { id: run.hash, status: 'OK' };
    const change = { name: 'n', description: 'd', archived: true, experiment: 'by REST' };
    expect(await ok('PUT', `/runs/${run.hash}/`, { json: change })).toEqual(done);
    const { props } = await info(run.hash);
    expect(props).toMatchObject({ name: 'n', description: 'd', archived: true, active: true, end_time: null });
    expect(props.experiment.name).toBe('by REST');
    expect(await ok('PUT', `/runs/${run.hash}/`, { json: { active: false, name: null } })).toEqual(done);
    const ended = (await info(run.hash)).props;
    expect(ended).toMatchObject({ name: 'n', active: false });
    expect(ended.end_time).toBeGreaterThanOrEqual(props.creation_time);
    await ok('PUT', `/runs/${run.hash}/`, { json: { active: true } });
    expect((await info(run.hash)).props).toEqual({ ...ended, active: true, end_time: null });
    await run.close();
  });

  it('are finished, archived and deleted in batches; unknown ones are skipped', async () => {
    const runs = [await Transport.create(), await Transport.create()];
    const hashes = runs.map(({ hash }) => hash);
    const json = [...hashes, 'unknown', '..'];
    expect(await ok('POST', '/runs/finish-batch/', { json })).toEqual({ status: 'OK' });
    expect(await ok('POST', '/runs/archive-batch/', { json })).toEqual({ status: 'OK' });
    for (const hash of hashes) expect((await info(hash)).props).toMatchObject({ active: false, archived: true });
    expect(await ok('POST', '/runs/archive-batch/?archive=false', { json })).toEqual({ status: 'OK' });
    for (const hash of hashes) expect((await info(hash)).props).toMatchObject({ archived: false });
    expect(await ok('POST', '/runs/delete-batch/', { json: {} })).toEqual({ status: 'OK' });
    expect(await ok('POST', '/runs/delete-batch/', { json })).toEqual({ status: 'OK' });
    for (const hash of hashes) expect((await call('GET', `/runs/${hash}/info/`)).status).toBe(404);
    for (const run of runs) await run.close();
  });

  it('list the sequences asked for', async () => {
    const run = await Transport.create();
    const object = (name: string, type: string) => ({
      type: 'log_custom_object',
      name,
      value: { type, data: 'x' },
      step: 0,
      dtype: type,
    });
    await run.must(
      metric('loss', 1, 0),
      metric('loss', NaN, 1),
      ...['image', 'text', 'distribution', 'audio', 'figure'].map((type) => ({
        ...object(type, type),
        value:
          type === 'image' || type === 'audio'
            ? { type, s3_key: `${run.hash}/seq/${type}/0.bin` }
            : { type, data: 'x' },
      })),
      object('odd', 'custom'),
    );
    const all = (await info(run.hash)).traces;
    expect(
      Object.fromEntries(Object.entries(all).map(([kind, traces]) => [kind, traces.map(({ name }) => name)])),
    ).toEqual({
      metric: ['loss', 'odd'],
      images: ['image'],
      texts: ['text'],
      distributions: ['distribution'],
      audios: ['audio'],
      figures: ['figure'],
    });
    expect(all['metric']).toEqual([
      { name: 'loss', context: {}, last_value: null },
      { name: 'odd', context: {}, last_value: 0 },
    ]);
    const some = await info(run.hash, '?sequence=metric&sequence=images&sequence=nothing');
    expect(Object.keys(some.traces)).toEqual(['metric', 'images']);
    await run.close();
  });

  it('show 32-bit contexts apart even where they collide, and metrics sampled', async () => {
    const run = await Transport.create();
    const contexts = [{}, { subset: 'train' }, { subset: 'val', fold: 1 }, { subset: { deep: [1, null, 'ü'] } }];
    const steps = Array.from({ length: 500 }, (_none, step) => step);
    for (const [n, context] of contexts.entries()) {
      await run.must(...steps.map((step) => metric('m', n * 1000 + step, step, { context })));
    }
    const json = [
      ...contexts.map((context) => ({ name: 'm', context })),
      { name: 'm', context: { no: 1 } },
      { name: 'no', context: {} },
    ];
    const sampled = await ok<{ context: object; iters: number[]; values: number[] }[]>('POST', `/runs/${run.hash}/metric/get-batch/`, { json }); // prettier-ignore
    expect(sampled.map(({ context }) => context)).toEqual(contexts);
    for (const [n, { iters, values }] of sampled.entries()) {
      expect(iters.length).toBeGreaterThanOrEqual(45);
      expect(iters.length).toBeLessThanOrEqual(55);
      expect([iters[0], iters.at(-1)]).toEqual([0, 499]);
      expect(values).toEqual(iters.map((step) => n * 1000 + step));
    }
    const [range] = await ok<[{ name: string; iters: number[] }]>('POST', `/runs/${run.hash}/metric/get-batch/?record_range=100:110&record_density=100`, { json }); // prettier-ignore
    expect(range.iters).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
    expect(await points(run.hash, 'm', contexts[3])).toHaveLength(500);
    await run.close();
  });

  it('have notes of their own', async () => {
    const [run, other] = [await Transport.create(), await Transport.create()];
    const { id, created_at: at } = await ok<{ id: string; created_at: number }>('POST', `/runs/${run.hash}/note/`, { json: { content: ' a ' } }); // prettier-ignore
    expect(await ok('GET', `/runs/${run.hash}/note/`)).toEqual([{ id, content: 'a', created_at: at, updated_at: at }]);
    expect(await ok('PUT', `/runs/${run.hash}/note/${id}/`, { json: { content: 'b' } })).toEqual({ id, content: 'b', updated_at: expect.any(Number) as number }); // prettier-ignore
    for (const path of [`/runs/${other.hash}/note/${id}/`, `/runs/${run.hash}/note/${nowhere}/`]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await call(method, path, method === 'PUT' ? { json: { content: 'x' } } : {});
        expect([method, path, answer.status, answer.body]).toEqual([method, path, 404, refused('not_found')]);
      }
    }
    expect(await ok('GET', `/runs/${run.hash}/note/${id}/`)).toMatchObject({ id, content: 'b' });
    expect(await ok('DELETE', `/runs/${run.hash}/note/${id}/`)).toEqual({ status: 'OK' });
    expect(await ok('GET', `/runs/${run.hash}/note/`)).toEqual([]);
    for (const one of [run, other]) await one.close();
  });

  it('of other clients and of the platform are here too, to be named and tagged but not written', async () => {
    const name = `exp-${newHash()}`;
    const node = { type: 'EXPERIMENT', name, parentId: 'ROOT', projectSlug: 'default' };
    const answer = await fetch(`${process.env['MILLRACE_COMPAT_URL']!}/api/namespaces/local/nodes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(node),
    });
    const { experiment } = (await answer.json()) as { experiment: { id: string } };
    const found = await info(experiment.id);
    expect(found.props).toMatchObject({ name, active: true });
    const run = await Transport.open(experiment.id);
    await run.must({ type: 'add_tag', tag_name: 'seen' }, { type: 'set_run_property', description: 'from matyan' });
    expect((await info(experiment.id)).props).toMatchObject({ description: 'from matyan', tags: [{ name: 'seen' }] });
    for (const message of [metric('m', 1, 0), { type: 'create_run', client_datetime: now() }, { type: 'finish_run' }]) {
      expect(await run.send(message)).toEqual({
        status: 'error',
        error: expect.stringMatching(/is written by ml-dash/) as string,
      });
    }
    expect((await info(experiment.id)).props).toMatchObject({ name, active: true });
    await run.close();
  });

  it('refuse what is not there or wrong', async () => {
    const run = await Transport.create();
    const none = newHash();
    const cases: [string, string, unknown, number, string][] = [
      ['GET', `/runs/${none}/info/`, undefined, 404, 'not_found'],
      ['PUT', `/runs/${none}/`, {}, 404, 'not_found'],
      ['DELETE', `/runs/${none}/`, undefined, 404, 'not_found'],
      ['POST', `/runs/${none}/metric/get-batch/`, [], 404, 'not_found'],
      ['GET', `/runs/${none}/note/`, undefined, 404, 'not_found'],
      ['POST', `/runs/${none}/note/`, { content: 'x' }, 404, 'not_found'],
      ['GET', `/runs/${'x'.repeat(129)}/info/`, undefined, 422, 'validation_error'],
      ['GET', `/runs/a b/info/`, undefined, 422, 'validation_error'],
      ['GET', `/runs/${run.hash}/info/?skip_system=perhaps`, undefined, 422, 'validation_error'],
      ['PUT', `/runs/${run.hash}/`, { archived: 'x' }, 422, 'validation_error'],
      ['PUT', `/runs/${run.hash}/`, { name: 'x'.repeat(300) }, 422, 'validation_error'],
      ['PUT', `/runs/${run.hash}/`, { name: 'a\u0000' }, 422, 'validation_error'],
      ['POST', '/runs/delete-batch/', 'x', 422, 'validation_error'],
      ['POST', '/runs/finish-batch/', [1], 422, 'validation_error'],
      ['POST', '/runs/archive-batch/?archive=x', [], 422, 'validation_error'],
      ['POST', `/runs/${run.hash}/metric/get-batch/`, {}, 422, 'validation_error'],
      ['POST', `/runs/${run.hash}/metric/get-batch/`, [{ name: 'm' }], 422, 'validation_error'],
      ['POST', `/runs/${run.hash}/metric/get-batch/?record_range=a:b`, [], 422, 'validation_error'],
      ['POST', `/runs/${run.hash}/note/`, {}, 422, 'validation_error'],
    ];
    for (const [method, path, json, status, code] of cases) {
      const answer = await call(method, path, { json });
      expect([method, path, answer.status, answer.body]).toEqual([method, path, status, refused(code)]);
    }
    expect((await call('POST', `/runs/${none}/clear-tombstone/`)).status).toBe(204);
    await run.close();
  });
});
