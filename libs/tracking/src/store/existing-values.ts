import { arrayText } from './arrays.js';
import { CHUNK_COLUMNS, type ChunkRow, chunkPoints } from './chunk.js';
import type { LockedSeries } from './locked-series.js';
import type { Sql } from './sql.js';

/** What lies at given x of a series already. */
export interface Existing {
  readonly values: Map<number, number>;
  /** How many of them are rows. */
  rows: number;
}

/** Values at x that are not above everything there was: the only ones that may overwrite. */
export async function existingValues(
  sql: Sql,
  asked: readonly { readonly series: LockedSeries; readonly xs: readonly number[] }[],
): Promise<Map<number, Existing>> {
  const found = new Map<number, Existing>();
  const some = asked.filter(({ xs }) => xs.length > 0);
  if (some.length === 0) return found;
  for (const { series } of some) found.set(series.id, { values: new Map(), rows: 0 });
  // First what is in chunks: a row at the same x wins.
  for (const { series, xs } of some)
    if (series.coldBelow !== null && xs[0]! < series.coldBelow) await addCold(sql, series, xs, found.get(series.id)!);
  const rows = await sql<{ series_id: number; x: number; value: number }>(
    `SELECT series_id, x::float8, value FROM unnest($1::int[], $2::bigint[]) asked (series_id, x) JOIN tracked_point USING (series_id, x)`,
    [arrayText(some.flatMap(({ series, xs }) => xs.map(() => series.id))), arrayText(some.flatMap(({ xs }) => xs))],
    'tracked-point-existing',
  );
  for (const { series_id: id, x, value } of rows) {
    const own = found.get(id)!;
    own.values.set(x, value);
    own.rows++;
  }
  return found;
}

async function addCold(sql: Sql, { id }: LockedSeries, xs: readonly number[], existing: Existing): Promise<void> {
  const asked = new Set(xs);
  const chunks = await sql<ChunkRow>(
    `SELECT ${CHUNK_COLUMNS} FROM tracked_chunk chunk WHERE series_id = $1 AND first_x <= $3 AND last_x >= $2
       AND EXISTS (SELECT 1 FROM unnest($4::bigint[]) x WHERE x BETWEEN first_x AND last_x)`,
    [id, xs[0], xs.at(-1), arrayText(xs)],
    'tracked-chunk-existing',
  );
  for (const chunk of chunks) {
    const points = chunkPoints(chunk);
    for (const [at, x] of points.xs.entries()) if (asked.has(x)) existing.values.set(x, points.values[at]!);
  }
}
