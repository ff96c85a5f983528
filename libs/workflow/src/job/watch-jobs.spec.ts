import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { AppError } from '#contract';
import { redisAvailable, testDatabase, testRedis } from '#testing';

import { cancelJob } from './cancel-job.js';
import { jobChanges, jobEvents } from './job-changes.js';
import { gate, type TestHouse, testHouse } from './jobs.fixture.js';
import { listJobs } from './read-jobs.js';
import { waitForJob } from './wait-for-job.js';

const kinds = ['Postgres', ...(redisAvailable ? ['Redis'] : [])];

describe.each(kinds)('jobs watched on %s', (kind) => {
  let house: TestHouse;
  const drops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const database = await testDatabase({ migrated: true });
    const redis = kind === 'Redis' ? await testRedis() : undefined;
    house = await testHouse({ databaseUrl: database.url, redisUrl: redis?.url });
    await house.startWorker();
    drops.push(() => house.close(), database.drop, ...(redis ? [redis.drop] : []));
  });
  afterAll(async () => {
    for (const drop of drops) await drop();
  });

  test('somebody who waits gets the answer, the error, or that nobody came', async () => {
    const answering = await house.submit(await house.newDataset(({ commit }) => commit(undefined, { sum: 7 })));
    expect(await waitForJob(house.ports, answering.id, 60_000)).toEqual({ sum: 7 });
    const failing = await house.submit(await house.newDataset(() => Promise.reject(new AppError('no-rows'))));
    await expect(waitForJob(house.ports, failing.id, 60_000)).rejects.toMatchObject({ code: 'no-rows' });
    const { behaviour } = gate();
    const slow = await house.submit(await house.newDataset(behaviour));
    await expect(waitForJob(house.ports, slow.id, 100)).rejects.toMatchObject({ code: 'unavailable' });
    await cancelJob(house.ports, slow.id);
  });

  test('changes since a cursor come once it is taken, those since a time in any of its forms', async () => {
    const { ports } = house;
    const { cursor } = await jobChanges(ports, 'nonsense');
    const { id } = await house.submit(await house.newDataset());
    await house.until(id, 'finished');
    const changes = await jobChanges(ports, cursor);
    expect(changes.jobs.map((row) => row.id)).toContain(id);
    expect(changes).toMatchObject({ recently_completed: true, queue_empty: true });
    expect(changes.jobs.find((row) => row.id === id)).toMatchObject({ status: 'finished', task_type: 'DatasetJob' });
    // Rows come again while a transaction that is as old is open anywhere in the database's cluster, then no more.
    let next = changes;
    const again = async (): Promise<object[]> => (next = await jobChanges(ports, next.cursor)).jobs;
    await expect.poll(again, { timeout: 20_000 }).toEqual([]);
    const all = (await listJobs(ports)).length;
    expect((await jobChanges(ports, '1970-01-01 00:00:00.000000')).jobs).toHaveLength(all);
    for (const future of [
      '2999-01-01',
      '2999-01-01T00:00:00Z',
      '2999-01-01T00:00:00+02:00',
      '2999-01-01 00:00:00.000',
    ]) {
      expect((await jobChanges(ports, future)).jobs).toEqual([]);
    }
  });

  test('a commit that comes late is not skipped by the cursor', async () => {
    const { ports } = house;
    const { id } = await house.submit(await house.newDataset());
    await house.until(id, 'finished');
    const slow = ports.db.createQueryRunner();
    await slow.startTransaction();
    await slow.query(`UPDATE job SET name = 'late' WHERE id = $1`, [id]);
    const other = await house.submit(await house.newDataset());
    await house.until(other.id, 'finished');
    const { cursor } = await jobChanges(ports, 'x0');
    await slow.commitTransaction();
    await slow.release();
    expect((await jobChanges(ports, cursor)).jobs).toContainEqual(expect.objectContaining({ id, job_name: 'late' }));
  });

  test('events start with what was missed and go on with every change', async () => {
    const { ports } = house;
    const { cursor } = await jobChanges(ports, 'x0');
    const missed = await house.submit(await house.newDataset());
    await house.until(missed.id, 'finished');
    const abort = new AbortController();
    const events = jobEvents(ports, { since: cursor, signal: abort.signal });
    const first = (await events.next()).value as { data: { jobs: { id: string }[] } };
    expect(first.data.jobs.map(({ id }) => id)).toContain(missed.id);
    const { open, entered, behaviour } = gate();
    const { id } = await house.submit(await house.newDataset(behaviour));
    const states: string[] = [];
    let dismissed: readonly string[] = [];
    for await (const { data } of events) {
      states.push(...data.jobs.filter((row) => row.id === id).map(({ status }) => status));
      dismissed = data.dismissed;
      if (states.at(-1) === 'started') {
        await entered;
        open();
      }
      if (states.at(-1) === 'finished' && dismissed.length === 0) void cancelJob(ports, id);
      if (dismissed.includes(id)) abort.abort();
    }
    expect(states.at(-1)).toBe('finished');
    expect(states).toContain('started');
  });

  test('the feed tells the last of several changes in one transaction, and what no notification can hold', async () => {
    const { db, feed } = house.ports;
    const { id } = await house.submit(await house.newDataset());
    await house.until(id, 'finished');
    const names: string[] = [];
    const unsubscribe = feed.subscribe(({ jobs }) =>
      names.push(...jobs.filter((job) => job.id === id).map(({ name }) => name.slice(0, 20))),
    );
    await db.transaction(async (tx) => {
      await tx.query(`UPDATE job SET name = 'first' WHERE id = $1`, [id]);
      await tx.query(`UPDATE job SET name = 'second' WHERE id = $1`, [id]);
    });
    await vi.waitFor(() => expect(names.at(-1)).toBe('second'), 60_000);
    await db.query('UPDATE job SET name = $2 WHERE id = $1', [id, `long ${'x'.repeat(9000)}`]);
    await vi.waitFor(() => expect(names.at(-1)).toMatch(/^long x/), 60_000);
    expect(names.filter((name) => name.startsWith('long'))).toHaveLength(1);
    unsubscribe();
  });

  test('who watches a run hears of its points and of its status, and of no other run', async () => {
    const { db, feed, tracking } = house.ports;
    const insert = async (sql: string, values: unknown[]): Promise<number> =>
      (await db.query<[{ id: number }]>(`${sql} RETURNING id`, values))[0].id;
    const session = await insert(
      `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
         test_metrics, evaluation_strategy, splits) VALUES ($1, 's', 't', '[]', '[]', '[]', '[]', '[]', 'e', '{}')`,
      [await house.newDataset()],
    );
    const newRun = (): Promise<number> =>
      insert(
        `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
         VALUES ($1, 'm', 'r', '{}', '', '{}', 'Accuracy')`,
        [session],
      );
    const [run, other] = [await newRun(), await newRun()];
    const heard: number[] = [];
    const stops = [run, other].map((id) => feed.watchRun(id, () => heard.push(id)));
    await vi.waitFor(() => expect(heard).toEqual([run, other]), 60_000);
    heard.length = 0;
    const point = { split: 'train', level: 'step', name: 'Loss', step: 0, value: 1 } as const;
    await tracking.append(run, [point, { ...point, step: 1 }]);
    await vi.waitFor(() => expect(heard).toEqual([run]), 60_000);
    await db.query('UPDATE run SET status = 2 WHERE id = $1', [run]);
    await db.query(`UPDATE run SET name = 'other' WHERE id = $1`, [other]);
    await vi.waitFor(() => expect(heard).toEqual([run, run]), 60_000);
    for (const stop of stops) stop();
    await tracking.append(other, [point]);
    const { id } = await house.submit(await house.newDataset());
    await house.until(id, 'finished');
    expect(heard).toEqual([run, run]);
  });

  test('the feed survives the loss of every connection', async () => {
    const { ports } = house;
    const seen: string[] = [];
    const unsubscribe = ports.feed.subscribe(({ jobs }) => seen.push(...jobs.map(({ id, state }) => `${id} ${state}`)));
    await ports.db
      .query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      .catch(() => undefined);
    const id = await house.newDataset();
    const { id: jobId } = await house.submit(id);
    await house.until(jobId, 'finished');
    await vi.waitFor(() => expect(seen).toContain(`${jobId} finished`), 60_000);
    unsubscribe();
    expect(await house.dataset(id)).toMatchObject({ total_rows: 1 });
  });
});
