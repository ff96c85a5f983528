import { randomUUID } from 'node:crypto';

import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { testDatabase } from '#testing';

import { openDatabase } from '../data-source.js';

let db: DataSource;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  drop = database.drop;
  db = await openDatabase(database.url, { poolSize: 2 });
});
afterAll(async () => {
  await db.destroy();
  await drop();
});

const insert = async (): Promise<string> => {
  const id = randomUUID();
  await db.query(
    `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, enqueued_at, last_update)
     VALUES ($1, 'ModelJob', 'compute', 10, '{}', 'a job', 3, now(), now())`,
    [id],
  );
  return id;
};
const xid = async (id: string): Promise<string> => {
  const [row] = await db.query<[{ change_xid: string }]>('SELECT change_xid FROM job WHERE id = $1', [id]);
  return row.change_xid;
};

test('the migrations make exactly what the entities say', async () => {
  const log = await db.driver.createSchemaBuilder().log();
  expect(log.upQueries.map(({ query }) => query)).toEqual([]);
});

test('a job goes only the legal ways', async () => {
  const id = await insert();
  await expect(db.query(`UPDATE job SET state = 'finished' WHERE id = $1`, [id])).rejects.toThrow(
    'from not_started to finished',
  );
  await expect(db.query(`UPDATE job SET state = 'started' WHERE id = $1`, [id])).rejects.toThrow('raises the attempt');
  await db.query(`UPDATE job SET state = 'started', attempt = 1 WHERE id = $1`, [id]);
  await expect(db.query('UPDATE job SET attempt = 0 WHERE id = $1', [id])).rejects.toThrow('grow by one');
  await db.query(`UPDATE job SET state = 'cancelled' WHERE id = $1`, [id]);
  await expect(db.query(`UPDATE job SET state = 'started', attempt = 2 WHERE id = $1`, [id])).rejects.toThrow(
    'from cancelled',
  );
});

test('what clients see moves the change mark, a heartbeat does not', async () => {
  const id = await insert();
  await db.query(`UPDATE job SET state = 'started', attempt = 1 WHERE id = $1`, [id]);
  const before = await xid(id);
  await db.query('UPDATE job SET lease_until = now() WHERE id = $1', [id]);
  expect(await xid(id)).toBe(before);
  await db.query('UPDATE job SET progress = 40 WHERE id = $1', [id]);
  expect(Number(await xid(id))).toBeGreaterThan(Number(before));
});

test('a tracked run moves with its training; its parameters are gathered when the run changes and at its end', async () => {
  const one = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>> =>
    (await db.query<Record<string, unknown>[]>(text, values))[0]!;
  const { id: dataset } = await one(`INSERT INTO dataset (name, status, file_path) VALUES ('d', 3, '') RETURNING id`);
  const { id: session } = await one(
    `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
       test_metrics, evaluation_strategy, splits) VALUES ($1, 'old', 'T', '[]', '[]', '[]', '[]', '[]', 'S', '{}') RETURNING id`,
    dataset,
  );
  const { id: run } = await one(
    `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
     VALUES ($1, 'M', 'r', '{"depth": 3}', '', '{}', '') RETURNING id`,
    session,
  );
  const tracked = async (change: string): Promise<unknown> => {
    await db.query(`UPDATE run SET ${change} WHERE id = $1`, [run]);
    const { status, name, params, ended } = await one(
      'SELECT status, name, params, ended_at IS NOT NULL AS ended FROM tracked_run WHERE training_run_id = $1',
      run,
    );
    const { session: called, parameters } = params as { session: unknown; parameters: unknown };
    return { status, name, ended, session: called, parameters };
  };
  const old = { name: 'r', ended: false, session: 'old', parameters: { depth: 3 } };
  await db.query(`UPDATE model_session SET name = 'new' WHERE id = $1`, [session]);
  expect(await tracked('status = 1')).toEqual({ ...old, status: 'queued' });
  expect(await tracked('status = 2, start_time = now()')).toEqual({ ...old, status: 'running' });
  const ended = { ...old, session: 'new', status: 'completed', ended: true };
  expect(await tracked('status = 3, end_time = now()')).toEqual(ended);
  expect(await tracked('status = 1, start_time = NULL, end_time = NULL')).toEqual({
    ...ended,
    status: 'queued',
    ended: false,
  });
  expect(await tracked('status = 4')).toEqual({ ...ended, status: 'failed' });
  expect(await tracked(`name = 's', parameters = '{"depth": 4}', status = 0`)).toEqual({
    status: 'queued',
    name: 's',
    ended: false,
    session: 'new',
    parameters: { depth: 4 },
  });
  await db.query('DELETE FROM dataset WHERE id = $1', [dataset]);
});

test('every down undoes its up', async () => {
  const count = db.migrations.length;
  for (let undone = 0; undone < count; undone++) await db.undoLastMigration({ transaction: 'each' });
  const left = await db.query<{ relname: string }[]>(
    `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND relkind IN ('r', 'S') AND relname NOT LIKE 'migration%'`,
  );
  const functions = await db.query<unknown[]>(
    `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  );
  expect({ left, functions }).toEqual({ left: [], functions: [] });
  await db.runMigrations({ transaction: 'each' });
  expect((await db.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
});
