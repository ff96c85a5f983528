import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Compute, QUEUES, type QueueName } from '#contract';
import { type Consumer, openConsumer } from '#queue';
import {
  type JobRef,
  LeaseKeeper,
  type Ports,
  quietly,
  runJob,
  type Slot,
  SWEEP_MS,
  syncComponents,
  sweepJobs,
  sweepTables,
  tidyJobs,
  tidyTrackedRuns,
  withPlugins,
} from '#workflow';

import { childKinds } from './compute/child-rights.js';
import { ComputeSlot } from './compute/compute-slot.js';
import { Place } from './compute/place.js';
import { pluginWalls } from './compute/plugin-walls.js';
import { SlotPool } from './compute/slot-pool.js';
import { EarlyStarts } from './early-starts.js';
import { LifeSign } from './life-sign.js';

const TIDY_MS = 60_000;
/** Reads every name in the storage, for what hardly ever happens. */
const SWEEP_TABLES_MS = 60 * 60_000;
/** Downloads wait for a network, not for a child to compute in. */
const noCompute: Compute = { run: () => Promise.reject(new Error('downloads have no compute child')) };
/** Between two tries at what must succeed sometime. */
const RETRY_MS = 1000;

/** Runs jobs: takes ids from the queues, keeps their leases, lends them compute children, and sweeps up after lost workers. */
export class JobWorker {
  private readonly stopping = new AbortController();
  private readonly leases: LeaseKeeper;
  private readonly pools: Readonly<Record<Exclude<QueueName, 'download'>, SlotPool>>;
  private readonly consumers = new Map<QueueName, Consumer>();
  private readonly early = new EarlyStarts({
    hasRoom: (queue) => this.hasRoom(queue),
    begin: (queue, job) => this.runOne(queue, job).catch(quietly(this.ports.log, 'early start')),
  });
  private deafen = (): void => undefined;
  private readonly loops: Promise<void>[] = [];
  /** Those that run, also those that are away from their slots. */
  private readonly jobs = new Set<Promise<void>>();

  constructor(private readonly ports: Ports) {
    const { config, log, db, feed } = ports;
    const walls = config.pluginsEnabled ? pluginWalls(config) : null;
    if (walls !== null) log[walls.lacking === null ? 'info' : 'warn']({ ...walls }, 'walls around plugins');
    const kinds = childKinds(config, walls);
    const slots = (count: number): SlotPool =>
      new SlotPool(Array.from({ length: count }, () => new ComputeSlot(log, config.dataDir, kinds)));
    this.leases = new LeaseKeeper(db, randomUUID(), feed, log);
    this.pools = { io: slots(config.ioSlots), compute: slots(config.computeSlots) };
  }

  async start(): Promise<void> {
    const { config, feed, log } = this.ports;
    const sign = new LifeSign(config.workerSign);
    const concurrency: Record<QueueName, number> = { io: config.ioSlots, compute: config.computeSlots, download: 1 };
    for (const name of QUEUES) {
      const options = { concurrency: concurrency[name], onError: quietly(log, 'queue connection') };
      const onJob = (id: string): Promise<void> => this.early.endOf(id) ?? this.runOne(name, { id });
      this.consumers.set(name, await openConsumer(config, name, options, onJob));
    }
    this.deafen = feed.subscribe(({ jobs }) => this.early.hear(jobs));
    this.loops.push(
      this.untilDone('describe components', () => this.describe()),
      this.every(SWEEP_MS, 'sweep', async (round) => {
        await sweepJobs(this.ports, { everything: round === 0 });
        await sign.give();
      }),
      this.every(TIDY_MS, 'tidy', () => tidyJobs(this.ports)),
      this.every(TIDY_MS, 'upkeep of tracked runs', () => tidyTrackedRuns(this.ports, this.stopping.signal)),
      this.every(SWEEP_TABLES_MS, 'sweep of tables', async () => {
        await sweepTables(this.ports);
      }),
    );
    log.info({ workerId: this.leases.workerId, ...concurrency, threads: config.threads }, 'worker ready');
  }

  /** Takes nothing more, gives running jobs back to waiting and ends the children. */
  async stop(): Promise<void> {
    this.deafen();
    const consumers = [...this.consumers.values()];
    await Promise.all(consumers.map((consumer) => consumer.pause()));
    this.stopping.abort('stopping');
    await Promise.all(consumers.map((consumer) => consumer.close()));
    await Promise.all(this.jobs);
    this.leases.close();
    await Promise.all(Object.values(this.pools).map((pool) => pool.close()));
    await Promise.all(this.loops);
  }

  private hasRoom(queue: QueueName): boolean {
    return queue !== 'download' && this.pools[queue].hasFree && this.consumers.get(queue)?.idle === true;
  }

  private async runOne(queue: QueueName, ref: JobRef): Promise<void> {
    const { ports, leases } = this;
    const stopping = this.stopping.signal;
    const common = { leases, stopping };
    if (queue === 'download') {
      await runJob(ports, { ...common, compute: () => noCompute, away: (wait) => wait() }, ref);
      return;
    }
    const place = new Place(this.pools[queue]);
    await place.take();
    const compute = (fields: object): Compute => withPlugins(ports, (plugins) => place.compute(fields, plugins));
    const away: Slot['away'] = (wait, signal) => place.away(wait, signal);
    // The queue is told as soon as the slot is free: a job that is away must not keep others from running.
    await new Promise<void>((resolve, reject) => {
      place.onLeave = resolve;
      const job = runJob(ports, { ...common, compute, away }, ref)
        .catch(reject)
        .finally(() => {
          place.leave();
          this.jobs.delete(job);
        });
      this.jobs.add(job);
    });
  }

  private describe(): Promise<void> {
    return this.pools.compute.use((compute) => syncComponents(this.ports, compute({}), this.stopping.signal));
  }

  private async every(ms: number, what: string, work: (round: number) => Promise<void>): Promise<void> {
    const complain = this.complaint(what);
    for (let round = 0; !this.stopping.signal.aborted; round++) {
      await this.attempt(() => work(round), complain);
      await this.rest(ms);
    }
  }

  private async untilDone(what: string, work: () => Promise<void>): Promise<void> {
    const complain = this.complaint(what);
    while (!this.stopping.signal.aborted && !(await this.attempt(work, complain))) await this.rest(RETRY_MS);
  }

  private async attempt(work: () => Promise<void>, complain: (error: Error) => void): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!this.stopping.signal.aborted) complain(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }

  private complaint(what: string): (error: Error) => void {
    return quietly(this.ports.log, `${what} failed, will be tried again`);
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
