import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AppError, type Compute, STATUS, type TaskInput, type TrialRecord } from '#contract';
import { type Consumer, openConsumer } from '#queue';

import { cancelJob } from '../job/cancel-job.js';
import { LeaseKeeper } from '../job/lease-keeper.js';
import { jobStatus, listJobs } from '../job/read-jobs.js';
import { runJob } from '../job/run-job.js';
import { submitJob } from '../job/submit-job.js';
import { sweepJobs } from '../job/sweep-jobs.js';
import { untilTerminal } from '../job/wait-for-job.js';
import { getRun } from './get-run.js';
import { newRun, ports, runsHouse } from './runs.fixture.js';

runsHouse();

type TrialInput = TaskInput<'run-trial'>;
const SEARCHES = [
  { span: [0, 0.5], message: 'nested-folds' },
  { span: [0.5, 0.9], message: 'tuning' },
] as const;
const [TRIALS, BATCH] = [5, 2];
const nameOf = ({ search, number }: { search: number; number: number }): string => `${search}.${number}`;
const record = (search: number, number: number): TrialRecord => ({
  search,
  number,
  values: { z: number, depth: 1 },
  value: number,
  curve: [],
  givenUp: false,
  error: null,
  points: search === 1 ? [{ split: 'validation', level: 'trial', name: 'Accuracy', step: number, value: number }] : [],
});

/** Workers with one slot each over a search of two times five trials in batches of two, of which the first is run by its own job. */
class Workers {
  /** Trials in the order they began, with the numbers of those they were told of. */
  readonly began: { name: string; ended: number[] }[] = [];
  readonly trained: (readonly string[])[] = [];
  private readonly closing: (() => Promise<void>)[] = [];

  constructor(private readonly judge: (input: TrialInput, signal: AbortSignal, worker: number) => Promise<void>) {}

  async start(worker: number): Promise<{ freeze: () => void }> {
    const { db, feed, log, config } = ports;
    const leases = new LeaseKeeper(db, randomUUID(), feed, log);
    const stopping = new AbortController();
    const compute = { run: this.task(worker) } as unknown as Compute;
    const jobs = new Set<Promise<void>>();
    // One slot: whoever is away lets the next job in, and waits until it is free again.
    let slot = Promise.resolve();
    const take = async (): Promise<() => void> => {
      const before = slot;
      let free = (): void => undefined;
      slot = new Promise((resolve) => (free = resolve));
      await before;
      return free;
    };
    const onJob = async (id: string): Promise<void> => {
      let free = await take();
      await new Promise<void>((resolve) => {
        const away = async <W>(wait: () => Promise<W>): Promise<W> => {
          free();
          resolve();
          const result = await wait();
          free = await take();
          return result;
        };
        const place = { leases, compute: () => compute, away, stopping: stopping.signal };
        const job = runJob(ports, place, { id }).finally(() => {
          free();
          resolve();
          jobs.delete(job);
        });
        jobs.add(job);
      });
    };
    const options = { concurrency: 1, lockMs: 1000, stalledMs: 300, onError: () => undefined };
    const consumer: Consumer = await openConsumer(config, 'compute', options, onJob);
    this.closing.push(async () => {
      stopping.abort('stopping');
      await consumer.close();
      await Promise.all(jobs);
      leases.close();
    });
    return { freeze: () => leases.close() };
  }

  async close(): Promise<void> {
    await Promise.all(this.closing.map((close) => close()));
  }

  private task(worker: number) {
    return async (name: string, input: TaskInput<'train-run'> & TrialInput, _: unknown, signal: AbortSignal) => {
      signal.throwIfAborted();
      if (name === 'run-trial') {
        this.began.push({ name: nameOf(input), ended: input.ended.map(({ number }) => number) });
        await this.judge(input, signal, worker);
        return record(input.search, input.number);
      }
      const { known, stateKey, splitsKey } = input;
      this.trained.push(known.map(nameOf));
      if (known.length < SEARCHES.length * TRIALS)
        return {
          kind: 'handed-over',
          plan: { searches: SEARCHES, trials: TRIALS, batch: BATCH },
          trials: known.length > 0 ? [] : [record(0, 0)],
        };
      for (const key of [stateKey, splitsKey]) await ports.storage.write(key, Readable.from([Buffer.from('{}')]));
      return {
        kind: 'trained',
        trials: [],
        splitSizes: { train: 1, validation: 0, test: 0 },
        splitIndexes: null,
        metrics: [{ split: 'test', level: 'last', name: 'Accuracy', step: 0, value: 1 }],
        parameters: {},
        plots: { history: null, slice: null, contour: null, importance: null },
        artifacts: [],
      };
    };
  }
}

let workers: Workers;
const open = async (judge: ConstructorParameters<typeof Workers>[0], count: number) => {
  workers = new Workers(judge);
  return Promise.all(Array.from({ length: count }, (_, worker) => workers.start(worker)));
};
beforeEach(() => ports.db.query('DELETE FROM job'));
afterEach(() => workers.close());

