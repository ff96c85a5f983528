import { describe, expect, it } from 'vitest';

import { call, ok, refused } from './client.js';

const nowhere = '00000000-0000-4000-8000-000000000000';
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const times = { created_at: expect.any(Number) as number, updated_at: expect.any(Number) as number };
interface View {
  readonly id: string;
  readonly updated_at: number;
}

/** What differs between the three kinds of saved views. */
const kinds = [
  {
    path: '/apps/',
    created: { type: 'metrics', state: { grouping: { color: ['run.hparams.lr'] }, __proto: 1 } },
    read: { type: 'metrics', state: { grouping: { color: ['run.hparams.lr'] }, __proto: 1 } },
    change: { state: { select: 'x' } },
    changed: { type: 'metrics', state: { select: 'x' } },
    wrong: [{}, { type: 'x' }, { type: 'x', state: [] }],
  },
  {
    path: '/reports/',
    created: { name: 'Week 5', code: '# Loss\n' },
    read: { name: 'Week 5', code: '# Loss\n', description: null },
    change: { description: 'of January', name: null },
    changed: { name: 'Week 5', code: '# Loss\n', description: 'of January' },
    wrong: [{}, { name: 5 }, { name: 'x', code: {} }],
  },
  {
    path: '/dashboards/',
    created: { name: 'All losses', description: 'of all runs' },
    read: { name: 'All losses', description: 'of all runs', app_id: null, app_type: null },
    change: { name: 'Losses' },
    changed: { name: 'Losses', description: 'of all runs', app_id: null, app_type: null },
    wrong: [{}, { name: null }, { name: 'x'.repeat(300) }],
  },
];

describe.each(kinds)('$path', ({ path, created, read, change, changed, wrong }) => {
  it('is created, listed, read, changed and deleted', async () => {
    const made = await call<View>('POST', path, { json: created });
    expect([made.status, made.body]).toEqual([201, { id: uuid, ...read, ...times }]);
    const { id } = made.body;
    expect(await ok('GET', `${path}${id}/`)).toEqual(made.body);
    expect(await ok<View[]>('GET', path)).toContainEqual(made.body);
    const after = await ok<View>('PUT', `${path}${id}/`, { json: change });
    expect(after).toEqual({ id, ...changed, ...times });
    expect(after.updated_at).toBeGreaterThan(made.body.updated_at);
    expect(await ok('PUT', `${path}${id}`, { json: {} })).toMatchObject(changed);
    const gone = await call('DELETE', `${path}${id}/`);
    expect([gone.status, gone.body]).toEqual([204, '']);
    expect((await call('GET', `${path}${id}/`)).status).toBe(404);
    expect((await ok<View[]>('GET', path)).map((view) => view.id)).not.toContain(id);
  });

  it('refuses what is not there or wrong', async () => {
    for (const id of [nowhere, 'x', "'"]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await call(method, `${path}${id}/`, method === 'PUT' ? { json: {} } : {});
        expect([method, id, answer.status, answer.body]).toEqual([method, id, 404, refused('not_found')]);
      }
    }
    for (const json of wrong) {
      const answer = await call('POST', path, { json });
      expect([json, answer.status, answer.body]).toEqual([json, 422, refused('validation_error')]);
    }
  });
});

it('a dashboard tells the type of its app, while there is one', async () => {
  const app = await ok<View>('POST', '/apps/', { json: { type: 'scatters', state: {} } });
  const dashboard = await ok<View>('POST', '/dashboards/', { json: { name: 'd', app_id: app.id } });
  expect(dashboard).toMatchObject({ app_id: app.id, app_type: 'scatters' });
  await call('DELETE', `/apps/${app.id}/`);
  expect(await ok('GET', `/dashboards/${dashboard.id}/`)).toMatchObject({ app_id: app.id, app_type: null });
});

it('one kind is not found under another', async () => {
  const app = await ok<View>('POST', '/apps/', { json: { type: 't', state: {} } });
  for (const path of ['/reports/', '/dashboards/']) expect((await call('GET', `${path}${app.id}/`)).status).toBe(404);
});

it('a state of more than a megabyte is refused with the limit', async () => {
  const json = { type: 't', state: { text: 'x'.repeat(1_100_000) } };
  const answer = await call('POST', '/apps/', { json });
  expect([answer.status, answer.body]).toEqual([422, refused('validation_error', /1048576/)]);
});
