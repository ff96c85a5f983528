import { afterAll, beforeAll, expect, test } from 'vitest';

import { STATUS } from '#contract';
import { testDatabase } from '#testing';

import type { Ports } from '../ports.js';
import { cancelJob } from './cancel-job.js';
import type { JobHandlers } from './job-handler.js';
import { gate, type TestHouse, testHouse } from './jobs.fixture.js';
import { submitJob } from './submit-job.js';

let house: TestHouse;
/** The house's ports with a handler that only reads, so that one statement inserts. */
let ports: Ports;
let drop: () => Promise<void>;
const submit = (id: number): Promise<{ id: string }> =>
  submitJob(ports, { type: 'DatasetJob', kwargs: { dataset_id: id } });

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  house = await testHouse({ databaseUrl: database.url, redisUrl: undefined });
  const handler = { ...house.ports.handlers.DatasetJob, onlyReads: true };
  ports = { ...house.ports, handlers: new Proxy({}, { get: (): unknown => handler }) as JobHandlers };
  drop = database.drop;
});
afterAll(async () => {
  await house.close();
  await drop();
});

test('the job is there, and its row delivered by it', async () => {
  const dataset = await house.newDataset();
  const { id } = await submit(dataset);
  expect(await house.job(id)).toMatchObject({
    state: 'not_started',
    attempt: 0,
    name: `Dataset: ${dataset}`,
    entity_type: 'dataset',
    entity_id: dataset,
    kwargs: { dataset_id: dataset, params: {} },
    listed: true,
  });
  expect(await house.dataset(dataset)).toMatchObject({ status: STATUS.delivered, huey_id: id, start_time: null });
  await cancelJob(ports, id);
});

test('many at once are one job; one that was ended makes room, whether it is in the list or not', async () => {
  const dataset = await house.newDataset();
  const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => submit(dataset)));
  for (const other of others) expect(other).toEqual(first);
  const end = `UPDATE job SET state = 'cancelled' WHERE id = $1`;
  await ports.db.query(end, [first!.id]);
  const second = await submit(dataset);
  expect(second.id).not.toBe(first!.id);
  await ports.db.query(end, [second.id]);
  await ports.db.query('DELETE FROM job WHERE id = $1', [second.id]);
  const third = await submit(dataset);
  expect(await house.job(third.id)).toMatchObject({ state: 'not_started' });
  expect(await house.dataset(dataset)).toMatchObject({ status: STATUS.delivered, huey_id: third.id });
  await cancelJob(ports, third.id);
});

test('a job that comes while another transaction holds the row is answered that one’s', async () => {
  const dataset = await house.newDataset();
  const holder = house.ports.db.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM dataset WHERE id = $1 FOR UPDATE', [dataset]);
  const waiting = submit(dataset);
  const locked = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await expect
    .poll(() => house.ports.db.query<[{ count: number }]>(locked), { timeout: 20_000 })
    .toEqual([{ count: 1 }]);
  const twin = '00000000-0000-4000-8000-000000000001';
  await holder.query(
    `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, entity_type, entity_id, enqueued_at, last_update)
     VALUES ($1, 'DatasetJob', 'io', 10, '{}', 'twin', 3, 'dataset', $2, clock_timestamp(), clock_timestamp())`,
    [twin, dataset],
  );
  await holder.query('UPDATE dataset SET huey_id = $1, status = 1 WHERE id = $2', [twin, dataset]);
  await holder.commitTransaction();
  await holder.release();
  expect(await waiting).toEqual({ id: twin });
  expect(await house.dataset(dataset)).toMatchObject({ huey_id: twin });
  await cancelJob(ports, twin);
});

test('without its row nothing is inserted', async () => {
  await expect(submit(999_999)).rejects.toMatchObject({ code: 'dataset-not-found' });
  expect(await house.ports.db.query('SELECT 1 FROM job WHERE entity_id = 999999')).toEqual([]);
});

test('a worker runs it as any other', async () => {
  await house.startWorker();
  const { open, entered, behaviour } = gate();
  const dataset = await house.newDataset(behaviour);
  const { id } = await submit(dataset);
  await entered;
  expect(await submit(dataset)).toEqual({ id });
  open();
  await house.until(id, 'finished');
  expect(await house.dataset(dataset)).toMatchObject({ status: STATUS.finished });
});

test('a handler’s own question names the job in the same statement; what it does not find is delivered as ever', async () => {
  const asked: number[] = [];
  const handler = {
    ...house.ports.handlers.DatasetJob,
    named: `SELECT 'Told: ' || id AS name FROM dataset WHERE id = $9::int AND total_rows IS NULL`,
    deliver: (_tx: unknown, { dataset_id: id }: { dataset_id: number }) => {
      asked.push(id);
      return Promise.resolve(`Asked: ${id}`);
    },
  };
  const told = { ...house.ports, handlers: new Proxy({}, { get: (): unknown => handler }) as JobHandlers };
  const submitTold = (id: number): Promise<{ id: string }> =>
    submitJob(told, { type: 'DatasetJob', kwargs: { dataset_id: id } });
  const dataset = await house.newDataset();
  const [first, twin] = await Promise.all([submitTold(dataset), submitTold(dataset)]);
  expect(twin).toEqual(first);
  expect(await house.job(first.id)).toMatchObject({ name: `Told: ${dataset}`, state: 'not_started' });
  expect(await house.dataset(dataset)).toMatchObject({ status: STATUS.delivered, huey_id: first.id });
  expect(asked).toEqual([]);
  await cancelJob(told, first.id);

  const other = await house.newDataset();
  await house.ports.db.query('UPDATE dataset SET total_rows = 1 WHERE id = $1', [other]);
  const { id } = await submitTold(other);
  expect(await house.job(id)).toMatchObject({ name: `Asked: ${other}` });
  expect(asked).toEqual([other]);
  await cancelJob(told, id);
});
