import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, test } from 'vitest';

import { testDatabase } from './databases.js';
import { redisAvailable, testRedis } from './redis.js';

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

test('every test has a database of its own, gone after drop', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  await rows(one.url, 'CREATE TABLE mine ()');
  expect(await rows(other.url, `SELECT to_regclass('mine') AS found`)).toEqual([{ found: null }]);
  await one.drop();
  await expect(rows(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  await other.drop();
});

test('migrated databases are made at the same time, complete and apart', async () => {
  const databases = await Promise.all([1, 2, 3].map(() => testDatabase({ migrated: true })));
  for (const { url } of databases) {
    expect(await rows(url, `SELECT to_regclass('job') IS NOT NULL AS found`)).toEqual([{ found: true }]);
  }
  for (const database of databases) await database.drop();
});

describe.runIf(redisAvailable)('Redis', () => {
  test('every test has a numbered database of its own, even after it flushed it', async () => {
    const [one, other] = await Promise.all([testRedis(), testRedis()]);
    const client = new Redis(one.url);
    await client.flushdb();
    const third = await testRedis();
    expect(new Set([one.url, other.url, third.url]).size).toBe(3);
    await client.set('mine', '1');
    const elsewhere = new Redis(other.url);
    expect(await elsewhere.get('mine')).toBeNull();
    await one.drop();
    expect(await client.get('mine')).toBeNull();
    client.disconnect();
    elsewhere.disconnect();
  });
});
