import { beforeEach, expect, test } from 'vitest';

import type { MetricPoint } from '#contract';

import { testStore } from './store/store.fixture.js';
import type { TrackedRun } from './store/tracked-types.js';
import { openTracking } from './tracking.js';

const house = testStore();
let runId: number;
beforeEach(async () => {
  await house.db.query('DELETE FROM dataset');
  const [{ id: dataset }] = await house.db.query<[{ id: number }]>(
    `INSERT INTO dataset (name) VALUES ('iris') RETURNING id`,
  );
  const [{ id: session }] = await house.db.query<[{ id: number }]>(
    `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
       test_metrics, evaluation_strategy, splits)
     VALUES ($1, 's', 'Tabular', '[]', '[]', '[]', '[]', '[]', 'e', '{}') RETURNING id`,
    [dataset],
  );
  const [run] = await house.db.query<[{ id: number }]>(
    `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
     VALUES ($1, 'Forest', 'first', '{"trees": 10, "deep": {"er": true}}', '', '{}', 'Accuracy') RETURNING id`,
    [session],
  );
  runId = run.id;
});
const mirrored = async (): Promise<TrackedRun | undefined> => {
  const { runs } = await house.store.runs.list({ limit: 1000 });
  return runs.find((run) => run.trainingRunId === runId);
};
const point = (more: Partial<MetricPoint>): MetricPoint => ({
  split: 'train',
  level: 'last',
  name: 'Accuracy',
  step: 0,
  value: 0.5,
  ...more,
});

test('a training run is a tracked run from the beginning and follows it to the end', async () => {
  const run = (await mirrored())!;
  expect(run).toMatchObject({
    source: 'platform',
    name: 'first',
    status: 'queued',
    params: { model: 'Forest', dataset: 'iris', task: 'Tabular', goal_metric: 'Accuracy', parameters: { trees: 10 } },
  });
  expect(await house.store.projects.get(run.projectId)).toMatchObject({ namespace: 'local', slug: 'default' });
  const leaves = await house.db.query<unknown[]>(
    'SELECT key, num, bool FROM tracked_param WHERE run_id = $1 AND key LIKE $2 ORDER BY key',
    [run.id, 'parameters%'],
  );
  expect(leaves).toEqual([
    { key: 'parameters.deep.er', num: null, bool: true },
    { key: 'parameters.trees', num: 10, bool: null },
  ]);
  for (const [status, word] of [
    [1, 'queued'],
    [2, 'running'],
    [3, 'completed'],
    [4, 'failed'],
    [0, 'queued'],
  ] as const) {
    await house.db.query('UPDATE run SET status = $2 WHERE id = $1', [runId, status]);
    expect((await mirrored())!.status).toBe(word);
  }
  await house.store.params.merge(run.id, { own: 1 });
  await house.db.query(
    `UPDATE run SET name = 'second', parameters = '{"trees": 20}', start_time = to_timestamp(5) WHERE id = $1`,
    [runId],
  );
  expect(await mirrored()).toMatchObject({
    id: run.id,
    name: 'second',
    startedAt: new Date(5000),
    params: { own: 1, parameters: { trees: 20 } },
  });
  expect(Object.keys(await house.store.params.leaves(run.id)).sort()).toEqual([
    'dataset',
    'goal_metric',
    'model',
    'own',
    'parameters.trees',
    'session',
    'task',
  ]);
});

