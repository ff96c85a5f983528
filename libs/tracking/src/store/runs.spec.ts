import { expect, test } from 'vitest';

import { testStore } from './store.fixture.js';

const house = testStore();
const code = (name: string): object => ({ code: name });

test('a project is opened once, whoever asks at once', async () => {
  const { projects } = house.store;
  const ids = (await Promise.all(Array.from({ length: 8 }, () => projects.open('ada', 'vision')))).map(({ id }) => id);
  expect(new Set(ids).size).toBe(1);
  expect(await projects.change(ids[0]!, { name: 'Vision', description: 'd' })).toMatchObject({
    slug: 'vision',
    name: 'Vision',
    description: 'd',
  });
  expect(await projects.list({ namespace: 'ada' })).toHaveLength(1);
  expect(await projects.find('ada', 'none')).toBeUndefined();
  await expect(projects.get(2_000_000)).rejects.toMatchObject(code('tracked-project-not-found'));
});

test('the same path of ML-Dash is the same run, also when many open it at once', async () => {
  const { projects, runs } = house.store;
  const { id: projectId } = await projects.open('ada', 'paths');
  const open = { projectId, source: 'ml-dash', folder: 'a/b', name: 'r' } as const;
  const opened = await Promise.all(Array.from({ length: 8 }, () => runs.open(open)));
  expect(new Set(opened.map(({ run }) => run.id)).size).toBe(1);
  expect(opened.filter(({ created }) => created)).toHaveLength(1);
  expect(opened[0]!.run.extId).toBe(String(opened[0]!.run.id));
  expect((await runs.open({ ...open, folder: 'a' })).created).toBe(true);
});

test('a run of an id is opened once, and begins anew when told', async () => {
  const { projects, runs } = house.store;
  const { id: projectId } = await projects.open('ada', 'ids');
  const open = { projectId, source: 'matyan', extId: 'f'.repeat(32), name: 'r', tags: ['x', 'y', 'x'] } as const;
  const [{ run }, other] = await Promise.all([runs.open(open), runs.open(open)]);
  expect(other.run.id).toBe(run.id);
  expect((await runs.get(run.id)).tags).toEqual(['x', 'y']);
  await runs.setStatus(run.id, 'failed');
  expect((await runs.open(open)).run).toMatchObject({ status: 'failed' });
  await runs.setStatus(run.id, 'running');
  expect((await runs.open(open)).run).toMatchObject({ status: 'running', endedAt: null });
  expect(await runs.find(projectId, open.extId)).toMatchObject({ id: run.id });
});

test('a number a client took as its id is not given again', async () => {
  const { projects, runs } = house.store;
  const { id: projectId } = await projects.open('ada', 'numbers');
  const first = await runs.open({ projectId, source: 'matyan', name: 'own' });
  await runs.open({ projectId, source: 'matyan', name: 'theirs', extId: String(first.run.id + 2) });
  const third = await runs.open({ projectId, source: 'matyan', name: 'own' });
  expect(third.created).toBe(true);
  expect(third.run.extId).toMatch(/^[0-9a-f]{32}$/);
});

test('a deleted run is gone, and so is its id', async () => {
  const { projects, runs } = house.store;
  const { id: projectId } = await projects.open('ada', 'gone');
  const { run } = await runs.open({ projectId, source: 'matyan', extId: 'r1', name: 'r' });
  expect(await runs.remove([run.id, 1_999_999])).toEqual([run.id]);
  expect(await runs.remove([run.id])).toEqual([]);
  const writes = [
    () => runs.get(run.id),
    () => runs.touch(run.id),
    () => runs.setStatus(run.id, 'completed'),
    () => runs.setTags(run.id, ['a']),
    () => runs.change(run.id, { name: 'n' }),
    () => runs.open({ projectId, source: 'matyan', extId: 'r1', name: 'r' }),
    () => house.store.params.merge(run.id, { a: 1 }),
    () => house.store.params.leaves(run.id),
  ];
  for (const write of writes) await expect(write()).rejects.toMatchObject(code('tracked-run-gone'));
  expect(await runs.find(projectId, 'r1')).toBeUndefined();
  expect(await runs.isGone(projectId, 'r1')).toBe(true);
  expect(await runs.isGone(projectId, 'r2')).toBe(false);
  await expect(runs.get(1_999_999)).rejects.toMatchObject(code('tracked-run-not-found'));
  await expect(runs.touch(1_999_999)).rejects.toMatchObject(code('tracked-run-not-found'));
});

test('a deleted project takes its runs along and makes room for another', async () => {
  const { projects, runs } = house.store;
  const { id: projectId } = await projects.open('ada', 'short');
  for (const name of ['a', 'b']) await runs.open({ projectId, source: 'matyan', name });
  expect(await projects.remove(projectId)).toBe(2);
  await expect(runs.open({ projectId, source: 'matyan', name: 'c' })).rejects.toMatchObject(
    code('tracked-project-not-found'),
  );
  expect((await projects.open('ada', 'short')).id).not.toBe(projectId);
});

