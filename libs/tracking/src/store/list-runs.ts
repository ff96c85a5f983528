import { RUN_COLUMNS, type RunRow, toRun } from './run-row.js';
import type { Sql } from './sql.js';
import type { TrackedRun } from './tracked-types.js';
import type { RunFilter } from './tracking-store.js';

/** A page of runs, newest first, and how many there are in all. */
export async function listRuns(sql: Sql, filter: RunFilter): Promise<{ runs: TrackedRun[]; total: number }> {
  const { where, values } = conditions(filter);
  const place = values.length;
  const page = `SELECT ${RUN_COLUMNS} FROM tracked_run run WHERE ${where} ORDER BY started_at DESC, id DESC LIMIT $${place + 1} OFFSET $${place + 2}`;
  const [rows, [counted]] = await Promise.all([
    sql<RunRow>(page, [...values, filter.limit, filter.offset ?? 0]),
    sql<{ total: number }>(`SELECT count(*)::int AS total FROM tracked_run run WHERE ${where}`, values),
  ]);
  return { runs: rows.map(toRun), total: counted!.total };
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
