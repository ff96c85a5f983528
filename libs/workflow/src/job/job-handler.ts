import type { EntityManager } from 'typeorm';

import type { Logger } from '#config';
import type { Compute, EntitiesOf, EntityType, JobType, KwargsOf } from '#contract';

import type { Ports } from '../ports.js';

/** A job as its handler sees it. `attempt` counts its starts, this one included (0 while it waits). */
export interface Job<T extends JobType = JobType> {
  readonly id: string;
  readonly type: T;
  readonly name: string;
  readonly kwargs: KwargsOf<T>;
  readonly attempt: number;
  readonly entityType: EntityType | null;
  readonly entityId: number | null;
  readonly requestId: string | null;
}

/** The row a job works on; its table is named as the type. */
export interface EntityRef<E extends EntityType = EntityType> {
  readonly type: E;
  readonly id: number;
}

/** The ends that leave no results. */
export type Failure = 'error' | 'cancelled' | 'killed';

/** Thrown by a handler that waits for a job it did not start: it gives its slot away and goes back to waiting, the attempt uncounted. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/** What a running handler is given. */
export interface JobContext<T extends JobType> {
  readonly ports: Ports;
  readonly job: Job<T>;
  readonly kwargs: KwargsOf<T>;
  /** Its child process; pass `signal` to `run`. */
  readonly compute: Compute;
  /** Says job and request on every line. */
  readonly log: Logger;
  /** Aborted when the job was cancelled, another worker took it over or this worker stops. */
  readonly signal: AbortSignal;
  /** `fraction` in 0–1 or null while the end is unknown; `message` a key of the progress texts. Written at most 4 times a second. */
  readonly progress: (fraction: number | null, message: string) => void;
  /**
   * A transaction for what is shown while the job runs, such as live metrics; refused (throws) when another attempt owns the job.
   */
  readonly fenced: (write: (tx: EntityManager) => Promise<void>) => Promise<void>;
  /**
   * Gives the slot away while it waits for jobs that may need it, and takes one again. The job stays started, its lease is kept; what
   * was computing must have ended.
   */
  readonly away: <W>(wait: () => Promise<W>) => Promise<W>;
  /**
   * The one transaction that makes results visible: job row FINISHED, entity row FINISHED with its end time, then `write`, all
   * or nothing. Refused (throws) when another attempt owns the job by now. Call it once, last; `write` may be repeated after
   * a lost connection, so it only writes to `tx`. `result` is the answer of a job somebody waits for.
   */
  readonly commit: (write?: (tx: EntityManager) => Promise<void>, result?: unknown) => Promise<void>;
}

/**
 * One type of job. `entity`, `deliver` run where the job is submitted, everything else in the worker (`settle` wherever the end
 * is decided). The framework moves states: DELIVERED, STARTED, FINISHED or ERROR with their times, and `huey_id`.
 */
export interface JobHandler<T extends JobType> {
  readonly type: T;
  /** The row the job works on; null for jobs without one. It is locked, and checked to exist, before `deliver`. */
  readonly entity: (kwargs: KwargsOf<T>) => EntityRef<EntitiesOf<T>> | null;
  /**
   * Checks that the job can be done and prepares the rows, in the transaction that inserts the job.
   * @returns what a person reads in the job list, for example `Train: Forest 1`.
   * @throws AppError, and then nothing happened.
   */
  readonly deliver: (tx: EntityManager, kwargs: KwargsOf<T>) => Promise<string>;
  /**
   * True when `deliver` neither writes nor locks: it is then asked before that transaction. What it saw may change until the job
   * begins in any case, and `run` looks again.
   */
  readonly onlyReads?: true;
  /**
   * SQL of one row with `deliver`'s answer as `name` for the row `$9`, and of none when `deliver` would refuse; it need not see all
   * that `deliver` accepts. Check, name and insertion are then one statement.
   */
  readonly named?: string;
  /**
   * Storage keys (blobs or folders) that the attempt `job.attempt` writes; must name job and attempt (`attemptToken`,
   * `runAttemptKey`). The framework removes those of attempts that failed or lost.
   */
  readonly outputs?: (job: Job<T>) => readonly string[];
  /** Does the work and ends with `context.commit`. May run again after a lost worker, from the row alone. */
  readonly run: (context: JobContext<T>) => Promise<void>;
  /**
   * What else must be undone when the job ends without results; in the transaction that ends it, after the entity became ERROR.
   * Of a job that never began nothing may be left but what {@link deliver} prepared.
   */
  readonly settle?: (tx: EntityManager, job: Job<T>, failure: Failure) => Promise<void>;
  /** True when `settle` has nothing to undo of a job that never began: it is then cancelled by one statement. */
  readonly settlesBegun?: true;
}

/** A handler for every type of job. */
export type JobHandlers = { readonly [T in JobType]: JobHandler<T> };
