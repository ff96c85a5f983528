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

/** @throws AppError `tracked-run-gone` when deleted, `tracked-run-not-found` when there never was one. */
export function throwUnlessLive(id: number | string, gone: boolean | undefined): void {
  if (gone === undefined) throw new AppError('tracked-run-not-found', { id });
  if (gone) throw new AppError('tracked-run-gone', { id });
}
