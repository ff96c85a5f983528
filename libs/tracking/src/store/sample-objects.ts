import type { Sql } from './sql.js';
import type { PointRange, TrackedObject } from './tracked-types.js';

/** Objects at about `count` of a series' steps, spread evenly over those there are, first and last among them. */
export async function sampleObjects(
  sql: Sql,
  seriesId: number,
  count: number,
  { fromX, toX }: PointRange = {},
): Promise<TrackedObject[]> {
  const steps = await sql<{ x: number }>(
    `SELECT DISTINCT x::float8 FROM tracked_object
     WHERE series_id = $1 AND ($2::bigint IS NULL OR x >= $2) AND ($3::bigint IS NULL OR x <= $3) ORDER BY 1`,
    [seriesId, fromX ?? null, toX ?? null],
  );
  return sql<TrackedObject>(
    `SELECT series_id AS "seriesId", x::float8, i AS index, epoch, ts, meta, blob_id AS "blobId" FROM tracked_object
     WHERE series_id = $1 AND x = ANY($2::bigint[]) ORDER BY x, i`,
    [seriesId, spread(steps, count).map(({ x }) => x)],
  );
}

/** At most so many, evenly spaced by their places; no more than there are. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (count <= 0 || items.length <= count) return items;
  if (count === 1) return items.slice(0, 1);
  const step = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, at) => items[Math.round(at * step)]!);
}
