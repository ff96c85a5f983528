import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import type { QueueName } from '#contract';
import { redisAvailable, testDatabase, testRedis } from '#testing';

import { type BrokerConfig, waitingBroker } from './broker.js';
import { openConsumer } from './open-consumer.js';
import { openQueue } from './open-queue.js';
import type { Consumer, JobQueue, QueuedJob } from './queue.js';

const ignore = (): void => undefined;
const job = (change: Partial<QueuedJob> = {}): QueuedJob => ({
  id: randomUUID(),
  queue: 'io',
  priority: 10,
  ...change,
});

const backends = [
  { name: 'Postgres', open: async () => postgres() },
  ...(redisAvailable ? [{ name: 'Redis', open: async () => redis() }] : []),
];

async function postgres(): Promise<{ config: BrokerConfig; drop: () => Promise<void> }> {
  const { url, drop } = await testDatabase({ migrated: true });
  return { config: { databaseUrl: url, redisUrl: undefined }, drop };
}

async function redis(): Promise<{ config: BrokerConfig; drop: () => Promise<void> }> {
  const { url, drop } = await testRedis();
  return { config: { databaseUrl: undefined, redisUrl: url }, drop };
}

describe.each(backends)('a queue on $name', ({ name, open }) => {
  let config: BrokerConfig;
  let drop: () => Promise<void>;
  let queue: JobQueue;
  let consumers: Consumer[] = [];
  let seen: string[] = [];

  const consume = async (work: (id: string) => Promise<void> = () => Promise.resolve(), name: QueueName = 'io') => {
    const options = { concurrency: 1, lockMs: 1000, stalledMs: 300, onError: ignore };
    const consumer = await openConsumer(config, name, options, async (id) => {
      seen.push(id);
      await work(id);
    });
    consumers.push(consumer);
    return consumer;
  };
  const sawInOrder = (...jobs: QueuedJob[]) =>
    expect.poll(() => seen, { timeout: 15_000, interval: 20 }).toEqual(jobs.map(({ id }) => id));

  beforeAll(async () => {
    ({ config, drop } = await open());
    queue = await openQueue(config, ignore);
    // On Redis the sending end connects by itself and refuses until then.
    await vi.waitFor(() => queue.add(job({ queue: 'compute' })), 60_000);
  });
  afterEach(async () => {
    await Promise.all(consumers.map((consumer) => consumer.close()));
    consumers = [];
    seen = [];
  });
  afterAll(async () => {
    await queue.close();
    await drop();
  });

  test('hands out what is added, once, and forgets it', async () => {
    await consume();
    const one = job();
    await queue.add(one);
    await sawInOrder(one);
    await sleep(100);
    await queue.add(one);
    await sawInOrder(one, one);
  });

  test('an id it knows is not added twice', async () => {
    const [one, other] = [job(), job()];
    await queue.add(one);
    await queue.addAll([one, other]);
    await consume();
    await sawInOrder(one, other);
    await sleep(200);
    expect(seen).toHaveLength(2);
  });

  test('an id that runs is not added again', async () => {
    let finish = ignore;
    await consume(() => new Promise((resolve) => (finish = resolve)));
    const one = job();
    await queue.add(one);
    await sawInOrder(one);
    await queue.add(one);
    finish();
    await sleep(300);
    expect(seen).toEqual([one.id]);
  });

  test('smaller priorities go first, equal ones in order', async () => {
    const jobs = [5, 1, 3, 1].map((priority) => job({ priority }));
    for (const one of jobs) await queue.add(one);
    await consume();
    await sawInOrder(jobs[1]!, jobs[3]!, jobs[2]!, jobs[0]!);
  });

  test('a delayed job waits', async () => {
    await consume();
    const [late, now] = [job({ delayMs: 500, priority: 1 }), job()];
    await queue.addAll([late, now]);
    await sawInOrder(now, late);
  });

  test('what is removed in time is not handed out', async () => {
    const [gone, kept] = [job(), job()];
    await queue.addAll([gone, kept]);
    await queue.remove(gone.id, 'io');
    await queue.remove(randomUUID(), 'io');
    await consume();
    await sawInOrder(kept);
  });

  test('a failing consumer neither stops the queue nor keeps the id', async () => {
    const [bad, good] = [job(), job()];
    await queue.addAll([bad, good]);
    await consume((id) => (id === bad.id ? Promise.reject(new Error('on purpose')) : Promise.resolve()));
    await sawInOrder(bad, good);
    await queue.add(bad);
    await sawInOrder(bad, good, bad);
  });

  test('what a dead consumer held is handed out again', async () => {
    const { connection, prefix, backend } = waitingBroker(config, 1);
    const dead = new Worker('io', null, { connection, prefix, lockDuration: 500 }, backend);
    dead.on('error', ignore);
    const one = job();
    await queue.add(one);
    expect((await dead.getNextJob('its token')).id).toBe(one.id);
    await consume();
    await sawInOrder(one);
    await dead.close();
  });

  test('a paused consumer takes nothing more', async () => {
    const consumer = await consume();
    await consumer.pause();
    await queue.add(job());
    await sleep(300);
    expect(seen).toEqual([]);
    await queue.addAll([]);
    await consume();
    await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(1);
  });

  test.runIf(name === 'Redis')('an emptied broker is filled again by adding', async () => {
    const waiting = [job(), job()];
    await queue.addAll(waiting);
    const client = new Redis(config.redisUrl!);
    await client.flushdb();
    client.disconnect();
    await queue.addAll(waiting);
    await consume();
    await sawInOrder(...waiting);
  });
});

test('adding rejects at once while Redis is away', async () => {
  const queue = await openQueue({ databaseUrl: undefined, redisUrl: 'redis://127.0.0.1:1' }, ignore);
  await expect(queue.add(job())).rejects.toThrow();
  await queue.close();
});
