import { type Storage, trackedBlobKey, trackedKey } from '#storage';

import type { Sql } from './sql.js';

/** A file is named by a row within moments of its appearance; a day leaves time for the slowest upload's end. */
const ORPHAN_MS = 24 * 60 * 60 * 1000;
/** Keys of one statement. */
const PIECE = 1000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes files of logged bytes whose row was lost in a crash, or was rolled back. @returns how many. */
export async function sweepOrphans(sql: Sql, storage: Storage, ageMs = ORPHAN_MS): Promise<number> {
  let removed = 0;
  for (const [folder, keyOf] of [
    ['tracked', trackedKey],
    ['blobs', trackedBlobKey],
  ] as const) {
    // Files first, rows after: whoever named one of them meanwhile is seen.
    const keys = (await storage.listIdle(folder, ageMs)).filter((name) => UUID.test(name)).map(keyOf);
    for (let at = 0; at < keys.length; at += PIECE) {
      const piece = keys.slice(at, at + PIECE);
      const rows = await sql<{ key: string }>(
        `SELECT key FROM unnest($1::text[]) key WHERE NOT EXISTS (SELECT 1 FROM tracked_blob WHERE storage_key = key)`,
        [piece],
      );
      for (const { key } of rows) await storage.remove(key);
      removed += rows.length;
    }
  }
  return removed;
}