const submit = async (): Promise<{ run: number; job: string }> => {
  const run = await newRun();
  return { run, job: (await submitJob(ports, { type: 'ModelJob', kwargs: { run_id: run } })).id };
};
const ended = async (job: string): Promise<string | undefined> => (await untilTerminal(ports, job, 25_000))?.state;
const rows = async (sql: string): Promise<unknown[]> => ports.db.query(sql);
const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
const all = SEARCHES.flatMap((_, search) =>
  Array.from({ length: TRIALS }, (_each, n) => nameOf({ search, number: n })),
);

describe('trials as children', () => {
  it.each([1, 2])('run batch by batch on %i worker(s) of one slot, and are merged in their order', async (count) => {
    const delays = [40, 5, 25, 0, 10];
    await open(({ search, number }) => new Promise((go) => setTimeout(go, delays[(number + search) % 5])), count);
    const { run, job } = await submit();
    expect(await ended(job)).toBe('finished');
    expect(workers.began.map(({ name }) => name).sort()).toEqual(all.filter((name) => name !== '0.0'));
    for (const { name, ended: told } of workers.began) {
      const number = Number(name.split('.')[1]);
      expect(told).toEqual(Array.from({ length: number - (number % BATCH) }, (_, each) => each));
    }
    expect(workers.trained).toEqual([[], all]);
    const points = await ports.tracking.series(run);
    expect(points.map(({ level, step }) => [level, step])).toEqual([
      ...[0, 1, 2, 3, 4].map((step) => ['trial', step]),
      ['last', 0],
    ]);
    expect(await rows('SELECT * FROM trial')).toEqual([]);
    expect(await rows('SELECT * FROM job WHERE parent_id IS NOT NULL')).toEqual([]);
    expect(await getRun(ports, run)).toMatchObject({ status: STATUS.finished });
  });

  it('are in no list, and their progress is that of the job, which is started all the time', async () => {
    const seen = { jobs: new Set<string>(), progress: [] as (number | null)[], states: new Set<string>() };
    let job = '';
    await open(async () => {
      for (const { id } of await listJobs(ports)) seen.jobs.add(id);
      const { status, progress } = await jobStatus(ports, job);
      seen.states.add(status);
      seen.progress.push(progress);
      await new Promise((go) => setTimeout(go, 300));
    }, 1);
    ({ job } = await submit());
    expect(await ended(job)).toBe('finished');
    expect([...seen.jobs]).toEqual([job]);
    expect([...seen.states]).toEqual(['started']);
    expect(seen.progress.at(-1)).toBeGreaterThan(50);
    expect(seen.progress.at(-1)).toBeLessThan(90);
  });

  it('that a lost worker ran are run again, those alone; so is the job that waits for them', async () => {
    let froze: string | undefined;
    const started = await open(async (input, _signal, worker) => {
      // Nobody renews the first worker's leases any more; it wakes up when its trial is somebody else's.
      if (worker === 0 && froze === undefined && workers.began.length > 3) {
        froze = nameOf(input);
        started[0]!.freeze();
        const sql = `SELECT 1 FROM job WHERE parent_id IS NOT NULL AND attempt = 1 AND state = 'not_started'
          AND kwargs @> '{"search": ${input.search}, "number": ${input.number}}'`;
        await expect.poll(() => rows(sql), { timeout: 20_000 }).toHaveLength(1);
        throw new Error('too late');
      }
      await new Promise((go) => setTimeout(go, 20));
    }, 2);
    const { job } = await submit();
    const sweeping = setInterval(() => void sweepJobs(ports), 500);
    expect(await ended(job)).toBe('finished');
    clearInterval(sweeping);
    const names = workers.began.map(({ name }) => name);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([froze]);
    expect(workers.trained.at(-1)).toEqual(all);
  });

  it('are stopped at once with their job', async () => {
    let running = (): void => undefined;
    const two = new Promise<void>((resolve) => (running = resolve));
    const stopped: unknown[] = [];
    await open(async (_, signal) => {
      if (workers.began.length === 2) running();
      await untilStopped(signal).catch((reason: unknown) => {
        stopped.push(reason);
        throw reason as Error;
      });
    }, 2);
    const { job, run } = await submit();
    await two;
    await cancelJob(ports, job);
    expect(await jobStatus(ports, job)).toMatchObject({ status: 'cancelled' });
    await expect.poll(() => stopped).toEqual(['cancelled', 'cancelled']);
    await expect
      .poll(() => rows(`SELECT state FROM job WHERE parent_id IS NOT NULL AND state <> 'cancelled'`))
      .toEqual([]);
    expect(await rows('SELECT * FROM trial')).toEqual([]);
    expect(workers.began).toHaveLength(2);
    expect(await getRun(ports, run)).toMatchObject({ status: STATUS.error, run_path: null });
  });

  it('of which one cannot be run end the job with what it says, and the others with it', async () => {
    await open(async ({ number, search }, signal) => {
      if (search === 1 && number === 1) throw new AppError('out-of-memory');
      if (search === 1) await untilStopped(signal);
    }, 2);
    const { job, run } = await submit();
    expect(await untilTerminal(ports, job, 25_000)).toMatchObject({ state: 'error', error: { code: 'out-of-memory' } });
    await expect.poll(() => rows(`SELECT 1 FROM job WHERE parent_id IS NOT NULL AND state = 'started'`)).toEqual([]);
    expect(await rows('SELECT * FROM trial')).toEqual([]);
    expect(await getRun(ports, run)).toMatchObject({ status: STATUS.error });
  });
});
