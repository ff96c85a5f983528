import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLogger } from '#config';
import { startPostgres } from '#embedded';

import { startRedis } from './redis-server.js';

/** Nothing a test writes need outlive a power cut. */
const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: 200 };

const NOTHING = (): Promise<void> => Promise.resolve();

/**
 * One Postgres and, where there is one, one Redis for the whole run of the tests. The addresses travel to the test
 * processes in the environment, which they inherit.
 * @returns stops both and removes their folder.
 */
export async function setup(): Promise<() => Promise<void>> {
  // Several projects of one run name this file: the first starts the servers, and its teardown comes after every test.
  if (process.env['MILLRACE_TEST_RUN'] === `${process.pid}`) return NOTHING;
  process.env['MILLRACE_TEST_RUN'] = `${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'millrace-tests-'));
  const log = createLogger('warn', { program: 'tests' });
  const redisStart = startRedis(folder);
  const postgres = await startPostgres({ home: folder, log, settings });
  const redis = await redisStart;
  process.env['MILLRACE_TEST_PG_URL'] = postgres.url;
  if (redis !== undefined) process.env['MILLRACE_TEST_REDIS_URL'] = redis.url;
  return async () => {
    await Promise.all([postgres.stop(), redis?.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
