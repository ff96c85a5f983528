import type { DataSource } from 'typeorm';

import type { Storage } from '#storage';

import { compactSeries } from './compact-series.js';
import { copyOldPoints } from './copy-old-points.js';
import { purgeRun } from './purge-run.js';
import { sqlOf } from './sql.js';
import { sweepOrphans } from './sweep-orphans.js';
import { repairStats } from './repair-stats.js';
import type { TrackedUpkeep } from './tracking-store.js';

/** Rows of a running series before they are folded. */
const MANY_ROWS = 20_000;
/** Rows of a series at rest that are worth folding; fewer stay as they are. */
const SOME_ROWS = 50;
/** How long a run must have been silent to count as at rest. */
const REST = `interval '10 minutes'`;
/** A deleted run is taken away after a writer that saw it alive has ended. */
const GRACE = `interval '1 minute'`;
/** Minutes of silence after which a run with a socket of its own is lost. Sources that have no sign of life are not here. */
const LOST_MINUTES = { matyan: 30 } as const;

/** What the store does on its own, in small pieces; each answers how much there was to do. */
export function openUpkeep(db: DataSource, storage: Storage): TrackedUpkeep {
  const sql = sqlOf(db);
  return {
    async compact(limit) {
      const due = await sql<{ id: number; dirty: boolean }>(
        `SELECT series.id, series.stats_dirty AS dirty FROM tracked_series series JOIN tracked_run run ON run.id = series.run_id
         WHERE series.kind = 0 AND run.deleted_at IS NULL AND (series.hot_n >= $1 OR series.stats_dirty
           OR series.chunk_n >= 8 AND NOT EXISTS (SELECT 1 FROM tracked_level WHERE series_id = series.id)
           OR (series.hot_n >= $2 OR series.chunk_n > 4 + 1.5 * (series.n - series.hot_n) / 1000)
             AND run.status NOT IN ('queued', 'running') AND run.last_seen < now() - ${REST})
         ORDER BY series.id LIMIT $3`,
        [MANY_ROWS, SOME_ROWS, limit],
      );
      for (const { id, dirty } of due) {
        if (dirty) await repairStats(db, id);
        await compactSeries(db, id);
      }
      return due.length;
    },
    async sweepLost() {
      const lost = await sql(
        `UPDATE tracked_run SET status = 'lost', ended_at = greatest(last_seen, started_at), last_modified = now() WHERE id IN (
           SELECT run.id FROM tracked_run run JOIN tracked_project project ON project.id = run.project_id
           WHERE run.status = 'running' AND run.deleted_at IS NULL AND run.last_seen < now()
             - make_interval(secs => 60 * coalesce((project.settings #>> ARRAY['lost_minutes', run.source])::float8,
                 ($1::jsonb ->> run.source)::float8))
           ORDER BY run.id FOR NO KEY UPDATE OF run SKIP LOCKED) RETURNING 1`,
        [JSON.stringify(LOST_MINUTES)],
      );
      return lost.length;
    },
    async purge(limit) {
      const gone = await sql<{ id: number }>(
        `SELECT id FROM tracked_run WHERE deleted_at < now() - ${GRACE} ORDER BY deleted_at LIMIT $1`,
        [limit],
      );
      for (const { id } of gone) await purgeRun(db, id);
      return gone.length;
    },
    async sweepRest() {
      const counts = [
        await sql(`DELETE FROM tracked_tombstone stone WHERE at < now() - interval '7 days' AND NOT EXISTS
          (SELECT 1 FROM tracked_run run WHERE run.project_id = stone.project_id AND run.ext_id = stone.ext_id) RETURNING 1`),
        await sql(`DELETE FROM tracked_append_seen WHERE at < now() - interval '1 day' RETURNING 1`),
        await sql(`DELETE FROM tracked_node WHERE deleted_at < now() - interval '7 days' RETURNING 1`),
        await sql(`DELETE FROM tracked_project project WHERE deleted_at < now() - interval '7 days'
          AND NOT EXISTS (SELECT 1 FROM tracked_run WHERE project_id = project.id)
          AND NOT EXISTS (SELECT 1 FROM tracked_blob WHERE project_id = project.id) RETURNING 1`),
      ];
      return counts.reduce((sum, rows) => sum + rows.length, 0);
    },
    async sweepBlobs() {
      // The row first: a file without a row is waste, a row without its file would be handed to whoever sends the same bytes again.
      const gone = await sql<{ storage_key: string }>(
        `DELETE FROM tracked_blob blob WHERE created < now() - interval '1 day'
           AND NOT EXISTS (SELECT 1 FROM tracked_object WHERE blob_id = blob.id)
           AND NOT EXISTS (SELECT 1 FROM tracked_node WHERE blob_id = blob.id) RETURNING storage_key`,
      );
      for (const { storage_key: key } of gone) await storage.remove(key);
      return gone.length;
    },
    sweepOrphans: (ageMs) => sweepOrphans(sql, storage, ageMs),
    copyOldPoints: (limit) => copyOldPoints(db, limit),
  };
}
