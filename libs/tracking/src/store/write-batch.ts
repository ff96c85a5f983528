import { AppError } from '#contract';

import { grouped } from './grouped.js';
import { keyOf, type SeriesBatch } from './series-batch.js';
import { resolveSeries, type SeriesIds } from './resolve-series.js';
import type { Sql } from './sql.js';
import { writePoints } from './write-points.js';

/** Ids that were found; the writer remembers them once they are committed. */
export type Found = Map<string, number>;

/** Writes points of any series, made when they are not there. Their runs live. */
export async function writeBatches(sql: Sql, batches: readonly SeriesBatch[], known: SeriesIds): Promise<Found> {
  const bySeries = joined(batches);
  const found: Found = new Map();
  // A second round only when a remembered series was purged meanwhile.
  for (let round = 0; round < 3; round++) {
    const unknown = [...bySeries].filter(([key]) => known.get(key) === undefined && !found.has(key));
    for (const [key, id] of await resolveSeries(sql, unknown.map(([, { series }]) => series))) found.set(key, id); // prettier-ignore
    const placed = [...bySeries].map(([key, batch]) => ({ ...batch, id: found.get(key) ?? known.get(key)! }));
    const missing = new Set(await writePoints(sql, placed));
    if (missing.size === 0) return found;
    const stale = placed.filter(({ id }) => missing.has(id)).map(({ series }) => keyOf(series));
    known.forget(stale);
    for (const key of stale) found.delete(key);
  }
  throw new AppError('unavailable', { service: 'database' });
}

/** Batches of one series become one, in the order given. */
function joined(batches: readonly SeriesBatch[]): Map<string, SeriesBatch> {
  const bySeries = grouped(batches, ({ series }) => keyOf(series));
  return new Map([...bySeries].map(([key, own]) => [key, own.length === 1 ? own[0]! : joinedOne(own)]));
}

function joinedOne(batches: readonly SeriesBatch[]): SeriesBatch {
  return {
    series: batches[0]!.series,
    xs: batches.flatMap(({ xs }) => xs),
    values: batches.flatMap(({ values }) => values),
    epochs: batches.flatMap(({ epochs }) => epochs),
    ts: batches.flatMap(({ ts }) => ts),
  };
}
