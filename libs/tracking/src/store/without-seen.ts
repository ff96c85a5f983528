import { createHash } from 'node:crypto';

import type { Sql } from './sql.js';

/** What comes again under its key is left out; a run knows a key for a day. */
export interface Keyed {
  /** All objects of one message have the same. */
  readonly key?: string;
}

/**
 * Leaves out what the run took before under the same key, and remembers the keys of the rest. Whoever sends the same at once waits here
 * for the first to commit, all in one order.
 */
export async function withoutSeen<T extends Keyed>(
  sql: Sql,
  runId: number,
  items: readonly T[],
): Promise<readonly T[]> {
  const keys = new Set(items.flatMap(({ key }) => (key === undefined ? [] : [key])));
  if (keys.size === 0) return items;
  const byHash = new Map([...keys].map((key) => [createHash('sha256').update(`key ${key}`).digest('hex'), key]));
  const fresh = await sql<{ hash: string }>(
    `INSERT INTO tracked_append_seen (run_id, batch_hash, start_idx, n)
     SELECT $1, decode(hash, 'hex'), 0, 1 FROM unnest($2::text[]) hash
     ON CONFLICT DO NOTHING RETURNING encode(batch_hash, 'hex') AS hash`,
    [runId, [...byHash.keys()].sort()],
    'tracked-keys-seen',
  );
  const kept = new Set(fresh.map(({ hash }) => byHash.get(hash)));
  return items.filter(({ key }) => key === undefined || kept.has(key));
}
