import { doublesOf, integersOf, nullableIntegersOf } from './arrays.js';
import { CHUNK_COLUMNS, CHUNK_POINTS, type ChunkRow, chunkPoints } from './chunk.js';
import { merged, type PointList, type Points } from './points.js';
import type { Sql } from './sql.js';
import type { PointRange } from './tracked-types.js';

/** Bounds of a range as whole numbers; past what a double holds exactly there is no point. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}
export function boundsOf({ fromX, toX, limit = Number.MAX_SAFE_INTEGER }: PointRange = {}): Bounds {
  const within = (x: number): number => Math.min(Math.max(x, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  return { from: Math.ceil(within(fromX ?? -Infinity)), to: Math.floor(within(toX ?? Infinity)), limit };
}

/** Chunks of one statement. */
const READ_CHUNKS = 500;

/** Points of a series in a range, rows and chunks as one. */
export async function readPoints(sql: Sql, seriesId: number, bounds: Bounds): Promise<PointList> {
  // Rows first: what is compacted between the two statements is then seen twice and not missed.
  const hot = await hotPoints(sql, seriesId, bounds);
  return merged(hot, await coldPoints(sql, seriesId, bounds), bounds);
}

export async function hotPoints(sql: Sql, seriesId: number, { from, to, limit }: Bounds): Promise<Points> {
  const [row] = await sql<Record<'xs' | 'vals' | 'ts' | 'epochs', Buffer | null>>(
    `SELECT array_send(array_agg(x)) AS xs, array_send(array_agg(value)) AS vals, array_send(array_agg(ts)) AS ts,
       array_send(array_agg(epoch)) AS epochs
     FROM (SELECT x, value, ts, epoch FROM tracked_point WHERE series_id = $1 AND x BETWEEN $2 AND $3 ORDER BY x LIMIT $4) point`,
    [seriesId, from, to, limit],
    'tracked-point-read',
  );
  return {
    xs: integersOf(row!.xs),
    values: doublesOf(row!.vals),
    ts: integersOf(row!.ts),
    epochs: nullableIntegersOf(row!.epochs),
  };
}

async function coldPoints(sql: Sql, seriesId: number, { from, to, limit }: Bounds): Promise<Points[]> {
  // The first one may begin before the range; chunks hold a point at least, so a limit bounds what is looked at.
  const rows: ChunkRow[] = [];
  let left = limit;
  for (let next = from; left > 0;) {
    const most = Math.min(Math.ceil(left / CHUNK_POINTS) + 1, READ_CHUNKS);
    const page = await sql<ChunkRow>(
      `SELECT ${CHUNK_COLUMNS} FROM tracked_chunk chunk WHERE series_id = $1 AND first_x <= $3 AND last_x >= $2 AND first_x >= coalesce(
         (SELECT first_x FROM tracked_chunk WHERE series_id = $1 AND first_x <= $2 ORDER BY first_x DESC LIMIT 1), $2)
       ORDER BY first_x LIMIT $4`,
      [seriesId, next, to, most],
      'tracked-chunk-read',
    );
    for (const row of page) left -= row.first_x < from ? 0 : row.n;
    rows.push(...page);
    if (page.length < most) break;
    next = page.at(-1)!.last_x + 1;
  }
  return rows.map(chunkPoints);
}
