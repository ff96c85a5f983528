import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Compute, QUEUES, type QueueName } from '#contract';
import { type Consumer, openConsumer } from '#queue';
import {
  installedPlugins,
  LeaseKeeper,
  namingRemovedPlugins,
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
} from '#workflow';

import { childEnvironmentOf, childRights } from './compute/child-rights.js';
import { ComputeSlot } from './compute/compute-slot.js';
import { Place } from './compute/place.js';
import { SlotPool } from './compute/slot-pool.js';

const TIDY_MS = 60_000;
/** Reads every name in the storage, for what hardly ever happens. */
const SWEEP_TABLES_MS = 60 * 60_000;
/** Downloads wait for a network, not for a child to compute in. */
const noCompute: Compute = { run: () => Promise.reject(new Error('downloads have no compute child')) };
/** Between two tries at what must succeed sometime. */
const RETRY_MS = 1000;

/** Runs jobs: takes ids from the queues, keeps their leases, lends them compute children, and sweeps up after lost workers. */
export class JobWorker {
  private readonly id = randomUUID();
  private readonly stopping = new AbortController();
  private readonly leases: LeaseKeeper;
  private readonly pools: Readonly<Record<Exclude<QueueName, 'download'>, SlotPool>>;
  private readonly consumers: Consumer[] = [];
  private readonly loops: Promise<void>[] = [];
  /** Those that run, also those that are away from their slots. */
  private readonly jobs = new Set<Promise<void>>();

  constructor(private readonly ports: Ports) {
    const { config, log, db, feed } = ports;
    const slots = (count: number): SlotPool =>
      new SlotPool(
        Array.from(
          { length: count },
          () => new ComputeSlot(log, config.dataDir, childEnvironmentOf(config), childRights(config)),
        ),
      );
    this.leases = new LeaseKeeper(db, this.id, feed, log);
    this.pools = { io: slots(config.ioSlots), compute: slots(config.computeSlots) };
  }

  async start(): Promise<void> {
    const { config, log } = this.ports;
    const concurrency: Record<QueueName, number> = { io: config.ioSlots, compute: config.computeSlots, download: 1 };
    for (const name of QUEUES) {
      const options = { concurrency: concurrency[name], onError: quietly(log, 'queue connection') };
      this.consumers.push(await openConsumer(config, name, options, (id) => this.runOne(name, id)));
    }
    this.loops.push(
      this.untilDone('describe components', () => this.describe()),
      this.every(SWEEP_MS, 'sweep', (round) => sweepJobs(this.ports, { everything: round === 0 })),
      this.every(TIDY_MS, 'tidy', () => tidyJobs(this.ports)),
      this.every(TIDY_MS, 'upkeep of tracked runs', () => tidyTrackedRuns(this.ports, this.stopping.signal)),
      this.every(SWEEP_TABLES_MS, 'sweep of tables', async () => {
        await sweepTables(this.ports);
      }),
    );
    log.info({ workerId: this.id, ...concurrency, threads: config.threads }, 'worker ready');
  }

  /** Takes nothing more, gives running jobs back to waiting and ends the children. */
  async stop(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.pause()));
    this.stopping.abort('stopping');
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    await Promise.all(this.jobs);
    this.leases.close();
    await Promise.all(Object.values(this.pools).map((pool) => pool.close()));
    await Promise.all(this.loops);
  }

  private async runOne(queue: QueueName, id: string): Promise<void> {
    const { ports, leases, id: workerId } = this;
    const stopping = this.stopping.signal;
    const plugins = await installedPlugins(ports);
    const common = { workerId, leases, stopping };
    if (queue === 'download') {
      await runJob(ports, { ...common, compute: () => noCompute, away: (wait) => wait() }, id);
      return;
    }
    const place = new Place(this.pools[queue]);
    await place.take();
    const compute = (fields: object): Compute => namingRemovedPlugins(ports.db, place.compute(fields, plugins));
    const away: Slot['away'] = (wait, signal) => place.away(wait, signal);
    // The queue is told as soon as the slot is free: a job that is away must not keep others from running.
    await new Promise<void>((resolve, reject) => {
      place.onLeave = resolve;
      const job = runJob(ports, { ...common, compute, away }, id)
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
