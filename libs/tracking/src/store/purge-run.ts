import type { DataSource } from 'typeorm';

import { type Sql, sqlOf, within } from './sql.js';

/** Rows one statement deletes: nobody waits long for what it holds. */
const BITE = 10_000;

/** Takes a deleted run away with all that is its own; its stone stays. Interrupted, it goes on the next time. */
export async function purgeRun(db: DataSource, id: number): Promise<void> {
  const sql = sqlOf(db);
  const series = await sql<{ id: number }>('SELECT id FROM tracked_series WHERE run_id = $1 ORDER BY id', [id]);
  for (const own of series) {
    await inBites(sql, 'DELETE FROM tracked_point WHERE series_id = $1 AND x IN (SELECT x FROM tracked_point WHERE series_id = $1 ORDER BY x LIMIT $2)', own.id); // prettier-ignore
    await inBites(sql, 'DELETE FROM tracked_chunk WHERE series_id = $1 AND first_x IN (SELECT first_x FROM tracked_chunk WHERE series_id = $1 LIMIT $2)', own.id); // prettier-ignore
    // A writer that held the series while its points went has added some: they go with it.
    await within(db, undefined, async (tx) => {
      await tx('SELECT 1 FROM tracked_series WHERE id = $1 FOR UPDATE', [own.id]);
      await tx('DELETE FROM tracked_point WHERE series_id = $1', [own.id]);
      await tx('DELETE FROM tracked_series WHERE id = $1', [own.id]);
    });
  }
  for (const stream of [0, 1])
    await inBites(sql, `DELETE FROM tracked_log WHERE run_id = $1 AND stream = ${stream} AND seq IN
      (SELECT seq FROM tracked_log WHERE run_id = $1 AND stream = ${stream} ORDER BY seq LIMIT $2)`, id); // prettier-ignore
  await sql('DELETE FROM tracked_run WHERE id = $1 AND deleted_at IS NOT NULL', [id]);
}

async function inBites(sql: Sql, text: string, id: number): Promise<void> {
  for (let bite = BITE; bite === BITE;) bite = (await sql(`${text} RETURNING 1`, [id, BITE])).length;
}
