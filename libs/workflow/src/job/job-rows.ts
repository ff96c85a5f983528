import type { EntityManager } from 'typeorm';

import { AppError, ENTITY_TYPES, type EntityType, type ErrorCode, type JobType, STATUS, type Status } from '#contract';
import type { JobEntity } from '#persistence';

import type { EntityRef, Job, JobHandler, JobHandlers } from './job-handler.js';

/** A job row as handlers see it. */
export function toJob(row: JobEntity): Job {
  const { id, type, name, attempt, entity_type: entityType, entity_id: entityId, request_id: requestId } = row;
  return { id, type, name, kwargs: row.kwargs as Job['kwargs'], attempt, entityType, entityId, requestId };
}

/** The handler of a type, for callers that know the type only at run time. */
export function handlerOf(handlers: JobHandlers, type: JobType): JobHandler<JobType> {
  return handlers[type] as unknown as JobHandler<JobType>;
}

const missing: Readonly<Record<EntityType, ErrorCode>> = {
  dataset: 'dataset-not-found',
  run: 'run-not-found',
  prediction: 'prediction-not-found',
  explorer: 'explorer-not-found',
  converter: 'converter-not-found',
  global_explainer: 'explainer-not-found',
  local_explainer: 'explainer-not-found',
  report: 'report-not-found',
  generative_process: 'generative-process-not-found',
};

/**
 * Locks the row a job works on; answers the job that last did. The lock is written to the log, so this transaction's commit takes to
 * the disk what it has seen: also a job whose submitter has no answer yet. @throws AppError when there is no such row.
 */
export async function lockEntity(tx: EntityManager, { type, id }: EntityRef): Promise<string | null> {
  const [row] = await tx.query<{ huey_id: string | null }[]>(
    `SELECT huey_id FROM ${entityTable(type)} WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (row === undefined) throw new AppError(missing[type], { id });
  return row.huey_id;
}

/** What each status writes beside itself. */
const times: Readonly<Record<Status, string>> = {
  [STATUS.notStarted]: 'start_time = NULL, end_time = NULL',
  [STATUS.delivered]: 'start_time = NULL, end_time = NULL',
  [STATUS.started]: 'start_time = now(), end_time = NULL',
  [STATUS.finished]: 'end_time = now()',
  [STATUS.error]: 'end_time = now()',
};

/** SQL of what DELIVERED writes beside the job's id. */
export const deliveredNow = `status = ${STATUS.delivered}, delivery_time = now(), ${times[STATUS.delivered]}, last_modified = now()`;

/** Moves the row of a job to a status with its time; false when it is gone or another job took it over by now. */
export async function moveEntity(tx: EntityManager, job: Job, status: Status): Promise<boolean> {
  if (job.entityType === null) return true;
  const [, count] = await tx.query<[unknown[], number]>(
    `UPDATE ${entityTable(job.entityType)} SET status = $2, ${times[status]}, last_modified = now() WHERE id = $1 AND huey_id = $3`,
    [job.entityId, status, job.id],
  );
  return count > 0;
}

/**
 * SQL that goes on a `WITH` and moves the row of the job in `moved_job`, if it is one of these types, to a status with its time. The
 * database opens every table that is named, whether or not it finds something there.
 */
export function moveEntities(status: Status, types: readonly EntityType[] = ENTITY_TYPES): string {
  return types
    .map(
      (
        type,
      ) => `, moved_${type} AS (UPDATE ${entityTable(type)} entity SET status = ${status}, ${times[status]}, last_modified = now()
      FROM moved_job WHERE moved_job.entity_type = '${type}' AND entity.id = moved_job.entity_id AND entity.huey_id = moved_job.id)`,
    )
    .join('');
}

/** Rows that wait or run by their status while no job does become ERROR: what is left when a job's row was lost. */
export async function endOrphans(tx: EntityManager): Promise<void> {
  for (const type of ENTITY_TYPES) {
    await tx.query(
      `UPDATE ${entityTable(type)} t SET status = $1, ${times[STATUS.error]}, last_modified = now() WHERE status IN ($2, $3) AND NOT EXISTS
       (SELECT 1 FROM job WHERE job.id = t.huey_id AND job.state IN ('not_started', 'started'))`,
      [STATUS.error, STATUS.delivered, STATUS.started],
    );
  }
}

/** Tables are named as the types, which come from our own tuple; a row of the database cannot bring another. */
export function entityTable(type: EntityType): string {
  if (!ENTITY_TYPES.includes(type)) throw new RangeError(`no entity ${type as string}`);
  return `"${type}"`;
}
