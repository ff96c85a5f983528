import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { migrate, openDatabase } from '#persistence';
import { DiskStorage } from '#storage';
import { testDatabase } from '#testing';

import { openTrackingStore } from './open-tracking-store.js';
import type { PointColumns } from './tracked-types.js';
import type { TrackingStore } from './tracking-store.js';

/** The first migration the rows are older than: before it training runs were no tracked runs, and chunks had no nodes. */
const FIRST_NEW = 'PlatformRuns1785400004000';
const POINTS = 45_000;

let home: string;
let url: string;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-earlier-'));
  const database = await testDatabase({ migrated: true });
  url = database.url;
  closing.push(database.drop, () => rm(home, { recursive: true, force: true }));
});
afterAll(async () => {
  for (const close of closing) await close();
});

/** A program of one time: what it prepared on its connections goes with it. */
async function during<T>(work: (db: DataSource, store: TrackingStore) => Promise<T>): Promise<T> {
  const db = await openDatabase(url, { poolSize: 3 });
  const store = openTrackingStore(db, new DiskStorage(home));
  try {
    return await work(db, store);
  } finally {
    await store.close();
    await db.destroy();
  }
}

/** Every kind of double there is. */
const odd = [
  Number.NaN,
  Infinity,
  -Infinity,
  -0,
  5e-324,
  -5e-324,
  1.7976931348623157e308,
  2.2250738585072014e-308,
  1 / 3,
  -1e-300,
];
const valueAt = (x: number): number => (x % 997 < odd.length ? odd[x % 997]! : Math.sin(x / 500) * x); // prettier-ignore
const sketches = (db: DataSource): Promise<unknown> =>
  db.query(`SELECT series_id, first_x, encode(sketch, 'hex') AS bytes FROM tracked_chunk ORDER BY series_id, first_x`);

/** Rows of the time before: trainings in every state, two of them with points. */
async function trainingsOf(db: DataSource): Promise<number[]> {
  const [{ id: dataset }] = await db.query<[{ id: number }]>(`INSERT INTO dataset (name) VALUES ('iris') RETURNING id`);
  const [{ id: session }] = await db.query<[{ id: number }]>(
    `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
       test_metrics, evaluation_strategy, splits)
     VALUES ($1, 's', 'Tabular', '[]', '[]', '[]', '[]', '[]', 'e', '{}') RETURNING id`,
    [dataset],
  );
  const runs = await db.query<{ id: number }[]>(
    `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric, status,
       start_time, end_time)
     SELECT $1, 'Forest', name, '{"trees": 10}', '', '{}', 'Accuracy', status, to_timestamp(1000), to_timestamp(1060)
     FROM (VALUES ('waits', 0), ('trained', 3), ('failed', 4), ('bare', 3)) given (name, status) RETURNING id`,
    [session],
  );
  const ids = runs.map(({ id }) => id);
  await db.query(
    `INSERT INTO metric_point (run_id, split, level, name, step, value, std_value, fold_index)
     SELECT id, 'train', 'epoch', 'loss', step, 1.0 / (step + 1), NULL::float8, NULL::int
       FROM unnest($1::int[]) id CROSS JOIN generate_series(0, 199) step
     UNION ALL SELECT id, 'test', 'last', 'Accuracy', 0, 0.75, 0.5, NULL FROM unnest($1::int[]) id`,
    [[ids[1], ids[2]]],
  );
  return ids;
}