test('lists find by status, folder, archive, tag and part of a name', async () => {
  const { projects, runs } = house.store;
  const { id: projectId } = await projects.open('ada', 'lists');
  const names = ['Alpha', 'beta', '100%'];
  const ids: number[] = [];
  for (const [at, name] of names.entries())
    ids.push(
      (await runs.open({ projectId, source: 'matyan', name, folder: ['x', 'x/y', 'xy'][at]!, tags: [`t${at}`] })).run
        .id,
    );
  await runs.change(ids[0]!, { archived: true });
  await runs.setStatus(ids[1]!, 'completed');
  const list = async (filter: object): Promise<string[]> =>
    (await runs.list({ projectId, limit: 10, ...filter })).runs.map(({ name }) => name);
  expect(await list({})).toEqual(['100%', 'beta', 'Alpha']);
  expect(await list({ limit: 1, offset: 1 })).toEqual(['beta']);
  expect((await runs.list({ projectId, limit: 1 })).total).toBe(3);
  expect(await list({ folder: 'x' })).toEqual(['beta', 'Alpha']);
  expect(await list({ archived: true })).toEqual(['Alpha']);
  expect(await list({ statuses: ['completed', 'failed'] })).toEqual(['beta']);
  expect(await list({ search: 'ALP' })).toEqual(['Alpha']);
  expect(await list({ search: '%' })).toEqual(['100%']);
  expect(await list({ search: 't1' })).toEqual(['beta']);
  expect(await list({ ids: [ids[2]] })).toEqual(['100%']);
});

test('a lost run that speaks up runs again', async () => {
  const { runs } = house.store;
  const { id } = await house.newRun();
  await runs.setStatus(id, 'lost');
  expect((await runs.get(id)).endedAt).not.toBeNull();
  await runs.touch(id);
  expect(await runs.get(id)).toMatchObject({ status: 'running', endedAt: null });
  const { startedAt } = await runs.get(id);
  const endedAt = new Date(startedAt.getTime() + 5);
  await runs.setStatus(id, 'completed', { endedAt });
  await runs.touch(id);
  expect(await runs.get(id)).toMatchObject({ status: 'completed', endedAt });
  // Whatever a clock says, no run ends before it began.
  await runs.setStatus(id, 'failed', { endedAt: new Date(5) });
  expect(await runs.get(id)).toMatchObject({ status: 'failed', endedAt: startedAt });
});

test('parameters keep their tree, their version and an index of leaves', async () => {
  const { params, runs } = house.store;
  const { id } = await house.newRun();
  expect(await params.merge(id, { 'opt.lr': 0.1, layers: [1, 2], on: true })).toMatchObject({ version: 1 });
  const merged = await params.merge(id, { 'opt.lr': Number.NaN, name: 'x' });
  expect(merged).toEqual({ version: 2, leaves: { 'opt.lr': null, layers: [1, 2], on: true, name: 'x' } });
  await params.replace(id, ['opt'], { wd: 3 });
  expect((await runs.get(id)).params).toEqual({ opt: { wd: 3 }, layers: [1, 2], on: true, name: 'x' });
  expect(
    await house.db.query('SELECT key, num, str, bool FROM tracked_param WHERE run_id = $1 ORDER BY key', [id]),
  ).toEqual([
    { key: 'layers', num: null, str: null, bool: null },
    { key: 'name', num: null, str: 'x', bool: null },
    { key: 'on', num: null, str: null, bool: true },
    { key: 'opt.wd', num: 3, str: null, bool: null },
  ]);
});

test('changes of parameters at once lose none', async () => {
  const { params } = house.store;
  const { id } = await house.newRun();
  await Promise.all(Array.from({ length: 20 }, (_, at) => params.merge(id, { [`k${at}`]: at })));
  expect(Object.keys(await params.leaves(id))).toHaveLength(20);
});

test('parameters past the limits are refused and leave what was there', async () => {
  const { params } = house.store;
  const { id } = await house.newRun();
  await params.merge(id, { a: 1 });
  let deep: unknown = 1;
  for (let level = 0; level < 5000; level++) deep = { d: deep };
  for (const bad of [{ big: 'x'.repeat(1_100_000) }, { deep }, { list: [deep] }, { ['k.'.repeat(100)]: 1 }])
    await expect(params.merge(id, bad)).rejects.toMatchObject(code('tracked-limit-passed'));
  await expect(params.merge(id, { a: 'nul \0' })).rejects.toMatchObject(code('text-unstorable'));
  expect(await params.leaves(id)).toEqual({ a: 1 });
  await params.merge(id, Object.fromEntries(Array.from({ length: 2500 }, (_, at) => [`k${at}`, at])));
  const [{ n }] = await house.db.query<[{ n: string }]>('SELECT count(*) AS n FROM tracked_param WHERE run_id = $1', [
    id,
  ]);
  expect(n).toBe('2000');
  expect(Object.keys(await params.leaves(id))).toHaveLength(2501);
});
