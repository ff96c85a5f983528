import { tmpdir } from 'node:os';

import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { MetricPoint } from '#contract';
import { openDatabase } from '#persistence';
import { DiskStorage } from '#storage';
import { testDatabase } from '#testing';

import { openTrackingStore } from './store/open-tracking-store.js';
import { openTracking, type Tracking } from './tracking.js';

let db: DataSource;
let tracking: Tracking;
let drop: () => Promise<void>;
let runId: number;

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  drop = database.drop;
  db = await openDatabase(database.url, { poolSize: 2 });
  tracking = openTracking(db, openTrackingStore(db, new DiskStorage(tmpdir())));
});
beforeEach(async () => {
  await db.query('DELETE FROM dataset');
  const [dataset] = await db.query<[{ id: number }]>(`INSERT INTO dataset (name) VALUES ('d') RETURNING id`);
  const [session] = await db.query<[{ id: number }]>(
    `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
       test_metrics, evaluation_strategy, splits)
     VALUES ($1, 's', 't', '[]', '[]', '[]', '[]', '[]', 'e', '{}') RETURNING id`,
    [dataset.id],
  );
  const [run] = await db.query<[{ id: number }]>(
    `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
     VALUES ($1, 'm', 'r', '{}', '', '{}', 'Accuracy') RETURNING id`,
    [session.id],
  );
  runId = run.id;
});
afterAll(async () => {
  await db.destroy();
  await drop();
});

const point = (change: Partial<MetricPoint> = {}): MetricPoint => ({
  split: 'train',
  level: 'trial',
  name: 'Accuracy',
  step: 0,
  value: 0.5,
  ...change,
});

test('a series comes back in the order it was written, from any point on', async () => {
  await tracking.append(
    runId,
    [3, 1, 2].map((step) => point({ step })),
  );
  await tracking.append(runId, [point({ step: 9, stdValue: 0.1, foldIndex: 4 })]);
  const all = await tracking.series(runId);
  expect(all.map(({ step }) => step)).toEqual([3, 1, 2, 9]);
  expect(all[0]).not.toHaveProperty('stdValue');
  expect(all[3]).toMatchObject({ stdValue: 0.1, foldIndex: 4 });
  expect((await tracking.series(runId, all[2]!.id)).map(({ step }) => step)).toEqual([9]);
});

test('more points than one statement takes, and infinite ones', async () => {
  await tracking.append(
    runId,
    Array.from({ length: 12_001 }, (_, step) => point({ step, value: step === 0 ? Infinity : step })),
  );
  const all = await tracking.series(runId);
  expect(all).toHaveLength(12_001);
  expect(all[0]!.value).toBe(Infinity);
  expect(all[12_000]!.step).toBe(12_000);
});

test('a summary has the newest final scores as six keys, null where there are none', async () => {
  await tracking.append(runId, [
    point({ level: 'last', value: 0.1 }),
    point({ level: 'last', value: 0.9 }),
    point({ level: 'trial', value: 0.2 }),
    point({ level: 'last', split: 'validation', value: 0.8, stdValue: 0.05 }),
    point({ level: 'last_outer', split: 'test', value: 0.7 }),
  ]);
  const none = { train_metrics: null, train_metrics_std: null, validation_metrics: null, validation_metrics_std: null };
  const summaries = await tracking.summary([runId, 4711]);
  expect(summaries.get(runId)).toEqual({
    ...none,
    train_metrics: { Accuracy: 0.9 },
    validation_metrics: { Accuracy: 0.8 },
    validation_metrics_std: { Accuracy: 0.05 },
    test_metrics: null,
    test_metrics_std: null,
  });
  expect(summaries.get(4711)).toEqual({ ...none, test_metrics: null, test_metrics_std: null });
  expect((await tracking.summary([runId], 'last_outer')).get(runId)!.test_metrics).toEqual({ Accuracy: 0.7 });
});

test('writing and clearing belong to the transaction given', async () => {
  await tracking.append(runId, [point()]);
  const broken = db.transaction(async (tx) => {
    await tracking.clear(runId, tx);
    await tracking.append(runId, [point(), point()], tx);
    throw new Error('on purpose');
  });
  await expect(broken).rejects.toThrow('on purpose');
  expect(await tracking.series(runId)).toHaveLength(1);
});
