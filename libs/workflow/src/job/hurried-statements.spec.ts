import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { testDatabase } from '#testing';

import { type TestHouse, testHouse } from './jobs.fixture.js';

let house: TestHouse;
let drop: () => Promise<void>;
const WHO = { name: 'who', text: 'SELECT pg_backend_pid() AS pid, $1::int AS given' };
const SLEEP = { name: 'sleep', text: 'SELECT pg_backend_pid() AS pid FROM pg_sleep($1)' };
const RENAME = {
  name: 'rename',
  text: `UPDATE dataset SET name = 'hurried' WHERE id = $1 RETURNING pg_backend_pid() AS pid`,
};

const hurry = async (statement: typeof WHO, value: number): Promise<number> => {
  const [row] = await house.ports.feed.hurry<{ pid: number }>(house.ports.db, statement, [value]);
  return row!.pid;
};
/** The one that listens; the feed may be asking, which is over soon. */
const listener = (): Promise<number> =>
  vi.waitFor(async () => {
    const [row] = await house.ports.db.query<[{ pid: number }?]>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'millrace-feed' AND state = 'idle'`,
    );
    expect(row).toBeDefined();
    return row!.pid;
  }, 20_000);

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  house = await testHouse({ databaseUrl: database.url, redisUrl: undefined });
  drop = database.drop;
});
afterAll(async () => {
  await house.close();
  await drop();
});

test('a statement goes over the connection that listens, a second one at the same time over the pool', async () => {
  const pid = await listener();
  const [first, second] = await Promise.all([hurry(WHO, 1), hurry(WHO, 2)]);
  expect(first).toBe(pid);
  expect(second).not.toBe(pid);
  expect(await hurry(WHO, 3)).toBe(pid);
});

test('a locked row is waited for elsewhere, and news is heard meanwhile', async () => {
  const { db, feed } = house.ports;
  const [id, other] = [await house.newDataset(), await house.newDataset()];
  const pid = await listener();
  const holder = db.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM dataset WHERE id = $1 FOR UPDATE', [id]);
  const waiting = hurry(RENAME, id);
  const heard: string[] = [];
  const unsubscribe = feed.subscribe(({ jobs }) => heard.push(...jobs.map((job) => job.id)));
  const job = await house.submit(other);
  await vi.waitFor(() => expect(heard).toContain(job.id), 20_000);
  expect(await house.dataset(id)).not.toMatchObject({ name: 'hurried' });
  await holder.commitTransaction();
  await holder.release();
  expect(await waiting).not.toBe(pid);
  expect(await house.dataset(id)).toMatchObject({ name: 'hurried' });
  unsubscribe();
});

test('a connection that is lost under a statement is another try over the pool', async () => {
  const pid = await listener();
  const sleeping = hurry(SLEEP, 0.5);
  await vi.waitFor(async () => {
    const busy = `SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active'`;
    expect(await house.ports.db.query(busy, [pid])).toHaveLength(1);
  }, 20_000);
  // Of the two ends it is ours that breaks: no error of the database comes any more.
  const { client } = house.ports.feed as unknown as { client: { connection: { stream: { destroy: () => void } } } };
  client.connection.stream.destroy();
  expect(await sleeping).not.toBe(pid);
  await vi.waitFor(async () => expect(await listener()).not.toBe(pid), 20_000);
});

test('what the database says of a statement is passed on', async () => {
  await listener();
  const wrong = { name: 'wrong', text: 'SELECT 1 / $1::int AS pid' };
  await expect(hurry(wrong, 0)).rejects.toMatchObject({ code: '22012' });
});
