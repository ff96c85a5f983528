import { describe, expect, it } from 'vitest';

import { decodeTree, type ReadTree } from '#matyan';

import { call, newHash, ok, origin, refused, Transport } from './client.js';

/** A stream's bytes, as the client gets them. */
async function stream(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; tree: Record<string, ReadTree> }> {
  const response = await fetch(`${origin()}/api/v1/rest${path}`, init);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  return {
    status: response.status,
    tree: decodeTree(new Uint8Array(await response.arrayBuffer())) as Record<string, ReadTree>,
  };
}
const q = (text: string): string => encodeURIComponent(text);

describe('searches', () => {
  it('find runs, metrics and lines over HTTP', async () => {
    const run = await Transport.create();
    await run.must({ type: 'log_hparams', value: { hparams: { lr: 0.001, name: run.hash } } });
    const point = {
      type: 'log_metric',
      name: 'loss',
      epoch: null,
      context: null,
      dtype: null,
      client_datetime: new Date().toISOString(),
    };
    await run.must({ ...point, step: 0, value: 1 });
    await run.must({ ...point, step: 1, value: 0.5 });
    await run.must({ type: 'log_terminal_line', line: 'hello', step: 0 });
    await run.must({ type: 'log_record', message: 'm', level: 20, timestamp: 1 });
    const found = await stream(
      `/runs/search/run/?q=${q(`run.hparams.name == "${run.hash}" and run.hparams.lr < 0.01`)}`,
    );
    expect(Object.keys(found.tree).filter((key) => !key.startsWith('progress'))).toEqual([run.hash]);
    const metrics = await stream(
      `/runs/search/metric?q=${q(`run.hash == "${run.hash}" and metric.name == "loss"`)}&p=10&report_progress=False`,
    );
    expect(metrics.tree).toMatchObject({
      [run.hash]: { traces: [{ name: 'loss', values: Float64Array.of(1, 0.5), iters: Float64Array.of(0, 1) }] },
    });
    expect((await stream(`/runs/${run.hash}/logs/`)).tree).toEqual({ 0: 'hello' });
    expect((await stream(`/runs/${run.hash}/log-records/`)).tree).toMatchObject({ log_records_count: 1 });
    expect(Object.keys((await stream('/runs/active/')).tree)).toContain(run.hash);
    const align = JSON.stringify({
      align_by: 'loss',
      runs: [{ run_id: run.hash, traces: [{ name: 'loss', context: {}, slice: [0, 1, 1] }] }],
    });
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    expect((await stream('/runs/search/metric/align/', { ...json, body: align })).tree).toMatchObject({
      [run.hash]: [{ name: 'loss' }],
    });
    expect((await stream('/runs/search/images/')).status).toBe(200);
    expect((await stream('/runs/images/get-batch/', { ...json, body: '["nothing"]' })).tree).toEqual({});
    const later = { headers: { 'x-timezone-offset': '-120' } };
    expect(
      Object.keys(
        (
          await stream(
            `/runs/search/run/?report_progress=0&q=${q(`run.hash == "${run.hash}" and run.created_at < datetime(2020, 1, 1)`)}`,
            later,
          )
        ).tree,
      ),
    ).toEqual([]);
    await run.close();
  });

  it('take a query as long as a page makes, and say what is wrong with one nested without end', async () => {
    const run = await Transport.create();
    await run.must({ type: 'log_hparams', value: { lr: 0.5 } });
    const names = Array.from({ length: 800 }, () => `"${newHash()}"`).join(', ');
    const long = `run.hash == "${run.hash}" and (run.lr == 0.5 or run.name in [${names}])`;
    expect(q(long).length).toBeGreaterThan(32_000);
    const found = await stream(`/runs/search/run/?report_progress=0&q=${q(long)}`);
    expect([found.status, Object.keys(found.tree)]).toEqual([200, [run.hash]]);
    const nested = '%28'.repeat(10_000);
    for (const kind of ['run', 'metric', 'images']) {
      const { status, body } = await call('GET', `/runs/search/${kind}/?q=${nested}`);
      expect([kind, status, body]).toEqual([kind, 400, refused('bad_request', /nested|brackets|deep/)]);
    }
    await run.close();
  });

  it('refuse what cannot be read, as the client expects', async () => {
    const bad = await call('GET', `/runs/search/run/?q=${q('run.lr ==')}`);
    expect([bad.status, bad.body]).toEqual([400, refused('bad_request', /character 9/)]);
    for (const path of [
      `/runs/search/metric/?q=${q('metric.name ==')}`,
      `/runs/search/images/?q=${q('(')}`,
      `/runs/search/run/?q=${q('run.__class__')}`,
    ]) {
      expect([path, (await call('GET', path)).status]).toEqual([path, 400]);
    }
    for (const path of [
      '/runs/search/run/?sort=nonsense',
      '/runs/search/run/?limit=-1',
      '/runs/search/metric/?p=0',
      '/runs/search/images/?record_range=a:b',
      '/runs/search/nothing/',
    ]) {
      expect([path, (await call('GET', path)).status]).toEqual([path, 422]);
    }
    for (const path of ['logs', 'log-records'])
      expect((await call('GET', `/runs/${newHash()}/${path}/`)).status).toBe(404);
    for (const path of ['get-batch', 'get-step'])
      expect((await call('POST', `/runs/${newHash()}/images/${path}/`, { json: [] })).status).toBe(404);
    const costly = await call('GET', `/runs/search/run/?q=${q('10 ** 10 ** 10 > 1')}`);
    expect([costly.status, costly.body]).toEqual([400, refused('bad_request', /an integer may have 65536 bits/)]);
    await ok('GET', '/projects/');
  });
});
