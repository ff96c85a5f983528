import type { JobEntity } from '#persistence';

/** The columns of a job that change while somebody watches. */
const FEED_COLUMNS = [
  'id',
  'type',
  'name',
  'state',
  'attempt',
  'cancel_requested',
  'progress',
  'progress_message',
  'error',
  'listed',
  'parent_id',
  'enqueued_at',
  'last_update',
  'change_xid',
] as const satisfies readonly (keyof JobEntity)[];
/** A job as its watchers need it. */
export type FeedJob = Pick<JobEntity, (typeof FEED_COLUMNS)[number]>;

/** Rows written since a cursor, and the next cursor: the oldest transaction still open, so that its rows are not skipped. */
export const CHANGES_SQL = `SELECT now.cursor, ${FEED_COLUMNS.map((name) => `job.${name}`).join(', ')}
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS cursor) now
  LEFT JOIN job ON job.change_xid >= $1 ORDER BY job.last_update`;

/** These jobs as they are now. */
export const JOBS_SQL = `SELECT ${FEED_COLUMNS.join(', ')} FROM job WHERE id = ANY($1)`;

/** A row as the trigger wrote it: JSON knows no dates. */
export function rowOf(payload: string): FeedJob {
  const row = JSON.parse(payload) as FeedJob & { enqueued_at: string; last_update: string };
  return { ...row, enqueued_at: new Date(row.enqueued_at), last_update: new Date(row.last_update) };
}

/** Without changes the outer join answers one row of nulls beside the cursor. */
export function changedJobs(rows: readonly (FeedJob & { cursor: string })[]): FeedJob[] {
  return rows.filter((row) => (row.id as string | null) !== null);
}
