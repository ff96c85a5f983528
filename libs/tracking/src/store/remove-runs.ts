import type { Sql } from './sql.js';

/** Deletes runs softly, those of a list or of a whole project, and puts a stone where each was. @returns the ids that went. */
export async function removeRuns(
  sql: Sql,
  { ids, projectId }: { readonly ids?: readonly number[]; readonly projectId?: number },
): Promise<number[]> {
  const gone = await sql<{ id: number }>(
    `WITH doomed AS (
       SELECT id FROM tracked_run WHERE deleted_at IS NULL AND ($1::int[] IS NULL OR id = ANY($1)) AND ($2::int IS NULL OR project_id = $2)
       ORDER BY id FOR NO KEY UPDATE
     ), gone AS (
       UPDATE tracked_run run SET deleted_at = now(), training_run_id = NULL, last_modified = now() FROM doomed
       WHERE run.id = doomed.id RETURNING run.id, run.project_id, run.ext_id
     ), stones AS (
       INSERT INTO tracked_tombstone (project_id, ext_id) SELECT project_id, ext_id FROM gone
       ON CONFLICT (project_id, ext_id) DO UPDATE SET at = now()
     ) SELECT id FROM gone ORDER BY id`,
    [ids ?? null, projectId ?? null],
  );
  return gone.map(({ id }) => id);
}
