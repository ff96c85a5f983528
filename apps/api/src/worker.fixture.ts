import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers';

import { afterAll, beforeAll, vi } from 'vitest';

import { type TaskHost, tasks } from '#compute';
import type { AppError, Compute, TaskEvents, TaskInput, TaskName } from '#contract';
import { kernels } from '#learn';
import { serial } from '#linalg';
import { openTables } from '#tables';
import { LeaseKeeper, runJob, syncComponents, withPlugins } from '#workflow';

import type { ApiHouse } from './api.fixture.js';

type Tasks = Readonly<Record<TaskName, (input: unknown, host: TaskHost) => Promise<unknown>>>;

/** Tasks that end as only a child of their own can: what it is stopped with, by the input. */
type Ends = { readonly [N in TaskName]?: (input: TaskInput<N>) => AppError | undefined };

/** What runs in this process what a worker and its compute child would. */
export interface HouseWorker {
  /** When no job runs any more; for tests that look at what one left. */
  readonly settled: () => Promise<void>;
  /** From now on jobs wait for ever. */
  readonly rest: () => void;
}

/**
 * Components and a worker for a house, without a program: jobs begin on the word of the feed and compute in this process. Call it
 * after {@link apiHouse}, whose `beforeAll` must come first.
 */
export function houseWorker(house: ApiHouse, ends: Ends = {}): HouseWorker {
  const running = new Set<Promise<void>>();
  const closing: (() => unknown)[] = [];
  let rests = false;
  beforeAll(async () => {
    const { ports } = house;
    const compute = await computeHere(house, ends, closing);
    const leases = new LeaseKeeper(ports.db, randomUUID(), ports.feed, ports.log);
    const stopping = new AbortController();
    const slot = {
      leases,
      compute: () => compute,
      away: <W>(wait: () => Promise<W>) => wait(),
      stopping: stopping.signal,
    };
    await syncComponents(ports, compute, stopping.signal);
    await ports.catalogue.refresh();
    const deafen = ports.feed.subscribe(({ jobs }) => {
      for (const job of jobs) {
        const { state, attempt } = job;
        if (rests || state !== 'not_started' || attempt > 0) continue;
        const run = runJob(ports, slot, job).finally(() => running.delete(run));
        running.add(run);
      }
    });
    closing.push(
      deafen,
      () => stopping.abort('stopping'),
      () => Promise.all(running),
      () => leases.close(),
    );
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });
  return {
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    rest: () => {
      rests = true;
    },
  };
}

/** From now on whoever has patience for a minute or more has lost it at once. */
export function minutesPass(): void {
  const hurried = (work: () => void, ms = 0, ...rest: unknown[]): unknown => wait(work, ms < 60_000 ? ms : 50, ...rest);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(hurried as typeof setTimeout);
}

async function computeHere({ ports }: ApiHouse, ends: Ends, closing: (() => unknown)[]): Promise<Compute> {
  const { config, storage, log } = ports;
  const scratch = join(config.dataDir, 'engine-of-tests');
  const tables = await openTables({
    directories: [config.dataDir],
    tempDirectory: scratch,
    memoryLimitBytes: 512 * 1024 ** 2,
    threads: 1,
    maxColumns: config.maxColumns,
    maxRows: config.maxRows,
    maxCells: config.maxCells,
  });
  closing.push(() => tables.close());
  const host = {
    storage,
    tables,
    tick: () => undefined,
    parallel: serial(kernels),
    pluginFolder: join(scratch, 'plugins'),
    textEngine: () => Promise.reject(new Error('no engine here')),
    log,
  };
  return withPlugins(ports, () => ({
    run: (async (name: TaskName, input: never, events: TaskEvents) => {
      const end = ends[name]?.(input);
      if (end !== undefined) throw end;
      return (tasks as unknown as Tasks)[name](input, { ...host, ...events });
    }) as Compute['run'],
  }));
}
