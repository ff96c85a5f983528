import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { STATUS } from '#contract';
import { tableKey, uploadKey } from '#storage';
import { redisAvailable, testDatabase, testRedis } from '#testing';

import { attemptToken } from './attempt-token.js';
import { cancelAll, cancelJob } from './cancel-job.js';
import { cancelJobsOf } from './cancel-jobs-of.js';
import { claimJob } from './claim-job.js';
import { finishJob, LeaseLost } from './finish-job.js';
import { NotYet } from './job-handler.js';
import { gate, type TestHouse, testHouse, type TestWorker } from './jobs.fixture.js';
import { sweepJobs, tidyJobs } from './sweep-jobs.js';

const kinds = ['Postgres', ...(redisAvailable ? ['Redis'] : [])];

describe.each(kinds)('jobs stopped and recovered on %s', (kind) => {
  let house: TestHouse;
  let worker: TestWorker;
  const drops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const database = await testDatabase({ migrated: true });
    const redis = kind === 'Redis' ? await testRedis() : undefined;
    house = await testHouse({ databaseUrl: database.url, redisUrl: redis?.url });
    worker = await house.startWorker();
    drops.push(() => house.close(), database.drop, ...(redis ? [redis.drop] : []));
  });
  afterAll(async () => {
    for (const drop of drops) await drop();
  });

  test('a waiting job is cancelled at once', async () => {
    const id = await house.newDataset();
    await worker.stop();
    const { id: jobId } = await house.submit(id);
    await cancelJob(house.ports, jobId);
    expect(await house.job(jobId)).toMatchObject({ state: 'cancelled', attempt: 0 });
    expect(await house.dataset(id)).toBeUndefined();
    worker = await house.startWorker();
    await sleep(300);
    expect(house.effects.filter((effect) => effect.startsWith(`${id} `))).toEqual([]);
    await cancelJob(house.ports, jobId);
    expect(await house.job(jobId)).toBeUndefined();
    await expect(cancelJob(house.ports, jobId)).rejects.toMatchObject({ code: 'job-not-found' });
  });

  test('a running job is cancelled when the answer comes, and what it wrote is gone', async () => {
    const { entered, behaviour } = gate();
    let key = '';
    const id = await house.newDataset(async (context) => {
      key = tableKey(attemptToken('dataset', context.job));
      await context.ports.storage.write(key, Readable.from(['half']));
      await behaviour(context);
    });
    const { id: jobId } = await house.submit(id);
    await entered;
    await cancelJob(house.ports, jobId);
    expect(await house.job(jobId)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
    expect(await house.dataset(id)).toBeUndefined();
    await vi.waitFor(async () => expect(await house.ports.storage.exists(key)).toBe(false), 60_000);
  });

  test('a cancelled job that does not listen cannot finish', async () => {
    const { open, entered } = gate();
    let finish = open;
    const deaf = new Promise<void>((resolve) => (finish = resolve));
    let enter = (): void => undefined;
    const started = new Promise<void>((resolve) => (enter = resolve));
    void entered;
    const id = await house.newDataset(() => {
      enter();
      return deaf;
    });
    const { id: jobId } = await house.submit(id);
    await started;
    const cancelling = cancelJob(house.ports, jobId);
    await sleep(100);
    finish();
    await cancelling;
    expect(await house.job(jobId)).toMatchObject({ state: 'cancelled' });
    expect(house.effects.filter((effect) => effect.startsWith(`${id} `))).toEqual([]);
  });

  test('all that waits and runs is cancelled together, and for one row', async () => {
    const gates = [gate(), gate()];
    const jobs = [];
    for (const { behaviour } of gates) jobs.push(await house.submit(await house.newDataset(behaviour)));
    await Promise.all(gates.map(({ entered }) => entered));
    jobs.push(await house.submit(await house.newDataset()));
    expect(await cancelAll(house.ports)).toEqual({ cancelled: 3, deleted: 3 });
    for (const { id } of jobs) expect(await house.job(id)).toMatchObject({ state: 'cancelled' });
    const other = gate();
    const id = await house.newDataset(other.behaviour);
    const last = await house.submit(id);
    await other.entered;
    await cancelJobsOf(house.ports, 'dataset', [id]);
    expect(await house.job(last.id)).toMatchObject({ state: 'cancelled' });
  });

  test('a lost worker costs an attempt; its late result is refused', async () => {
    const id = await house.newDataset();
    await worker.stop();
    const { id: jobId } = await house.submit(id);
    const zombie = (await claimJob(house.ports, jobId, 'zombie'))!;
    expect(await claimJob(house.ports, jobId, 'other')).toBeNull();
    await house.ports.storage.write(tableKey(attemptToken('dataset', zombie)), Readable.from(['late']));
    await house.ports.db.query(`UPDATE job SET lease_until = now() - interval '1 second' WHERE id = $1`, [jobId]);
    worker = await house.startWorker();
    await sweepJobs(house.ports);
    await house.until(jobId, 'finished');
    expect(await house.job(jobId)).toMatchObject({ attempt: 2 });
    expect(await house.ports.storage.exists(tableKey(attemptToken('dataset', zombie)))).toBe(false);
    const late = finishJob(house.ports.db, zombie, () => Promise.reject(new Error('written twice')), null);
    await expect(late).rejects.toBeInstanceOf(LeaseLost);
    expect(await house.dataset(id)).toMatchObject({ total_rows: 1 });
  });

  test('the attempts of a job that always loses its worker end', async () => {
    const id = await house.newDataset();
    await worker.stop();
    const { id: jobId } = await house.submit(id);
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await claimJob(house.ports, jobId, 'dying')).toMatchObject({ attempt });
      await house.ports.db.query(`UPDATE job SET lease_until = now() - interval '1 second' WHERE id = $1`, [jobId]);
      await sweepJobs(house.ports);
    }
    expect(await house.job(jobId)).toMatchObject({ state: 'killed', error: { code: 'attempts-spent' } });
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.error });
    worker = await house.startWorker();
  });

  test('a zombie hears that its job runs elsewhere', async () => {
    let reason: unknown;
    const { entered, behaviour } = gate();
    const id = await house.newDataset(async (context) => {
      context.signal.addEventListener('abort', () => {
        reason = context.signal.reason;
      });
      await behaviour(context);
    });
    const { id: jobId } = await house.submit(id);
    await entered;
    await house.ports.db.query(`UPDATE job SET lease_until = now() - interval '1 second' WHERE id = $1`, [jobId]);
    expect(await claimJob(house.ports, jobId, 'other')).toMatchObject({ attempt: 2 });
    await worker.leases.beat();
    await vi.waitFor(() => expect(reason).toBe('lost'), 60_000);
    expect(await house.job(jobId)).toMatchObject({ state: 'started', attempt: 2, worker_id: 'other' });
    await house.ports.db.query(`UPDATE job SET state = 'error' WHERE id = $1`, [jobId]);
  });

  test('a claim that was never answered is not kept alive by the worker’s other jobs', async () => {
    const [kept, dropped] = [gate(), gate()];
    const [running, unheld] = [
      await house.submit(await house.newDataset(kept.behaviour)),
      await house.submit(await house.newDataset(dropped.behaviour)),
    ];
    await Promise.all([kept.entered, dropped.entered]);
    const leaseOf = async ({ id }: { id: string }): Promise<unknown> => (await house.job(id))?.['lease_until'];
    // As if the worker had never heard that the claim was committed.
    worker.leases.hold(unheld.id, { attempt: 1, lost: () => undefined, cancelled: () => undefined })();
    // A beat of before may still be under way.
    await vi.waitFor(async () => {
      const before = [await leaseOf(running), await leaseOf(unheld)];
      await worker.leases.beat();
      expect(await leaseOf(running)).not.toEqual(before[0]);
      expect(await leaseOf(unheld)).toEqual(before[1]);
    });
    kept.open();
    dropped.open();
    await house.until(running.id, 'finished');
    await house.until(unheld.id, 'finished');
  });

  test('a worker that stops in good order gives its jobs back without cost', async () => {
    const { entered, behaviour } = gate();
    const id = await house.newDataset(behaviour);
    const { id: jobId } = await house.submit(id);
    await entered;
    await worker.stop();
    expect(await house.job(jobId)).toMatchObject({ state: 'not_started', attempt: 1, max_attempts: 4 });
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.delivered });
    house.behaviours.delete(id);
    worker = await house.startWorker();
    await sweepJobs(house.ports, { everything: true });
    await house.until(jobId, 'finished');
  });

  test('a job that must wait for another gives its slot away without cost', async () => {
    let early = true;
    const id = await house.newDataset(() => {
      if (!early) return Promise.resolve();
      early = false;
      return Promise.reject(new NotYet());
    });
    const { id: jobId } = await house.submit(id);
    await vi.waitFor(async () =>
      expect(await house.job(jobId)).toMatchObject({ state: 'not_started', max_attempts: 4 }),
    );
    await sweepJobs(house.ports, { everything: true });
    await house.until(jobId, 'finished');
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.finished, total_rows: 1 });
  });

  test('a job whose row was deleted meanwhile leaves nothing', async () => {
    let key = '';
    const id: number = await house.newDataset(async ({ ports, job }) => {
      key = tableKey(attemptToken('dataset', job));
      await ports.storage.write(key, Readable.from(['whole']));
      await ports.db.query('DELETE FROM dataset WHERE id = $1', [id]);
    });
    const { id: jobId } = await house.submit(id);
    await house.until(jobId, 'cancelled');
    await vi.waitFor(async () => expect(await house.ports.storage.exists(key)).toBe(false), 60_000);
    expect(house.effects.filter((effect) => effect.startsWith(`${id} `))).toEqual([]);
  });

  test('a row the queue does not know is found by the sweeper', async () => {
    const id = await house.newDataset();
    const [{ id: jobId }] = await house.ports.db.query<[{ id: string }]>(
      `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, entity_type, entity_id, enqueued_at, last_update)
       VALUES (gen_random_uuid(), 'DatasetJob', 'io', 10, $1, 'lost', 3, 'dataset', $2, now(), now()) RETURNING id`,
      [JSON.stringify({ dataset_id: id }), id],
    );
    await house.ports.db.query('UPDATE dataset SET status = 1, huey_id = $2 WHERE id = $1', [id, jobId]);
    await sweepJobs(house.ports, { everything: true });
    await house.until(jobId, 'finished');
  });

  test('tidying ends rows without a job and removes what nobody owns', async () => {
    const { db, storage } = house.ports;
    const id = await house.newDataset();
    await db.query('UPDATE dataset SET status = 2, huey_id = gen_random_uuid() WHERE id = $1', [id]);
    const upload = uploadKey(randomUUID());
    await storage.write(upload, Readable.from(['x']));
    await tidyJobs(house.ports);
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.error });
    expect(await storage.exists(upload)).toBe(true);
    await tidyJobs(house.ports);
    expect(await storage.exists(upload)).toBe(false);
  });
});
