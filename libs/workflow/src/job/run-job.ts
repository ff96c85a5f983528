import type { EntityManager } from 'typeorm';

import type { Logger } from '#config';
import { AppError, type Compute, type JobType, toStoredError } from '#contract';

import type { Ports } from '../ports.js';
import { isBrokenInfrastructure, lastingError, persist } from './broken-infrastructure.js';
import { claimJob } from './claim-job.js';
import { failJob, finishJob, LeaseLost, releaseJob, removeOutputs, removeUpload, writeFenced } from './finish-job.js';
import { type Failure, type Job, type JobContext, NotYet } from './job-handler.js';
import { handlerOf } from './job-rows.js';
import type { LeaseKeeper } from './lease-keeper.js';
import { type ProgressWriter, progressWriter } from './progress-writer.js';

/** A job that is to run, with its type where that is known. */
export interface JobRef {
  readonly id: string;
  readonly type?: JobType | undefined;
}

/** One place where a job can run. */
export interface Slot {
  /** Of the worker it belongs to. */
  readonly leases: LeaseKeeper;
  /** A child process to work in; `fields` go on its log lines. */
  readonly compute: (fields: object) => Compute;
  /** Gives the place to others while `wait` runs; rejects when the signal ends the wait for a place afterwards. */
  readonly away: <W>(wait: () => Promise<W>, signal: AbortSignal) => Promise<W>;
  /** Aborted when the worker stops in good order: its jobs go back to waiting. */
  readonly stopping: AbortSignal;
}

/** Why a running job is told to stop; the signal's reason. */
type StopReason = 'lost' | 'cancelled' | 'stopping';

/**
 * Runs one job from claim to end. Whatever goes wrong ends in its row, never in a rejection, as long as the database answers.
 * Nothing happens when the job needs no run or runs elsewhere.
 */
export async function runJob(ports: Ports, slot: Slot, { id, type }: JobRef): Promise<void> {
  const job = await claimJob(ports, id, slot.leases.workerId, type);
  if (job === null) return;
  const log = ports.log.child({ jobId: id, requestId: job.requestId, jobType: job.type, attempt: job.attempt });
  log.info({ name: job.name }, 'job started');
  const abort = new AbortController();
  const stop = (reason: StopReason): void => abort.abort(reason);
  const onStopping = (): void => stop('stopping');
  slot.stopping.addEventListener('abort', onStopping);
  if (slot.stopping.aborted) onStopping();
  const drop = slot.leases.hold(id, {
    attempt: job.attempt,
    lost: () => stop('lost'),
    cancelled: () => stop('cancelled'),
  });
  const progress = progressWriter(ports.db, job);
  try {
    await work(ports, job, { slot, log, signal: abort.signal, progress });
    log.info({}, 'job finished');
  } catch (error) {
    progress.stop();
    await settle(ports, job, { error, reason: reasonOf(abort.signal), log, stopping: slot.stopping });
  } finally {
    progress.stop();
    drop();
    slot.stopping.removeEventListener('abort', onStopping);
  }
}

const reasonOf = (signal: AbortSignal): StopReason | null => (signal.aborted ? (signal.reason as StopReason) : null);

interface Work {
  readonly slot: Slot;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly progress: ProgressWriter;
}

async function work(ports: Ports, job: Job, { slot, log, signal, progress }: Work): Promise<void> {
  const state = { committed: false };
  const nothing = (): Promise<void> => Promise.resolve();
  const commit = async (write: (tx: EntityManager) => Promise<void> = nothing, result?: unknown): Promise<void> => {
    progress.stop();
    // What was computed is worth waiting for: the database may be away for a while.
    await persist(async () => {
      if (signal.aborted) throw new LeaseLost();
      await finishJob(ports.db, job, write, result);
    }, signal);
    state.committed = true;
  };
  const context: JobContext<Job['type']> = {
    ports,
    job,
    kwargs: job.kwargs,
    compute: slot.compute({ jobId: job.id, requestId: job.requestId, attempt: job.attempt }),
    log,
    signal,
    progress: (fraction, message) => progress.report(fraction, message),
    fenced: (write) => writeFenced(ports.db, job, write),
    away: (wait) => slot.away(wait, signal),
    commit,
  };
  if (job.attempt > 1) await removeOutputs(ports, job, job.attempt - 1);
  try {
    await handlerOf(ports.handlers, job.type).run(context);
  } catch (error) {
    // After the commit only tidying can fail; the results stand.
    if (!state.committed) throw error;
    log.warn({ error: String(error) }, 'tidying after the job failed');
  }
  if (!state.committed) await commit();
  await removeUpload(ports, job);
}

interface Trouble {
  readonly error: unknown;
  readonly reason: StopReason | null;
  readonly log: Logger;
  readonly stopping: AbortSignal;
}

async function settle(ports: Ports, job: Job, { error, reason, log, stopping }: Trouble): Promise<void> {
  const end = (failure: Failure, stored: unknown): Promise<boolean> =>
    persist(
      () => failJob(ports, job, { failure, error: toStoredError(stored), guard: { state: 'started' } }),
      stopping,
    );
  const cancel = async (): Promise<void> => {
    if (await end('cancelled', new AppError('cancelled'))) log.info({}, 'job cancelled');
  };
  const release = (counted: boolean): Promise<boolean> =>
    persist(() => releaseJob(ports.db, job, { counted }), stopping);
  try {
    if (reason === 'cancelled') {
      await cancel();
      return;
    }
    if (reason === 'stopping' || error instanceof NotYet) {
      log.info({ reason: reason ?? 'not yet' }, 'job goes back to waiting');
      if (!(await release(false))) await cancel();
      return;
    }
    if (reason === 'lost' || error instanceof LeaseLost) {
      log.warn({}, 'lease lost, this attempt leaves nothing');
      await removeAttempt(ports, job);
      // Refused like this, the job may also be ours still, waiting to be told that it was cancelled.
      await cancel();
      return;
    }
    if (!isBrokenInfrastructure(error)) {
      const stored = toStoredError(error);
      const detail = error instanceof AppError ? {} : { error: error instanceof Error ? error.stack : String(error) };
      log[stored.code === 'internal' ? 'error' : 'info'](
        { code: stored.code, values: stored.values, ...detail },
        'job failed',
      );
      await end('error', error);
      return;
    }
    log.warn({ error: String(error) }, 'job interrupted');
    if (await release(true)) return;
    const lasting = lastingError(error, job.attempt);
    if (await isCancelled(ports, job)) await cancel();
    else await end(lasting.code === 'attempts-spent' ? 'killed' : 'error', lasting);
  } catch (again) {
    log.error({ error: String(again) }, 'the end of the job could not be written; the sweeper ends it');
  }
}

async function isCancelled({ db }: Ports, job: Job): Promise<boolean> {
  return (await db.query<unknown[]>('SELECT 1 FROM job WHERE id = $1 AND cancel_requested', [job.id])).length > 0;
}

/** Of an attempt that lost only its own outputs go: the newer attempt's are in use. */
async function removeAttempt({ storage, handlers, db }: Ports, job: Job): Promise<void> {
  const finished = `SELECT 1 FROM job WHERE id = $1 AND attempt = $2 AND state = 'finished'`;
  if ((await db.query<unknown[]>(finished, [job.id, job.attempt])).length > 0) return;
  for (const key of handlerOf(handlers, job.type).outputs?.(job) ?? []) await storage.remove(key);
}