test('what is changed of a run and taken back is taken back of both', async () => {
  await expect(
    house.db.transaction(async (tx) => {
      await tx.query(`UPDATE run SET status = 2 WHERE id = $1`, [runId]);
      await openTracking(house.db, house.store).append(runId, [point({})], tx);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  const run = (await mirrored())!;
  expect(run.status).toBe('queued');
  expect(await house.store.series.list([run.id])).toEqual([]);
});

test('points are series: final scores bare, curves by their level, folds along x', async () => {
  const tracking = openTracking(house.db, house.store);
  await tracking.append(runId, [
    point({ value: 0.9, stdValue: 0.1 }),
    ...[0, 1, 2].map((step) => point({ level: 'epoch', name: 'loss', step, value: 3 - step })),
    ...[0, 1].map((foldIndex) => point({ level: 'fold', foldIndex, split: 'validation', value: foldIndex })),
    point({ level: 'trial', step: 4, value: Infinity }),
  ]);
  const run = (await mirrored())!;
  const series = await house.store.series.list([run.id]);
  expect(series.map(({ name, context, n, lastX, lastValue }) => [name, context, n, lastX, lastValue])).toEqual(
    expect.arrayContaining([
      ['train/Accuracy', {}, 1, 0, 0.9],
      ['train/Accuracy_std', {}, 1, 0, 0.1],
      ['train/loss', { level: 'epoch' }, 3, 2, 1],
      ['validation/Accuracy', { level: 'fold' }, 2, 1, 1],
      ['train/Accuracy', { level: 'trial' }, 1, 4, Infinity],
    ]),
  );
  await tracking.clear(runId);
  expect(await house.store.series.list([run.id])).toEqual([]);
  expect(await tracking.series(runId)).toEqual([]);
});

test('a deleted run takes its tracked run along; a deleted tracked run leaves the training alone', async () => {
  const { id, projectId, extId } = (await mirrored())!;
  await house.db.query('DELETE FROM dataset');
  await expect(house.store.runs.get(id)).rejects.toMatchObject({ code: 'tracked-run-gone' });
  expect(await house.store.runs.isGone(projectId, extId)).toBe(true);
});

test('a training whose tracked run a person deleted goes on without', async () => {
  await house.store.runs.remove([(await mirrored())!.id]);
  await house.db.query('UPDATE run SET status = 2 WHERE id = $1', [runId]);
  await openTracking(house.db, house.store).append(runId, [point({})]);
  expect(await mirrored()).toBeUndefined();
  expect(await openTracking(house.db, house.store).series(runId)).toHaveLength(1);
});

test('points from before runs were tracked are copied once, one training at a time', async () => {
  const tracking = openTracking(house.db, house.store);
  const run = (await mirrored())!;
  await tracking.append(runId, [
    point({ stdValue: 0.1 }),
    point({ level: 'epoch', step: 0, value: 3 }),
    point({ level: 'epoch', step: 1, value: 2 }),
  ]);
  const series = (): Promise<unknown> =>
    house.db.query(
      'SELECT name, context, n, last_x, vsum, last_ts FROM tracked_series WHERE run_id = $1 ORDER BY name, context',
      [run.id],
    );
  const before = await series();
  await house.db.query('DELETE FROM tracked_point WHERE series_id IN (SELECT id FROM tracked_series WHERE run_id = $1)', [run.id]); // prettier-ignore
  await house.db.query('DELETE FROM tracked_series WHERE run_id = $1', [run.id]);
  await house.db.query('INSERT INTO tracked_backlog VALUES ($1)', [runId]);
  expect(await house.store.upkeep.copyOldPoints(10)).toBe(1);
  const timeless = (rows: unknown): unknown =>
    (rows as { last_ts: Date }[]).map((row) => ({ ...row, last_ts: undefined }));
  expect(timeless(await series())).toEqual(timeless(before));
  expect(await house.store.upkeep.copyOldPoints(10)).toBe(0);

  // Trained again before its turn came: what it has is not written twice.
  await house.db.query('INSERT INTO tracked_backlog VALUES ($1)', [runId]);
  await house.db.query(`UPDATE metric_point SET value = 77 WHERE run_id = $1`, [runId]);
  expect(await house.store.upkeep.copyOldPoints(10)).toBe(1);
  expect(timeless(await series())).toEqual(timeless(before));
});

test('a long training from before is copied page by page, none lost and none twice', async () => {
  const run = (await mirrored())!;
  await house.db.query(
    `INSERT INTO metric_point (run_id, split, level, name, step, value)
     SELECT $1, 'train', 'epoch', 'loss', at % 10001, at FROM generate_series(0, 12000) at`,
    [runId],
  );
  await house.db.query('INSERT INTO tracked_backlog VALUES ($1)', [runId]);
  expect(await house.store.upkeep.copyOldPoints(10)).toBe(1);
  const [loss] = await house.store.series.list([run.id]);
  const { xs, values } = await house.store.series.read(loss!.id);
  expect(xs).toEqual(Array.from({ length: 10_001 }, (_none, x) => x));
  // The same step again overwrites, also on a later page.
  expect(values).toEqual(xs.map((x) => (x < 2000 ? x + 10_001 : x)));
  expect(loss).toMatchObject({ n: 10_001, min: 2000, max: 12_000 });
});
