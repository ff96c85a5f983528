import { AppError } from '#contract';

import type { Sql } from './sql.js';

/**
 * Says who of these runs cannot be written to. A run deleted a moment later is no matter: what was written goes with it.
 * @throws AppError `tracked-run-gone`, `tracked-run-not-found`.
 */
export async function checkLive(sql: Sql, ids: readonly number[]): Promise<void> {
  const rows = await sql<{ id: number; gone: boolean }>(
    'SELECT id, deleted_at IS NOT NULL AS gone FROM tracked_run WHERE id = ANY($1::int[])',
    [ids],
    'tracked-run-live',
  );
  const found = new Map(rows.map(({ id, gone }) => [id, gone]));
  for (const id of ids) throwUnlessLive(id, found.get(id));
}

/** What an UPDATE of `tracked_run` sets of a run that was written to: a lost one runs again. */
export const HEARD = `last_seen = now(), ended_at = CASE WHEN status <> 'lost' THEN ended_at END,
  status = CASE WHEN status = 'lost' THEN 'running' ELSE status END`;

/** Marks runs as heard from just now; deleted ones are skipped. */
export async function hearFrom(sql: Sql, ids: readonly number[]): Promise<void> {
  await sql(
    `UPDATE tracked_run run SET ${HEARD}
     FROM (SELECT id FROM tracked_run WHERE id = ANY($1::int[]) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE) due
     WHERE run.id = due.id`,
    [ids],
    'tracked-run-heard',
  );
}

/** @throws AppError `tracked-run-gone` when deleted, `tracked-run-not-found` when there never was one. */
export function throwUnlessLive(id: number | string, gone: boolean | undefined): void {
  if (gone === undefined) throw new AppError('tracked-run-not-found', { id });
  if (gone) throw new AppError('tracked-run-gone', { id });
}
