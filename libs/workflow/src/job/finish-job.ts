import type { DataSource, EntityManager } from 'typeorm';

import { STATUS, type StoredError } from '#contract';
import { uploadKey } from '#storage';

import type { Ports } from '../ports.js';
import type { Failure, Job } from './job-handler.js';
import { handlerOf, moveEntity } from './job-rows.js';

/** The job belongs to another attempt by now, was cancelled, or its row is gone: nothing may be written in its name. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Ends a job with its results, all in one transaction. Saying it again after a lost connection is safe.
 * @throws LeaseLost when the attempt no longer owns the job, or nobody could ever see its results.
 */
export async function finishJob(
  db: DataSource,
  job: Job,
  write: (tx: EntityManager) => Promise<void>,
  result: unknown,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [, count] = await tx.query<[unknown[], number]>(
      `UPDATE job SET state = 'finished', progress = 100, progress_message = NULL, lease_until = NULL, result = $3
       WHERE id = $1 AND attempt = $2 AND state = 'started' AND NOT cancel_requested`,
      [job.id, job.attempt, result === undefined ? null : JSON.stringify(result)],
    );
    if (count === 0) {
      // An earlier try may have been committed although the connection broke before it was told.
      const done = `SELECT 1 FROM job WHERE id = $1 AND attempt = $2 AND state = 'finished'`;
      if ((await tx.query<unknown[]>(done, [job.id, job.attempt])).length > 0) return;
      throw new LeaseLost();
    }
    if (!(await moveEntity(tx, job, STATUS.finished))) throw new LeaseLost();
    await write(tx);
  });
}

/** Writes in the name of a running attempt. @throws LeaseLost when it no longer owns the job. */
export async function writeFenced(
  db: DataSource,
  job: Job,
  write: (tx: EntityManager) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const own = `SELECT 1 FROM job WHERE id = $1 AND attempt = $2 AND state = 'started' FOR SHARE`;
    if ((await tx.query<unknown[]>(own, [job.id, job.attempt])).length === 0) throw new LeaseLost();
    await write(tx);
  });
}

/** Which jobs an ending may touch; `expired` guards against a worker that spoke up in the meantime. */
export interface EndGuard {
  readonly state: 'not_started' | 'started';
  readonly expired?: boolean;
}

/**
 * Ends a job without results: row, entity and the handler's own undoing change in one transaction, then what its attempts wrote is
 * removed. Files go last, for the guard may refuse and a finished job's files are in use; what a crash leaves between the two is
 * tidied later. False when the job was no longer as the guard says.
 */
export async function failJob(
  ports: Ports,
  job: Job,
  { failure, error, guard }: { failure: Failure; error: StoredError | null; guard: EndGuard },
): Promise<boolean> {
  const ended = await ports.db.transaction(async (tx) => {
    const [, count] = await tx.query<[unknown[], number]>(
      `UPDATE job SET state = $3, error = $4, lease_until = NULL, progress_message = NULL
       WHERE id = $1 AND attempt = $2 AND state = $5 AND (NOT $6 OR lease_until < now())`,
      [
        job.id,
        job.attempt,
        failure,
        error === null ? null : JSON.stringify(error),
        guard.state,
        guard.expired ?? false,
      ],
    );
    if (count === 0) return false;
    await moveEntity(tx, job, STATUS.error);
    const { settle, settlesBegun } = handlerOf(ports.handlers, job.type);
    if (settlesBegun !== true || job.attempt > 0) await settle?.(tx, job, failure);
    return true;
  });
  if (ended) {
    await removeOutputs(ports, job, job.attempt);
    await removeUpload(ports, job);
  }
  return ended;
}

/**
 * Puts a started job back to waiting. `counted` false gives the attempt back by allowing one more: a worker that stops in
 * good order is not the job's fault. False when a cancellation waits, the attempts are spent, or the job is not ours.
 */
export async function releaseJob(
  db: DataSource,
  job: Job,
  { counted, expired = false }: { counted: boolean; expired?: boolean },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [, count] = await tx.query<[unknown[], number]>(
      `UPDATE job SET state = 'not_started', worker_id = NULL, lease_until = NULL, progress = NULL, progress_message = NULL,
         max_attempts = max_attempts + $3
       WHERE id = $1 AND attempt = $2 AND state = 'started' AND NOT cancel_requested AND (NOT $4 OR lease_until < now())
         AND attempt < max_attempts + $3`,
      [job.id, job.attempt, counted ? 0 : 1, expired],
    );
    if (count === 0) return false;
    await moveEntity(tx, job, STATUS.delivered);
    return true;
  });
}

/** Removes what the attempts up to and including `last` wrote; what cannot be removed now is tried again by the next sweep. */
export async function removeOutputs({ storage, handlers, log }: Ports, job: Job, last: number): Promise<void> {
  const handler = handlerOf(handlers, job.type);
  for (let attempt = 1; attempt <= last; attempt++) {
    for (const key of handler.outputs?.({ ...job, attempt }) ?? []) {
      await storage.remove(key).catch((error: unknown) => {
        log.warn({ jobId: job.id, key, error: String(error) }, 'left-over output not removed');
      });
    }
  }
}

/** The uploaded file has served once its job ended. */
export async function removeUpload({ storage, log }: Ports, job: Pick<Job, 'id'>): Promise<void> {
  await storage.remove(uploadKey(job.id)).catch((error: unknown) => {
    log.warn({ jobId: job.id, error: String(error) }, 'upload not removed');
  });
}
