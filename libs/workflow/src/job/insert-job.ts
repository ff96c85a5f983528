import type { QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';

import type { EntityType } from '#contract';
import { queryPrepared } from '#persistence';

import type { Ports } from '../ports.js';
import { runHurried, type Written } from './hurried-statements.js';
import type { EntityRef } from './job-handler.js';
import { deliveredNow, entityTable } from './job-rows.js';

/** A job's row before it is there. */
export interface NewJob {
  readonly id: string;
  readonly type: string;
  readonly queue: string;
  readonly priority: number;
  readonly kwargs: unknown;
  readonly name: string;
  readonly attempts: number;
  readonly entity: EntityRef | null;
  readonly listed: boolean;
  readonly requestId: string | null;
  /** The job whose child it is. */
  readonly parentId: string | null;
}

const insert = (
  name: string,
): string => `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, entity_type, entity_id,
  listed, request_id, parent_id, enqueued_at, last_update)
  SELECT $1::uuid, $2, $3, $4, $5, ${name}, $7, $8, $9::int, $10, $11, $12, clock_timestamp(), clock_timestamp()`;
const INSERT = insert('$6');

const valuesOf = (job: Omit<NewJob, 'name'> & { readonly name: string | null }): unknown[] => [
  job.id,
  job.type,
  job.queue,
  job.priority,
  JSON.stringify(job.kwargs),
  job.name,
  job.attempts,
  job.entity?.type ?? null,
  job.entity?.id ?? null,
  job.listed,
  job.requestId,
  job.parentId,
];

/** The update waits for a twin's and then looks again at the row, whose new job it cannot see. */
const FREE = `entity.id = $9::int AND (huey_id IS NULL OR EXISTS
  (SELECT FROM job WHERE job.id = entity.huey_id AND state NOT IN ('not_started', 'started')))`;

const deliver = (type: EntityType, from: string): string =>
  `delivered AS (UPDATE ${entityTable(type)} entity SET huey_id = $1::uuid, ${deliveredNow} ${from})`;

/** Inserts the job and makes the row it works on, which is locked, DELIVERED by it. */
export async function insertJob(tx: EntityManager, job: NewJob): Promise<void> {
  const delivered = job.entity === null ? '' : `WITH ${deliver(job.entity.type, 'WHERE id = $9::int')} `;
  await tx.query(`${delivered}${INSERT}`, valuesOf(job));
}

/** Inserts a job that works on no row of its own, unless it is there already. */
export async function insertJobOnce(tx: EntityManager, job: NewJob & { readonly entity: null }): Promise<void> {
  await tx.query(`${INSERT} ON CONFLICT (id) DO NOTHING`, valuesOf(job));
}

const inserted = ({ id }: QueryResultRow): Written => ({ where: 'id = $1', values: [id] });

/**
 * `insertJob` with lock and check in one statement and without a transaction around it, for a person waits. False, and nothing
 * is written, when there is no such row or its last job is not seen to have ended: it may live, may be gone from the list, or
 * be that of a twin which held the lock a moment ago.
 */
export async function insertJobOfFreeRow(ports: Pick<Ports, 'db' | 'feed'>, job: NewJob): Promise<boolean> {
  const { entity } = job;
  if (entity === null) {
    const statement = { name: 'insert-job', text: `${INSERT} RETURNING id` };
    return (await queryPrepared(ports.db, statement, valuesOf(job))).length > 0;
  }
  const statement = {
    name: `insert-job-of-${entity.type}`,
    text: `WITH ${deliver(entity.type, `WHERE ${FREE} RETURNING entity.id`)} ${INSERT} FROM delivered RETURNING id`,
  };
  return (await runHurried(ports, statement, valuesOf(job), inserted)).length > 0;
}

/** `insertJobOfFreeRow` with the handler's own question ({@link JobHandler.named}) in the same statement, too. */
export async function insertNamedJob(
  ports: Pick<Ports, 'db' | 'feed'>,
  job: Omit<NewJob, 'name'> & { readonly entity: EntityRef },
  named: string,
): Promise<boolean> {
  const statement = {
    name: `insert-${job.type}`,
    text: `WITH named AS (${named}), ${deliver(job.entity.type, `FROM named WHERE ${FREE} RETURNING named.name`)}
      ${insert('coalesce($6, delivered.name)')} FROM delivered RETURNING id`,
  };
  return (await runHurried(ports, statement, valuesOf({ ...job, name: null }), inserted)).length > 0;
}
