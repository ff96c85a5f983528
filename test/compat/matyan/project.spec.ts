import { describe, expect, it } from 'vitest';

import { call, metric, newHash, ok, origin, refused, Transport } from './client.js';

interface Params {
  readonly params?: Record<string, unknown>;
  readonly metric: Record<string, object[]>;
  readonly texts: Record<string, object[]>;
}

describe('the project', () => {
  it('tells its name, its status and its version', async () => {
    expect(await ok('GET', '/projects/')).toEqual({
      name: expect.any(String) as string,
      path: '',
      description: expect.any(String) as string,
      telemetry_enabled: 0,
      warn_index: false,
      warn_runs: false,
    });
    expect(await ok('GET', '/projects/status/')).toBe('up-to-date');
    expect(await ok('GET', '/version/')).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      component: 'backend',
    });
  });

  it('counts its runs by days of the reader’s clock', async () => {
    const run = await Transport.create();
    await run.close();
    const activity = await ok<Record<string, unknown>>('GET', '/projects/activity/', { headers: { 'x-timezone-offset': '-120' } }); // prettier-ignore
    expect(activity).toEqual({
      num_experiments: expect.any(Number) as number,
      num_runs: expect.any(Number) as number,
      num_archived_runs: expect.any(Number) as number,
      num_active_runs: expect.any(Number) as number,
      activity_map: expect.any(Object) as object,
    });
    const today = new Date(Date.now() + 120 * 60_000).toISOString().slice(0, 10);
    expect(activity['activity_map']).toHaveProperty([`${today}T00:00:00`]);
    for (const offset of ['soon', '1e9', '']) {
      expect((await call('GET', '/projects/activity/', { headers: { 'x-timezone-offset': offset } })).status).toBe(200);
    }
  });

  it('lists every parameter and series of its runs', async () => {
    const key = `k${newHash()}`;
    const run = await Transport.create();
    await run.must(
      { type: 'log_hparams', value: { [key]: { lr: 0.5, name: 'x' } } },
      { type: 'log_hparams', value: { __system_params: { a: 1, b: 2 } } },
      metric(key, 1, 0, { context: { subset: 'train' } }),
      metric(key, 1, 0),
      { type: 'log_custom_object', name: key, value: { type: 'text', data: 't' }, dtype: 'text' },
    );
    const all = await ok<Params>('GET', '/projects/params/');
    expect(all.params?.[key]).toEqual({ lr: 0.5, name: 'x' });
    expect(all.params).not.toHaveProperty('__system_params');
    expect(all.metric[key]).toHaveLength(2);
    expect(all.metric[key]).toEqual(expect.arrayContaining([{}, { subset: 'train' }]));
    expect(all.texts[key]).toEqual([{}]);
    expect(Object.keys(all).sort()).toEqual([
      'audios',
      'distributions',
      'figures',
      'images',
      'metric',
      'params',
      'texts',
    ]);
    const some = await ok<Params>('GET', '/projects/params/?sequence=texts&exclude_params=true');
    expect(some).not.toHaveProperty('params');
    expect(some.metric).toEqual({});
    expect(some.texts[key]).toEqual([{}]);
    await run.close();
  });

  it('pins sequences', async () => {
    const sequences = [
      { name: 'loss', context: { subset: 'train' } },
      { name: 'acc', context: {} },
    ];
    expect(await ok('POST', '/projects/pinned-sequences/', { json: { sequences } })).toEqual({ sequences });
    expect(await ok('GET', '/projects/pinned-sequences/')).toEqual({ sequences });
    expect(await ok('POST', '/projects/pinned-sequences/', { json: { sequences: [] } })).toEqual({ sequences: [] });
    for (const json of [{}, { sequences: [{}] }, { sequences: [{ name: 'x', context: [] }] }, []]) {
      const answer = await call('POST', '/projects/pinned-sequences/', { json });
      expect([json, answer.status, answer.body]).toEqual([json, 422, refused('validation_error')]);
    }
    expect((await call('GET', '/projects/params/?exclude_params=x')).status).toBe(422);
  });

  it('is probed as the client’s own servers are', async () => {
    for (const path of ['/health/live/', '/health/ready/', '/docs', '/metrics/']) {
      expect([path, (await fetch(`${origin()}${path}`)).status]).toEqual([path, 200]);
    }
    const text = await (await fetch(`${origin()}/metrics/`)).text();
    expect(text).toMatch(/^# TYPE millrace_run_messages_total counter\nmillrace_run_messages_total \d+$/m);
  });
});
