import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, vi } from 'vitest';

import type { Config, Logger } from '#config';
import { type Compute, QUEUES } from '#contract';
import { openDatabase } from '#persistence';
import { type Consumer, openConsumer, openQueue } from '#queue';
import { DiskStorage, tableKey } from '#storage';
import { openTracking, openTrackingStore } from '#tracking';

import { Catalogue } from '../component/catalogue.js';
import type { Ports } from '../ports.js';
import { attemptToken } from './attempt-token.js';
import { JobFeed } from './job-feed.js';
import type { JobContext, JobHandler, JobHandlers } from './job-handler.js';
import { LeaseKeeper } from './lease-keeper.js';
import { LEASE_MS } from './lease.js';
import { runJob } from './run-job.js';
import { submitJob } from './submit-job.js';

/** What the fake handler does with a data set; by the data set's id. */
export type Behaviour = (context: JobContext<'DatasetJob'>) => Promise<void>;

export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silent };

/** A worker's slots in this process, without a compute child. */
export interface TestWorker {
  readonly id: string;
  /** As a killed one: it stops speaking up and never learns how its jobs end. */
  readonly freeze: () => void;
  readonly leases: LeaseKeeper;
  /** In good order. */
  readonly stop: () => Promise<void>;
}

export interface TestHouse {
  readonly submit: (datasetId: number) => Promise<{ id: string }>;
  /** The rows as they are now. */
  readonly dataset: (id: number) => Promise<Record<string, unknown> | undefined>;
  readonly job: (id: string) => Promise<Record<string, unknown> | undefined>;
  readonly until: (jobId: string, state: string) => Promise<void>;
  readonly ports: Ports;
  readonly behaviours: Map<number, Behaviour>;
  /** A DatasetJob's effects, as `<data set> <attempt>`. */
  readonly effects: string[];
  readonly newDataset: (behaviour?: Behaviour) => Promise<number>;
  readonly startWorker: () => Promise<TestWorker>;
  readonly close: () => Promise<void>;
}

/** Resolves when the signal is aborted, or at once when it is already. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** A behaviour that runs until told to end, or until its job's signal. */
export function gate(): { open: () => void; entered: Promise<void>; behaviour: Behaviour } {
  let open = (): void => undefined;
  let enter = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const entered = new Promise<void>((resolve) => (enter = resolve));
  const behaviour: Behaviour = async ({ signal }) => {
    enter();
    await Promise.race([opened, untilAborted(signal)]);
    signal.throwIfAborted();
  };
  return { open, entered, behaviour };
}

/** Workers of tests have places enough. */
export const stay = <W>(wait: () => Promise<W>): Promise<W> => wait();
const nothing: Compute = { run: () => Promise.reject(new Error('no compute here')) };

/** Ports over a migrated database with one fake handler, and workers to run it. */
export async function testHouse(broker: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<TestHouse> {
  const url = broker.databaseUrl!;
  const home = await mkdtemp(join(tmpdir(), 'millrace-jobs-'));
  const db = await openDatabase(url, { poolSize: 10 });
  // The sweeper takes back nothing right after a start of the database, and that of the tests may just have started.
  await db.query(
    `SELECT pg_sleep(greatest(0, $1::float8 / 1000 - extract(epoch FROM now() - pg_postmaster_start_time())))`,
    [LEASE_MS],
  );
  const feed = new JobFeed(url, silent);
  await feed.open();
  const behaviours = new Map<number, Behaviour>();
  const effects: string[] = [];
  const handler = fakeHandler(behaviours, effects);
  const handlers = new Proxy({}, { get: (): unknown => handler }) as JobHandlers;
  const storage = new DiskStorage(home);
  const queue = await openQueue(broker, () => undefined);
  const tracked = openTrackingStore(db, storage);
  const ports = {
    config: { ...broker },
    log: silent,
    db,
    storage,
    queue,
    feed,
    handlers,
    tracking: openTracking(db, tracked),
    tracked,
    catalogue: new Catalogue(db),
  } as unknown as Ports;
  const workers: TestWorker[] = [];
  const row = async (table: string, id: unknown): Promise<Record<string, unknown> | undefined> => {
    const rows = await db.query<Record<string, unknown>[]>(`SELECT * FROM ${table} WHERE id = $1`, [id]);
    return rows[0];
  };
  return {
    submit: (datasetId) => submitJob(ports, { type: 'DatasetJob', kwargs: { dataset_id: datasetId } }),
    dataset: (id) => row('dataset', id),
    job: (id) => row('job', id),
    until: (jobId, state) =>
      vi.waitFor(async () => expect((await row('job', jobId))?.['state']).toBe(state), {
        timeout: 60_000,
        interval: 10,
      }),
    ports,
    behaviours,
    effects,
    newDataset: async (behaviour) => {
      const [{ id }] = await db.query<[{ id: number }]>('INSERT INTO dataset (name) VALUES ($1) RETURNING id', [
        randomUUID(),
      ]);
      if (behaviour) behaviours.set(id, behaviour);
      return id;
    },
    startWorker: async () => {
      const worker = await startWorker(ports, broker);
      workers.push(worker);
      return worker;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([feed.close(), queue.close()]);
      await db.destroy();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function fakeHandler(behaviours: Map<number, Behaviour>, effects: string[]): JobHandler<'DatasetJob'> {
  return {
    type: 'DatasetJob',
    entity: ({ dataset_id: id }) => ({ type: 'dataset', id }),
    deliver: (_tx, { dataset_id: id }) => Promise.resolve(`Dataset: ${id}`),
    outputs: (job) => [tableKey(attemptToken('dataset', job))],
    run: async (context) => {
      const { job, kwargs, commit } = context;
      await behaviours.get(kwargs.dataset_id)?.(context);
      await commit(async (tx) => {
        effects.push(`${kwargs.dataset_id} ${job.attempt}`);
        await tx.query('UPDATE dataset SET total_rows = coalesce(total_rows, 0) + 1 WHERE id = $1', [
          kwargs.dataset_id,
        ]);
      });
    },
    settle: async (tx, job, failure) => {
      if (failure === 'cancelled') await tx.query('DELETE FROM dataset WHERE id = $1', [job.kwargs.dataset_id]);
    },
  };
}

async function startWorker(ports: Ports, broker: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<TestWorker> {
  const workerId = randomUUID();
  const leases = new LeaseKeeper(ports.db, workerId, ports.feed, silent);
  const stopping = new AbortController();
  const slot = { leases, compute: () => nothing, away: stay, stopping: stopping.signal };
  const consumers: Consumer[] = [];
  for (const name of QUEUES) {
    const options = { concurrency: 2, lockMs: 1000, stalledMs: 300, onError: () => undefined };
    consumers.push(await openConsumer(broker, name, options, (id) => runJob(ports, slot, { id })));
  }
  let stopped = false;
  return {
    id: workerId,
    leases,
    freeze: () => leases.close(),
    stop: async () => {
      if (stopped) return;
      stopped = true;
      stopping.abort();
      await Promise.all(consumers.map((consumer) => consumer.close()));
      leases.close();
    },
  };
}