test('rows from before are whole after the migrations: chunks, trainings, and their points', async () => {
  const before = await during(async (db, store) => {
    const { id: projectId } = await store.projects.open('ada', 'old');
    const { run } = await store.runs.open({ projectId, source: 'matyan', name: 'long' });
    for (let from = 0; from < POINTS; from += 15_000) {
      const xs = Array.from({ length: 15_000 }, (_none, at) => from + at);
      await store.series.appendColumns(run.id, [{ name: 'loss', xs, values: xs.map(valueAt) }]);
    }
    await store.series.append([{ runId: run.id, name: 'loss', x: 77, value: 5 }]);
    const [series] = await store.series.list([run.id]);
    const bytes = await sketches(db);
    for (let undone = ''; undone !== FIRST_NEW;) {
      const [last] = await db.query<[{ name: string }]>('SELECT name FROM migration ORDER BY id DESC LIMIT 1');
      await db.undoLastMigration({ transaction: 'each' });
      undone = last.name;
    }
    return { series: series!, bytes, trainings: await trainingsOf(db) };
  });

  await migrate(url);
  await during(async (db, store) => {
    // What a sketch says is its bytes, whatever number stood in it.
    expect(await sketches(db)).toEqual(before.bytes);
    const { id, runId } = before.series;
    const read = async (): Promise<PointColumns> => store.series.read(id);
    const whole = await read();
    expect(whole.xs).toEqual(Array.from({ length: POINTS }, (_none, x) => x));
    expect(whole.values.every((value, x) => Object.is(value, x === 77 ? 5 : valueAt(x)))).toBe(true);
    expect(await store.series.list([runId])).toEqual([before.series]);

    // Nodes come with the upkeep; a chart shows the least and the greatest before and after.
    const ends = async (): Promise<number[]> => {
      const { values } = await store.series.shape(id, 200);
      const finite = values.filter(Number.isFinite);
      return [Math.min(...finite), Math.max(...finite)];
    };
    const [least, greatest] = [before.series.min!, before.series.max!];
    expect(await ends()).toEqual([least, greatest]);
    const nodes = async (): Promise<number> =>
      Number((await db.query<[{ n: string }]>('SELECT count(*) AS n FROM tracked_level'))[0].n);
    expect(await nodes()).toBe(0);
    expect(await store.upkeep.compact(10)).toBe(1);
    expect(await nodes()).toBeGreaterThan(0);
    expect(await ends()).toEqual([least, greatest]);
    expect(await read()).toEqual(whole);

    // Every training is a tracked run, as it stood.
    const { runs } = await store.runs.list({ limit: 100 });
    const tracked = before.trainings.map((training) => runs.find(({ trainingRunId }) => trainingRunId === training)!);
    const span = { startedAt: new Date(1_000_000), endedAt: new Date(1_060_000) };
    expect(tracked).toMatchObject([
      { name: 'waits', status: 'queued', source: 'platform', endedAt: null },
      { name: 'trained', status: 'completed', ...span },
      { name: 'failed', status: 'failed', ...span },
      { name: 'bare', status: 'completed', ...span },
    ]);
    expect(tracked[1]!.params).toMatchObject({ model: 'Forest', dataset: 'iris', parameters: { trees: 10 } });
    expect(await store.projects.get(tracked[0]!.projectId)).toMatchObject({ namespace: 'local', slug: 'default' });

    // The points of those that have some are in the backlog, and follow once.
    const backlog = await db.query<{ id: number }[]>('SELECT run_id AS id FROM tracked_backlog ORDER BY run_id');
    expect(backlog.map((one) => one.id)).toEqual([before.trainings[1], before.trainings[2]]);
    expect(await store.upkeep.copyOldPoints(10)).toBe(2);
    expect(await store.upkeep.copyOldPoints(10)).toBe(0);
    const series = await store.series.list(tracked.map((run) => run.id));
    const told = (run: number): unknown[] =>
      series.filter((one) => one.runId === run).map(({ name, n, lastX, lastValue }) => [name, n, lastX, lastValue]);
    const copied = [['train/loss', 200, 199, 1 / 200], ['test/Accuracy', 1, 0, 0.75], ['test/Accuracy_std', 1, 0, 0.5]]; // prettier-ignore
    for (const run of [tracked[1]!, tracked[2]!]) expect(told(run.id)).toEqual(expect.arrayContaining(copied));
    expect(series).toHaveLength(6);
  });
});
