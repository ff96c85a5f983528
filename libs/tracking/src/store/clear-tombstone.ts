import type { DataSource } from 'typeorm';

import { within } from './sql.js';

/**
 * Lets a deleted run's id be used again. What the run held waits for its purge under an id no client can have; a run that is there, or
 * never was, stays as it is.
 */
export function clearTombstone(db: DataSource, projectId: number, extId: string): Promise<void> {
  return within(db, undefined, async (sql) => {
    await sql(
      `UPDATE tracked_run SET ext_id = ext_id || '~' || id WHERE project_id = $1 AND ext_id = $2 AND deleted_at IS NOT NULL`,
      [projectId, extId],
    );
    await sql(`DELETE FROM tracked_tombstone WHERE project_id = $1 AND ext_id = $2`, [projectId, extId]);
  });
}
