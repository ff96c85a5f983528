import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { type EmbeddedPostgres, startPostgres } from '#embedded';
import { migrate, openDatabase } from '#persistence';

import { claimJob } from './claim-job.js';
import { insertJobOfFreeRow, type NewJob } from './insert-job.js';
import { JobFeed } from './job-feed.js';
import { silent } from './jobs.fixture.js';

/** What no commit waits for stays in memory while a test runs. */
const settings = { wal_writer_delay: '10s', autovacuum: 'off' };
/** A database whose pool never answers: what a statement has written is not found again before the crash. */
const mute = { driver: { master: { query: () => new Promise(() => undefined) } } } as unknown as DataSource;

let home: string;
let postgres: EmbeddedPostgres;
let db: DataSource;
let feed: JobFeed;
/** What watchers were told, as `<id> <state>`. */
let told: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-crash-'));
  postgres = await startPostgres({ home, log: silent, settings });
  await migrate(postgres.url);
  db = await openDatabase(postgres.url);
  feed = new JobFeed(postgres.url, silent);
  await feed.open();
  feed.subscribe(({ jobs, dismissed }) => {
    for (const { id, state } of jobs) told.push(`${id} ${state}`);
    for (const id of dismissed) told.push(`${id} dismissed`);
  });
});
afterAll(async () => {
  await feed.close();
  await db.destroy();
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
});

async function newJob(): Promise<NewJob> {
  const sql = 'INSERT INTO dataset (name) VALUES ($1) RETURNING id';
  const [{ id }] = await db.query<[{ id: number }]>(sql, [randomUUID()]);
  return {
    id: randomUUID(),
    type: 'DatasetJob',
    queue: 'io',
    priority: 10,
    kwargs: { dataset_id: id },
    name: 'crash',
    attempts: 3,
    entity: { type: 'dataset', id },
    listed: true,
    requestId: null,
    parentId: null,
  };
}

const isTold = (what: string): Promise<void> => vi.waitFor(() => expect(told).toContain(what), 60_000);
const rowOf = async ({ id, entity }: NewJob): Promise<object> => ({
  job: await db.query<object[]>('SELECT state, attempt FROM job WHERE id = $1', [id]),
  dataset: await db.query<object[]>('SELECT status, huey_id FROM dataset WHERE id = $1', [entity!.id]),
});

/** The quick way is free, and taken by what follows at once. */
async function quickly<R>(work: () => Promise<R>): Promise<R> {
  const state = feed as unknown as { asking: boolean };
  await vi.waitFor(() => expect(state.asking).toBe(false), 60_000);
  const hurry = vi.spyOn(feed, 'hurry');
  try {
    return await work();
  } finally {
    await expect(hurry.mock.results[0]!.value).resolves.toHaveLength(1);
    hurry.mockRestore();
  }
}

/** A question of the feed. */
async function ask(): Promise<void> {
  const state = feed as unknown as { questions: number; asking: boolean };
  const before = state.questions;
  await db.query(`SELECT pg_notify('millrace_job', 'nobody waits')`);
  await vi.waitFor(() => expect(state.questions > before && !state.asking).toBe(true), 60_000);
}

/** So many transactions that the feed remembers nothing from before; the last one takes them to the disk. */
async function passTime(): Promise<void> {
  await db.query('DO $$ BEGIN FOR i IN 1..1100 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$');
  await newJob();
}

/** The server dies without writing down what it holds, and comes again. */
async function crash(): Promise<void> {
  told = [];
  process.kill(postgres.pid, 'SIGQUIT');
  await postgres.exited;
  postgres = await startPostgres({ home, log: silent, settings, port: postgres.port });
  await vi.waitFor(() => db.query('SELECT 1'), 60_000);
  await vi.waitFor(async () => expect(await feed.hurry({ name: 'one', text: 'SELECT 1' }, [])).toBeDefined(), 60_000);
}

test('what was answered outlives a crash of the database', async () => {
  const job = await newJob();
  expect(await quickly(() => insertJobOfFreeRow({ db, feed }, job))).toBe(true);
  await crash();
  expect(await rowOf(job)).toEqual({
    job: [{ state: 'not_started', attempt: 0 }],
    dataset: [{ status: 1, huey_id: job.id }],
  });
  const claimed = await quickly(() => claimJob({ db, feed }, job.id, randomUUID()));
  expect(claimed).toMatchObject({ id: job.id, attempt: 1 });
  await crash();
  expect(await rowOf(job)).toMatchObject({ job: [{ state: 'started', attempt: 1 }], dataset: [{ status: 2 }] });
});

test('a job that was told but not answered may be gone; then watchers are told that, and it can come again', async () => {
  const job = await newJob();
  await quickly(() => Promise.race([insertJobOfFreeRow({ db: mute, feed }, job), isTold(`${job.id} not_started`)]));
  await ask();
  await crash();
  expect(await rowOf(job)).toEqual({ job: [], dataset: [{ status: 0, huey_id: null }] });
  await isTold(`${job.id} dismissed`);
  expect(await insertJobOfFreeRow({ db, feed }, job)).toBe(true);
});

test('a start that was told but not answered may be forgotten; then watchers hear that the job waits', async () => {
  const job = await newJob();
  expect(await insertJobOfFreeRow({ db, feed }, job)).toBe(true);
  await passTime();
  await ask();
  await quickly(() => Promise.race([claimJob({ db: mute, feed }, job.id, randomUUID()), isTold(`${job.id} started`)]));
  await crash();
  expect(await rowOf(job)).toMatchObject({ job: [{ state: 'not_started', attempt: 0 }], dataset: [{ status: 1 }] });
  await isTold(`${job.id} not_started`);
  expect(await claimJob({ db, feed }, job.id, randomUUID())).toMatchObject({ attempt: 1 });
});
