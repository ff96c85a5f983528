import { Redis } from 'ioredis';

/** A numbered Redis database of one test's own. */
export interface TestRedis {
  readonly url: string;
  /** Empties the database. */
  readonly drop: () => Promise<void>;
}

const COUNTER = 'millrace-tests:databases-given';

/** False where there is no Redis: guard such specs with `describe.runIf(redisAvailable)`. */
export const redisAvailable = process.env['MILLRACE_TEST_REDIS_URL'] !== undefined;

/** Gives out an empty database of the run's Redis. A test may flush it (FLUSHDB), never the server (FLUSHALL). */
export async function testRedis(): Promise<TestRedis> {
  const server = process.env['MILLRACE_TEST_REDIS_URL'];
  if (server === undefined) throw new Error('there is no Redis here; guard the spec with redisAvailable');
  const client = new Redis(server);
  try {
    const [, databases = '16'] = (await client.config('GET', 'databases')) as string[];
    const choices = Number(databases) - 1;
    for (let tries = 0; tries < choices; tries += 1) {
      await client.select(0);
      // Counted, not searched: a test that flushes its database would make it look free.
      const number = 1 + ((await client.incr(COUNTER)) % choices);
      await client.select(number);
      const url = `${server}/${number}`;
      if ((await client.dbsize()) === 0) return { url, drop: () => flush(url) };
    }
    throw new Error('every database of the Redis for tests is taken');
  } finally {
    client.disconnect();
  }
}

async function flush(url: string): Promise<void> {
  const client = new Redis(url);
  await client.flushdb();
  client.disconnect();
}
