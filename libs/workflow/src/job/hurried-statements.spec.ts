import { randomUUID } from 'node:crypto';

import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { openDatabase } from '#persistence';
import { testDatabase } from '#testing';

import { runHurried } from './hurried-statements.js';
import { JobFeed } from './job-feed.js';
import { silent } from './jobs.fixture.js';

let url: string;
let db: DataSource;
/** Opened for each test, so that it asks nothing by itself while the test runs. */
let feed: JobFeed;
let drop: () => Promise<void>;
const WHO = { name: 'who', text: 'SELECT pg_backend_pid() AS pid, $1::int AS given' };
const SLEEP = { name: 'sleep', text: 'SELECT pg_backend_pid() AS pid FROM pg_sleep($1)' };
const RENAME = {
  name: 'rename',
  text: `UPDATE dataset SET name = 'hurried ' || id WHERE id = $1 RETURNING pg_backend_pid() AS pid`,
};

const THERE = { where: 'id = $1', values: [randomUUID() as string] };
const hurry = async (statement: typeof WHO, value: number, written = THERE): Promise<number> => {
  const [row] = await runHurried<{ pid: number }>({ db, feed }, statement, [value], () => written);
  return row!.pid;
};
const addJob = (id: string): Promise<unknown> =>
  db.query(
    `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, enqueued_at, last_update)
     VALUES ($1, 'DatasetJob', 'io', 10, '{}', 'news', 3, clock_timestamp(), clock_timestamp())`,
    [id],
  );
const processOf = async (pid: number): Promise<unknown> => {
  const [row] = await db.query<[object?]>('SELECT application_name, state FROM pg_stat_activity WHERE pid = $1', [pid]);
  return row;
};

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  ({ url, drop } = database);
  db = await openDatabase(url);
  await addJob(THERE.values[0]!);
});
beforeEach(async () => {
  feed = new JobFeed(url, silent);
  await feed.open();
});
afterEach(() => feed.close());
afterAll(async () => {
  await db.destroy();
  await drop();
});

test('a statement goes over the connection that listens, a second one at the same time over the pool', async () => {
  const [first, second] = await Promise.all([hurry(WHO, 1), hurry(WHO, 2)]);
  expect(await processOf(first)).toMatchObject({ application_name: 'millrace-feed' });
  expect(await processOf(second)).toMatchObject({ application_name: 'millrace' });
  expect(await hurry(WHO, 3)).toBe(first);
});

test('what is not found afterwards is written once more, over the pool', async () => {
  const listening = await hurry(WHO, 1);
  const [{ id }] = await db.query<[{ id: number }]>(`INSERT INTO dataset (name) VALUES ('forgotten') RETURNING id`);
  expect(await hurry(RENAME, id, { where: 'id = $1', values: [randomUUID()] })).not.toBe(listening);
  expect(await hurry(RENAME, id)).toBe(listening);
});

test('a locked row is waited for elsewhere, and news is heard meanwhile', async () => {
  const listening = await hurry(WHO, 1);
  const [{ id }] = await db.query<[{ id: number }]>(`INSERT INTO dataset (name) VALUES ('locked') RETURNING id`);
  const holder = db.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM dataset WHERE id = $1 FOR UPDATE', [id]);
  const waiting = hurry(RENAME, id);
  const heard: string[] = [];
  feed.subscribe(({ jobs }) => heard.push(...jobs.map((job) => job.id)));
  const job = randomUUID();
  await addJob(job);
  await vi.waitFor(() => expect(heard).toContain(job), 20_000);
  const nameOf = (): Promise<unknown> => db.query('SELECT name FROM dataset WHERE id = $1', [id]);
  expect(await nameOf()).toEqual([{ name: 'locked' }]);
  await holder.commitTransaction();
  await holder.release();
  expect(await waiting).not.toBe(listening);
  expect(await nameOf()).toEqual([{ name: `hurried ${id}` }]);
});

test('a connection that is lost under a statement is another try over the pool', async () => {
  const listening = await hurry(WHO, 1);
  const sleeping = hurry(SLEEP, 0.5);
  await vi.waitFor(async () => expect(await processOf(listening)).toMatchObject({ state: 'active' }), 20_000);
  // Of the two ends it is ours that breaks: no error of the database comes any more.
  const { client } = feed as unknown as { client: { connection: { stream: { destroy: () => void } } } };
  client.connection.stream.destroy();
  expect(await sleeping).not.toBe(listening);
  await vi.waitFor(async () => {
    const again = await hurry(WHO, 2);
    expect(again).not.toBe(listening);
    expect(await processOf(again)).toMatchObject({ application_name: 'millrace-feed' });
  }, 20_000);
});

test('a connection that the server ends under a statement is another try over the pool', async () => {
  const listening = await hurry(WHO, 1);
  const sleeping = hurry(SLEEP, 0.5);
  await vi.waitFor(async () => expect(await processOf(listening)).toMatchObject({ state: 'active' }), 20_000);
  await db.query('SELECT pg_terminate_backend($1)', [listening]);
  expect(await sleeping).not.toBe(listening);
});

test('an error while it is looked for says nothing of what was written: it is thrown, and nothing is written again', async () => {
  const [{ id }] = await db.query<[{ id: number }]>(`INSERT INTO dataset (name) VALUES ('once') RETURNING id`);
  const add = {
    name: 'add',
    text: 'UPDATE dataset SET total_rows = coalesce(total_rows, 0) + 1 WHERE id = $1 RETURNING id AS pid',
  };
  await expect(hurry(add, id, { where: 'no_such_column = $1', values: ['x'] })).rejects.toMatchObject({
    code: '42703',
  });
  expect(await db.query('SELECT total_rows FROM dataset WHERE id = $1', [id])).toEqual([{ total_rows: 1 }]);
});

test('what the database says of a statement is passed on', async () => {
  await expect(hurry({ name: 'wrong', text: 'SELECT 1 / $1::int AS pid' }, 0)).rejects.toMatchObject({ code: '22012' });
});
