import { merged, placeOf, PointList, type Points } from './points.js';
import { type Bounds, boundsOf, readPoints } from './read-points.js';
import { CHUNK_COLUMNS, type ChunkRow, chunkPoints } from './chunk.js';
import type { Sql } from './sql.js';
import type { PointColumns, PointRange } from './tracked-types.js';

interface Extent {
  readonly id: number;
  readonly n: number;
  readonly first: number;
  readonly last: number;
}
/** Below this many points, or that many per point asked for, all are read. */
const FEW = 2000;
const FEW_EACH = 4;

/** About `count` points of each series: the first at or after each of evenly spaced x, and the last. */
export async function samplePoints(
  sql: Sql,
  ids: readonly number[],
  count: number,
  range?: PointRange,
): Promise<Map<number, PointColumns>> {
  const bounds = boundsOf(range);
  const extents = await sql<Extent>(
    `SELECT id, n::float8, first_x::float8 AS first, last_x::float8 AS last FROM tracked_series
     WHERE id = ANY($1::int[]) AND n > 0 ORDER BY id`,
    [ids],
    'tracked-series-extent',
  );
  const found = new Map<number, PointColumns>();
  for (const extent of extents) found.set(extent.id, (await sampleOne(sql, extent, count, bounds)).columns());
  return found;
}

async function sampleOne(sql: Sql, { id, n, first, last }: Extent, count: number, bounds: Bounds): Promise<PointList> {
  if (n <= Math.max(FEW, count * FEW_EACH)) {
    const all = await readPoints(sql, id, { ...bounds, limit: Number.MAX_SAFE_INTEGER });
    return pick(all, targetsOf(all.xs[0] ?? 0, all.xs.at(-1) ?? 0, count));
  }
  const from = Math.max(first, bounds.from);
  const to = Math.min(last, bounds.to);
  const targets = from > to ? [] : targetsOf(from, to, count);
  return pick(await near(sql, id, targets, { from, to, limit: Number.MAX_SAFE_INTEGER }), targets);
}

/** Evenly spaced whole numbers from the first to the last. */
function targetsOf(from: number, to: number, count: number): number[] {
  const steps = Math.max(count - 1, 1);
  return [...new Set(Array.from({ length: steps }, (_, at) => Math.ceil(from + (at * (to - from)) / steps)))];
}

/** Of each target the first point at or after it; then the last. */
function pick(points: Points, targets: readonly number[]): PointList {
  const list = new PointList();
  const end = points.xs.length - 1;
  if (end < 0) return list;
  for (const target of targets) {
    const at = placeOf(points.xs, target);
    if (at <= end && points.xs[at] !== list.xs.at(-1)) list.add(points, at);
  }
  if (list.xs.at(-1) !== points.xs[end]) list.add(points, end);
  return list;
}

/** Points of which the first at or after each target is one, and the last of the range. */
async function near(sql: Sql, id: number, targets: readonly number[], bounds: Bounds): Promise<Points> {
  const hot = await hotNear(sql, id, targets, bounds);
  const chunks = await sql<ChunkRow>(
    `SELECT ${CHUNK_COLUMNS} FROM tracked_chunk chunk WHERE series_id = $1 AND first_x IN (
       SELECT coalesce(
         (SELECT first_x FROM (SELECT first_x, last_x FROM tracked_chunk WHERE series_id = $1 AND first_x <= target
          ORDER BY first_x DESC LIMIT 1) at WHERE last_x >= target),
         (SELECT first_x FROM tracked_chunk WHERE series_id = $1 AND first_x > target ORDER BY first_x LIMIT 1))
       FROM unnest($2::bigint[]) target
       UNION ALL (SELECT first_x FROM tracked_chunk WHERE series_id = $1 AND first_x <= $3 ORDER BY first_x DESC LIMIT 1))
     ORDER BY first_x`,
    [id, targets, bounds.to],
    'tracked-chunk-near',
  );
  return merged(hot, chunks.map(chunkPoints), bounds);
}

async function hotNear(sql: Sql, id: number, targets: readonly number[], { from, to }: Bounds): Promise<Points> {
  const rows = await sql<{ x: number; value: number; ts: number; epoch: number | null }>(
    `SELECT DISTINCT x::float8, value, ts::float8, epoch FROM (
       SELECT point.* FROM unnest($2::bigint[]) target CROSS JOIN LATERAL
         (SELECT * FROM tracked_point WHERE series_id = $1 AND x >= target AND x <= $4 ORDER BY x LIMIT 1) point
       UNION ALL (SELECT * FROM tracked_point WHERE series_id = $1 AND x BETWEEN $3 AND $4 ORDER BY x DESC LIMIT 1)) near ORDER BY 1`,
    [id, targets, from, to],
    'tracked-point-near',
  );
  return {
    xs: rows.map(({ x }) => x),
    values: rows.map(({ value }) => value),
    ts: rows.map(({ ts }) => ts),
    epochs: rows.map(({ epoch }) => epoch),
  };
}
