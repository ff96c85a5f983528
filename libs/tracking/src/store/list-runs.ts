import { RUN_COLUMNS, type RunRow, SUMMARY_COLUMNS, type SummaryRow, toRun, toSummary } from './run-row.js';
import type { Sql } from './sql.js';
import type { TrackedRun, TrackedRunSummary } from './tracked-types.js';
import type { RunFilter } from './tracking-store.js';

interface Page<T> {
  readonly runs: T[];
  readonly total: number;
}

/** A page of runs, newest first, and how many there are in all. */
export const listRuns = (sql: Sql, filter: RunFilter): Promise<Page<TrackedRun>> =>
  page(sql, filter, RUN_COLUMNS, async (text, values) => (await sql<RunRow>(text, values)).map(toRun));

/** The same without what a list does not show. */
export const summariseRuns = (sql: Sql, filter: RunFilter): Promise<Page<TrackedRunSummary>> =>
  page(sql, filter, SUMMARY_COLUMNS, async (text, values) => (await sql<SummaryRow>(text, values)).map(toSummary));

async function page<T>(
  sql: Sql,
  filter: RunFilter,
  columns: string,
  read: (text: string, values: unknown[]) => Promise<T[]>,
): Promise<Page<T>> {
  const { where, values } = conditions(filter);
  const place = values.length;
  // The page first: columns are made of its rows alone.
  const [runs, [counted]] = await Promise.all([
    read(
      `SELECT ${columns} FROM (SELECT * FROM tracked_run run WHERE ${where} ORDER BY started_at DESC, id DESC
         LIMIT $${place + 1} OFFSET $${place + 2}) run ORDER BY run.started_at DESC, run.id DESC`,
      [...values, filter.limit, filter.offset ?? 0],
    ),
    sql<{ total: number }>(`SELECT count(*)::int AS total FROM tracked_run run WHERE ${where}`, values),
  ]);
  return { runs, total: counted!.total };
}

/** Only what is asked stands in the statement: the planner then finds the index of it. */
function conditions(filter: RunFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = ['run.deleted_at IS NULL'];
  const add = (value: unknown, text: (place: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(text(`$${values.length}`));
  };
  add(filter.projectId, (at) => `run.project_id = ${at}`);
  add(filter.ids, (at) => `run.id = ANY(${at}::int[])`);
  add(filter.statuses, (at) => `run.status = ANY(${at}::text[])`);
  add(filter.archived, (at) => `run.archived = ${at}`);
  add(filter.groupId, (at) => `run.group_id = ${at}::uuid`);
  add(filter.folder, (at) => `(run.folder = ${at} OR starts_with(run.folder, ${at} || '/'))`);
  add(filter.search, (at) => `(${named(at)} OR ${at} = ANY(run.tags))`);
  return { where: parts.join(' AND '), values };
}

const named = (at: string): string =>
  ['name', 'ext_id'].map((column) => `strpos(lower(run.${column}), lower(${at})) > 0`).join(' OR ');
