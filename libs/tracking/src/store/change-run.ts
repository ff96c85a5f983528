import { throwUnlessLive } from './live-run.js';
import { checkBindrs, checkName, checkText, storableJson } from './limits.js';
import { RUN_COLUMNS, type RunRow, toRun } from './run-row.js';
import type { Sql } from './sql.js';
import type { RunPatch, TrackedRun } from './tracked-types.js';

/** Columns by the patch's keys, each with the value to write. */
const columns: { readonly [K in keyof Required<RunPatch>]: readonly [string, (value: RunPatch[K]) => unknown] } = {
  name: ['name = ', (name) => checkName('name', name!)],
  description: ['description = ', (text) => text && checkText('description', text)],
  bindrs: ['bindrs = ', (names) => checkBindrs(names!)],
  archived: ['archived = ', (archived) => archived],
  groupId: ['group_id = ', (id) => id],
  metadata: ['metadata = ', (value) => value && storableJson('metadata', value)],
  system: ['system = ', (value) => storableJson('system', value)],
  layout: ['layout = ', (value) => storableJson('layout', value)],
  clientStartedAt: ['client_started_at = ', (date) => date],
  startedAt: ['started_at = ', (date) => date],
};

/** Writes the columns the patch names. @throws AppError `tracked-run-gone`, `tracked-run-not-found`. */
export async function changeRun(sql: Sql, id: number, patch: RunPatch): Promise<TrackedRun> {
  const values: unknown[] = [id];
  const changes = Object.entries(patch).flatMap(([key, given]) => {
    if (given === undefined || !Object.hasOwn(columns, key)) return [];
    const [column, stored] = columns[key as keyof RunPatch] as readonly [string, (value: unknown) => unknown];
    values.push(stored(given));
    return [`${column}$${values.length}`];
  });
  const [row] = await sql<RunRow>(
    `UPDATE tracked_run run SET ${[...changes, 'last_modified = now()'].join(', ')} WHERE id = $1 AND deleted_at IS NULL
     RETURNING ${RUN_COLUMNS}`,
    values,
  );
  if (row) return toRun(row);
  const [known] = await sql<{ gone: boolean }>('SELECT deleted_at IS NOT NULL AS gone FROM tracked_run WHERE id = $1', [
    id,
  ]);
  throwUnlessLive(id, known?.gone);
  // Deleted between the two statements cannot be undone: only a change of mind of the database leads here.
  throw new Error('the run changed between two statements');
}
