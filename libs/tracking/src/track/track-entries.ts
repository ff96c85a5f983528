import type { DataSource } from 'typeorm';

import type { Asked } from '../node/tracked-node.js';
import { limitPassed } from '../store/limit-passed.js';
import { type NewTrack, openTrack } from './tracked-track.js';

/** What was the case at a time; fields by name, lists and plain values. */
export interface TrackEntry {
  readonly ts: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Different fields one track may have. */
const MAX_COLUMNS = 2000;
const PAGE = 2000;

/**
 * Adds entries; those of one time are one, and later fields join earlier ones: a batch that is sent again changes nothing.
 * @throws AppError `tracked-limit-passed`.
 */
export async function appendEntries(db: DataSource, track: NewTrack, entries: readonly TrackEntry[]): Promise<void> {
  const merged = new Map<number, Record<string, unknown>>();
  const names = new Set<string>();
  for (const { ts, data } of entries) {
    merged.set(ts, { ...merged.get(ts), ...data });
    for (const name of Object.keys(data)) names.add(name);
  }
  await db.transaction(async (tx) => {
    const { id } = await openTrack(tx, track);
    const times = [...merged.keys()].sort((one, other) => one - other);
    const [before] = await tx.query<[{ columns: string[] }]>(
      'SELECT columns FROM tracked_track WHERE id = $1 FOR UPDATE',
      [id],
    );
    const columns = [...new Set([...before.columns, ...names])];
    if (columns.length > MAX_COLUMNS) {
      throw limitPassed('columns', MAX_COLUMNS, 'entries');
    }
    const texts = times.map((ts) => JSON.stringify(merged.get(ts)));
    await tx.query(ADD, [id, times, texts, columns, times[0], times.at(-1)]);
  });
}
const ADD = `WITH added AS (
    INSERT INTO tracked_track_entry AS e (track_id, ts, data)
    SELECT $1::integer, given.ts, given.data::jsonb FROM unnest($2::float8[], $3::text[]) AS given(ts, data)
    ON CONFLICT (track_id, ts) DO UPDATE SET data = e.data || excluded.data RETURNING (e.xmax = 0) AS is_new)
  UPDATE tracked_track SET n = n + (SELECT count(*) FROM added WHERE is_new), columns = $4, last_modified = now(),
    first_ts = least(first_ts, $5), last_ts = greatest(last_ts, $6) WHERE id = $1`;

/** Which entries are read: bounds inclusive. */
export interface EntryRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Entries by time, page by page, so that no track has to fit into memory. */
export async function* readEntries(db: Asked, trackId: number, { from, to }: EntryRange): AsyncGenerator<TrackEntry[]> {
  let after: number | null = null;
  for (;;) {
    const page: TrackEntry[] = await db.query<TrackEntry[]>(
      `SELECT ts, data FROM tracked_track_entry WHERE track_id = $1 AND ts >= $2 AND ts <= $3 AND ($4::float8 IS NULL OR ts > $4)
       ORDER BY ts LIMIT ${PAGE}`,
      [trackId, from ?? -Infinity, to ?? Infinity, after],
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.ts;
  }
}
