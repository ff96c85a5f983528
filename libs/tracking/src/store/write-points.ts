import { arrayText } from './arrays.js';
import { chunksOf, type NewChunk } from './chunk.js';
import { existingValues } from './existing-values.js';
import { mendLevels, nodesDue } from './levels.js';
import { type LockedSeries, lockSeries, saveStats } from './locked-series.js';
import { placeOf, PointList, type Points } from './points.js';
import type { SeriesBatch } from './series-batch.js';
import { countIn } from './series-stats.js';
import type { Sql } from './sql.js';

/** A stretch of this many new points goes into a chunk at once: cheaper than rows from here on (bench/tracking). */
const STRETCH = 64;

/** A series' batch by its id. */
export interface IdBatch extends SeriesBatch {
  readonly id: number;
}
interface Placed {
  readonly series: LockedSeries;
  /** Ascending, each x once: the last one given. */
  readonly points: Points;
  /** Places from here on lie above everything there was. */
  readonly fresh: number;
}

/**
 * Writes points of series, each named once, with their statistics. Rows are locked in the order of their ids, so that writers wait for
 * each other in one direction and counters stay exact.
 * @returns ids whose row is gone: nothing was written then.
 */
export async function writePoints(sql: Sql, batches: readonly IdBatch[]): Promise<number[]> {
  const locked = await lockSeries(sql, batches.map(({ id }) => id)); // prettier-ignore
  const missing = batches.filter(({ id }) => !locked.has(id)).map(({ id }) => id);
  if (missing.length > 0) return missing;
  const placed = batches.map((batch) => place(locked.get(batch.id)!, batch));
  const old = await existingValues(
    sql,
    placed.map(({ series, points, fresh }) => ({ series, xs: points.xs.slice(0, fresh) })),
  );
  const chunks: NewChunk[] = [];
  const due: number[] = [];
  const rows: { id: number; points: Points; from: number; to: number }[] = [];
  for (const { series, points, fresh } of placed) {
    const known = old.get(series.id);
    countIn(series, points, known?.values ?? new Map());
    const count = points.xs.length;
    const stretch = count - fresh >= STRETCH;
    const to = stretch ? fresh : count;
    if (to > 0) rows.push({ id: series.id, points, from: 0, to });
    series.hotN += to - (known?.rows ?? 0);
    if (!stretch) continue;
    const own = [...chunksOf(series.id, tail(points, fresh))];
    chunks.push(...own);
    if (nodesDue(series.id, series.chunkN, series.chunkN + own.length)) due.push(series.id);
    series.chunkN += own.length;
    series.coldBelow = points.xs.at(-1)! + 1;
  }
  await insertRows(sql, rows);
  await insertChunks(sql, chunks);
  await saveStats(sql, [...locked.values()]);
  for (const id of due) await mendLevels(sql, id);
  return [];
}

/** Gives each point its x and its order. */
function place(series: LockedSeries, { xs, values, ts, epochs }: SeriesBatch): Placed {
  let last = series.lastX ?? -1;
  const own = xs.map((given) => {
    const x = given ?? last + 1;
    last = Math.max(last, x);
    return x;
  });
  const whole = { xs: own, values, ts, epochs };
  const ascending = own.every((x, at) => at === 0 || x > own[at - 1]!);
  const points = ascending ? whole : picked(whole, lastPlaces(own));
  const fresh = series.lastX === null ? 0 : placeOf(points.xs, series.lastX + 1);
  return { series, points, fresh };
}

/** The last place of every x, ascending in x. */
function lastPlaces(xs: readonly number[]): number[] {
  return [...new Map(xs.map((x, at) => [x, at]))].sort(([a], [b]) => a - b).map(([, at]) => at);
}

function picked(points: Points, places: readonly number[]): Points {
  const list = new PointList();
  for (const at of places) list.add(points, at);
  return list;
}

function tail({ xs, values, ts, epochs }: Points, from: number): Points {
  if (from === 0) return { xs, values, ts, epochs };
  return { xs: xs.slice(from), values: values.slice(from), ts: ts.slice(from), epochs: epochs.slice(from) };
}

async function insertRows(
  sql: Sql,
  parts: readonly { id: number; points: Points; from: number; to: number }[],
): Promise<void> {
  if (parts.length === 0) return;
  // By id, then x, as the index has them.
  const sorted = [...parts].sort((a, b) => a.id - b.id);
  const column = (of: (points: Points) => readonly (number | null)[]): string =>
    arrayText(sorted.flatMap(({ points, from, to }) => of(points).slice(from, to)));
  await sql(
    `INSERT INTO tracked_point (series_id, x, value, epoch, ts)
     SELECT * FROM unnest($1::int[], $2::bigint[], $3::float8[], $4::int[], $5::bigint[])
     ON CONFLICT (series_id, x) DO UPDATE SET value = excluded.value, epoch = excluded.epoch, ts = excluded.ts`,
    [
      arrayText(sorted.flatMap(({ id, from, to }) => new Array<number>(to - from).fill(id))),
      column(({ xs }) => xs),
      column(({ values }) => values),
      column(({ epochs }) => epochs),
      column(({ ts }) => ts),
    ],
    'tracked-point-insert',
  );
}

/** Writes chunks that do not overlap with what is there. */
export async function insertChunks(sql: Sql, chunks: readonly NewChunk[]): Promise<void> {
  if (chunks.length === 0) return;
  const nested = (texts: readonly string[]): string => `{${texts.map((text) => `"${text}"`).join(',')}}`;
  await sql(
    `INSERT INTO tracked_chunk (series_id, first_x, last_x, n, vmin, vmax, vsum, nonfinite, sketch, xs, vals, ts, epochs)
     SELECT id, first_x, last_x, n, vmin, vmax, vsum, nonfinite, decode(sketch, 'hex'), xs::bigint[], vals::float8[], ts::bigint[],
       epochs::int[]
     FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::int[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[])
       chunk (id, first_x, last_x, n, vmin, vmax, vsum, nonfinite, sketch, xs, vals, ts, epochs)`,
    [
      arrayText(chunks.map(({ seriesId }) => seriesId)),
      arrayText(chunks.map(({ firstX }) => firstX)),
      arrayText(chunks.map(({ lastX }) => lastX)),
      arrayText(chunks.map(({ n }) => n)),
      arrayText(chunks.map(({ min }) => min)),
      arrayText(chunks.map(({ max }) => max)),
      arrayText(chunks.map(({ sum }) => sum)),
      arrayText(chunks.map(({ nonfinite }) => nonfinite)),
      nested(chunks.map(({ sketch }) => sketch)),
      nested(chunks.map(({ xs }) => xs)),
      nested(chunks.map(({ values }) => values)),
      nested(chunks.map(({ ts }) => ts)),
      nested(chunks.map(({ epochs }) => epochs)),
    ],
    'tracked-chunk-insert',
  );
}
