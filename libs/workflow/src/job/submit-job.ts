import { randomUUID } from 'node:crypto';

import type { DataSource, EntityManager } from 'typeorm';

import {
  AppError,
  findUnstorable,
  INTERNAL_JOB_TYPES,
  JOB_TYPES,
  jobDefinitions,
  type JobType,
  type KwargsOf,
  refusalText,
} from '#contract';

import type { Ports } from '../ports.js';
import { insertJob, insertJobOfFreeRow, insertNamedJob, type NewJob } from './insert-job.js';
import type { EntityRef } from './job-handler.js';
import { handlerOf, lockEntity } from './job-rows.js';

/** A job as it is asked for; `kwargs` are checked against the type. */
export interface Submission {
  readonly type: string;
  readonly kwargs: unknown;
  /** A UUID chosen before, when files were stored under it; otherwise a new one. */
  readonly id?: string;
  readonly requestId?: string | null;
  /** False keeps the job out of every list. */
  readonly listed?: boolean;
}

/**
 * Writes the job and the DELIVERED row it works on in one transaction, and a moment later tells the queue. When the row already has a
 * job that waits or runs, that one's id is answered and nothing happens.
 * @throws AppError `job-type-unknown`, `job-kwargs-invalid`, `text-unstorable`, the not-found codes of the row, what the type's own checks say.
 */
export async function submitJob(ports: Ports, submission: Submission): Promise<{ id: string }> {
  const type = knownType(submission.type);
  const kwargs = checkedKwargs(type, submission.kwargs);
  const id = submission.id ?? randomUUID();
  const { queue, priority, attempts } = jobDefinitions[type];
  const handler = handlerOf(ports.handlers, type);
  const entity = handler.entity(kwargs);
  const job = {
    id,
    type,
    queue,
    priority,
    kwargs,
    attempts,
    entity,
    listed: submission.listed ?? true,
    requestId: submission.requestId ?? null,
    parentId: null,
  };
  const named = async (tx: EntityManager): Promise<NewJob> => ({ ...job, name: await handler.deliver(tx, kwargs) });
  const inserted =
    entity !== null && handler.named !== undefined
      ? await insertNamedJob(ports, { ...job, entity }, handler.named)
      : handler.onlyReads === true && (await insertJobOfFreeRow(ports, await named(ports.db.manager)));
  const live = inserted ? null : await insertLocked(ports.db, entity, named);
  if (live !== null) return { id: live };
  setTimeout(() => void tellQueue(ports, { id, queue, priority }), TELL_QUEUE_MS).unref();
  return { id };
}

/** A free slot begins the job on its row's own word (ADR 0015); the queue's work meanwhile would take the processor from it. */
const TELL_QUEUE_MS = 20;

/** Nobody waits for the queue: the row is the truth, and what the queue did not take the sweeper adds. */
async function tellQueue({ queue, log }: Ports, job: Parameters<Ports['queue']['add']>[0]): Promise<void> {
  try {
    await queue.add(job);
  } catch (error) {
    log.warn({ jobId: job.id, error: String(error) }, 'the queue did not take the job yet');
  }
}

/** Answers the id of the job that waits or runs already, when there is one; then nothing was inserted. */
async function insertLocked(
  db: DataSource,
  entity: EntityRef | null,
  named: (tx: EntityManager) => Promise<NewJob>,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    if (entity !== null) {
      const former = await lockEntity(tx, entity);
      // Asked under the lock: one statement for both would not see the job of a twin that held it a moment ago.
      const alive = `SELECT id FROM job WHERE id = $1 AND state IN ('not_started', 'started')`;
      const [found] = former === null ? [] : await tx.query<{ id: string }[]>(alive, [former]);
      if (found !== undefined) return found.id;
    }
    await insertJob(tx, await named(tx));
    return null;
  });
}

/** Names the types that anybody may ask for. */
export function jobTypeUnknown(type: string): AppError {
  const internal: readonly string[] = INTERNAL_JOB_TYPES;
  const known = JOB_TYPES.filter((name) => !internal.includes(name)).join(', ');
  return new AppError('job-type-unknown', { type, known });
}

function knownType(type: string): JobType {
  const known = JOB_TYPES.find((name) => name === type);
  if (known === undefined) throw jobTypeUnknown(type);
  return known;
}

/** What nests deeper overflows the stack of whoever writes it as JSON. */
const MAX_DEPTH = 100;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function checkedKwargs(type: JobType, given: unknown): KwargsOf<JobType> {
  if (isDeeper(given, MAX_DEPTH)) throw new AppError('job-kwargs-invalid', { reason: `JSON > ${MAX_DEPTH} levels` });
  const found = findUnstorable(given, 'kwargs');
  if (found !== undefined) throw new AppError('text-unstorable', { ...found });
  const parsed = jobDefinitions[type].kwargs.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new AppError('job-kwargs-invalid', { reason: refusalText(jobDefinitions[type].kwargs, given) });
}
