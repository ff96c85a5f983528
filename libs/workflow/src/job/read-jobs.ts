import { AppError, type Locale, type WireJob, type WireJobDetails, type WireJobStatus } from '#contract';
import type { JobEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wireDate } from '../rows.js';
import { findJob } from './cancel-job.js';
import { isTerminal } from './wait-for-job.js';
import { wireJob, wireStatus } from './wire-job.js';

/** Child jobs and jobs that serve one request stay out of every list. */
export const LISTED = 'listed AND parent_id IS NULL';

/** Every listed job, the last changed first. */
export async function listJobs({ db }: Ports, locale: Locale = 'en'): Promise<WireJob[]> {
  const rows = await db.query<JobEntity[]>(
    `SELECT * FROM job WHERE ${LISTED} AND state <> 'deleted' ORDER BY last_update DESC`,
  );
  return rows.map((row) => wireJob(row, locale));
}

/** @throws AppError `job-not-found`. */
export async function jobStatus(ports: Ports, id: string, locale: Locale = 'en'): Promise<WireJobStatus> {
  return wireStatus(await existing(ports, id), locale);
}

/** Arguments of a job that waits or runs. @throws AppError `job-not-found`, also for one that has ended. */
export async function pendingJob(ports: Ports, id: string): Promise<{ kwargs: Record<string, unknown> }> {
  const row = await existing(ports, id);
  if (isTerminal(row.state)) throw new AppError('job-not-found', { id });
  return { kwargs: Object.fromEntries(Object.entries(row.kwargs).filter(([name]) => name !== 'upload')) };
}

/** A job and the row it works on; `no_entity` also when that row is gone. @throws AppError `job-not-found`. */
export async function jobDetails(ports: Ports, id: string, locale: Locale = 'en'): Promise<WireJobDetails> {
  const job = await existing(ports, id);
  const type = job.entity_type;
  if (type === null) return { id, no_entity: true };
  const [row] = await ports.db.query<{ id: number; created: Date; last_modified: Date; name: string | null }[]>(
    `SELECT id, created, last_modified, ${nameColumns[type]} AS name FROM "${type}" WHERE id = $1`,
    [job.entity_id],
  );
  if (row === undefined) return { id, no_entity: true };
  return {
    // DashAI's name for a run's job.
    entity_type: type === 'run' ? 'train_model' : type,
    entity_id: row.id,
    entity_name: row.name ?? '',
    created_at: wireDate(row.created),
    last_modified: wireDate(row.last_modified),
    ...wireStatus(job, locale),
  };
}

/** True while nothing listed waits or runs. */
export async function nothingPending({ db }: Ports): Promise<boolean> {
  const rows = await db.query<unknown[]>(
    `SELECT 1 FROM job WHERE state IN ('not_started', 'started') AND ${LISTED} LIMIT 1`,
  );
  return rows.length === 0;
}

async function existing(ports: Ports, id: string): Promise<JobEntity> {
  const row = await findJob(ports, id);
  if (row === null || row.state === 'deleted') throw new AppError('job-not-found', { id });
  return row;
}

const nameColumns = {
  dataset: 'name',
  run: 'name',
  prediction: `'Prediction ' || id`,
  explorer: 'coalesce(name, exploration_type)',
  converter: 'converter',
  global_explainer: 'coalesce(name, explainer_name)',
  local_explainer: 'coalesce(name, explainer_name)',
  report: 'report_name',
  generative_process: `'Turn ' || id`,
} as const;
