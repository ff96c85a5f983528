import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import { changeRun } from './change-run.js';
import { listRuns, summariseRuns } from './list-runs.js';
import { HEARD, throwUnlessLive } from './live-run.js';
import { openRun } from './open-run.js';
import { removeRuns } from './remove-runs.js';
import { RUN_COLUMNS, type RunRow, toRun } from './run-row.js';
import { writeTags } from './run-tags.js';
import { type Sql, sqlOf, within } from './sql.js';
import type { TrackedRuns } from './tracking-store.js';
import { withoutSeen } from './without-seen.js';

/** Runs, whoever logs them. */
export function openRuns(db: DataSource): TrackedRuns {
  const sql = sqlOf(db);
  return {
    open: (run, tx) => within(db, tx, (own) => openRun(own, run)),
    async get(id) {
      const [row] = await sql<RunRow & { gone: boolean }>(
        `SELECT ${RUN_COLUMNS}, deleted_at IS NOT NULL AS gone FROM tracked_run run WHERE id = $1`,
        [id],
        'tracked-run-get',
      );
      throwUnlessLive(id, row?.gone);
      return toRun(row!);
    },
    async find(projectId, extId) {
      const [row] = await sql<RunRow>(
        `SELECT ${RUN_COLUMNS} FROM tracked_run run WHERE project_id = $1 AND ext_id = $2 AND deleted_at IS NULL`,
        [projectId, extId],
        'tracked-run-find',
      );
      return row && toRun(row);
    },
    async isGone(projectId, extId) {
      const stones = await sql('SELECT 1 FROM tracked_tombstone WHERE project_id = $1 AND ext_id = $2', [
        projectId,
        extId,
      ]);
      return stones.length > 0;
    },
    list: (filter) => listRuns(sql, filter),
    summaries: (filter) => summariseRuns(sql, filter),
    change: (id, patch, tx) => within(db, tx, (own) => changeRun(own, id, patch)),
    setStatus: (id, status, { endedAt } = {}, tx) =>
      within(db, tx, async (own) => {
        const over = status !== 'running' && status !== 'queued';
        await liveRow(
          own,
          id,
          `UPDATE tracked_run SET status = $2, last_modified = now(), last_seen = now(),
             ended_at = CASE WHEN $3 THEN greatest(coalesce($4, now()), started_at) END WHERE id = $1 AND deleted_at IS NULL RETURNING id`,
          [status, over, endedAt ?? null],
        );
      }),
    setTags: (id, tags, tx) =>
      within(db, tx, async (own) => {
        await liveRow(own, id, 'SELECT id FROM tracked_run WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE');
        await writeTags(own, id, tags);
      }),
    touch: (id) =>
      liveRow(sql, id, `UPDATE tracked_run SET ${HEARD} WHERE id = $1 AND deleted_at IS NULL RETURNING id`),
    isNew: (id, key, tx) => within(db, tx, async (own) => (await withoutSeen(own, id, [{ key }])).length > 0),
    remove: (ids, tx) => within(db, tx, (own) => removeRuns(own, { ids })),
  };
}

/** Runs a statement about one run that answers a row when the run is there. @throws AppError `tracked-run-gone`, `tracked-run-not-found`. */
async function liveRow(sql: Sql, id: number, text: string, values: unknown[] = []): Promise<void> {
  const rows = await sql(text, [id, ...values]);
  if (rows.length > 0) return;
  const known = await sql('SELECT 1 FROM tracked_run WHERE id = $1', [id]);
  throw new AppError(known.length > 0 ? 'tracked-run-gone' : 'tracked-run-not-found', { id });
}
