import { doublesOf } from './arrays.js';
import { SKETCH_ENTRIES } from './chunk.js';
import { minMaxLttb } from './min-max-lttb.js';
import { merged, PointList, type Points } from './points.js';
import { type Bounds, hotPoints, readPoints } from './read-points.js';
import type { Sql } from './sql.js';

/** So many points are read as they are: finer than any sketch, and quick enough. */
const RAW_POINTS = 20_000;
/** Candidates per point wanted, for a sketch to be fine enough. */
const ENOUGH = 2;
/** Quadruples of a chunk's sketch that say the least and greatest of the whole. */
const COARSE = 4;
/** Past so many chunks per point wanted, chunks themselves are put into buckets by the database. */
const MANY = 4;

interface Directory {
  readonly chunks: number;
  readonly points: number;
  readonly hot: number;
  /** Rows among chunks: a row may stand for a point of a sketch. */
  readonly mixed: boolean;
}

/** At most `count` points that keep the shape. Of a long series only sketches of its chunks are read. */
export async function shapePoints(sql: Sql, seriesId: number, count: number, bounds: Bounds): Promise<PointList> {
  const whole = { ...bounds, limit: Number.MAX_SAFE_INTEGER };
  const { chunks, points, hot, mixed } = await directory(sql, seriesId, whole);
  const entries = chunks * COARSE >= count * ENOUGH ? COARSE : SKETCH_ENTRIES;
  if (mixed || points + hot <= RAW_POINTS || chunks * entries < count * ENOUGH)
    return minMaxLttb(await readPoints(sql, seriesId, whole), count);
  const rows = await hotPoints(sql, seriesId, whole);
  const ends = await readEnds(sql, seriesId, whole);
  const sketch =
    chunks > count * MANY
      ? await bucketSketches(sql, seriesId, whole, count)
      : await readSketches(sql, seriesId, whole, entries);
  return minMaxLttb(merged(rows, [withEnds(sketch, ends, whole)], whole), count);
}

async function directory(sql: Sql, seriesId: number, { from, to }: Bounds): Promise<Directory> {
  const [row] = await sql<Directory>(
    `SELECT count(*)::int AS chunks, coalesce(sum(n), 0)::float8 AS points,
       (SELECT count(*)::float8 FROM tracked_point WHERE series_id = $1 AND x BETWEEN $2 AND $3) AS hot,
       EXISTS (SELECT 1 FROM tracked_series JOIN tracked_point ON series_id = id
         WHERE id = $1 AND x < cold_below AND x BETWEEN $2 AND $3) AS mixed
     FROM tracked_chunk WHERE series_id = $1 AND last_x >= $2 AND first_x <= $3`,
    [seriesId, from, to],
    'tracked-chunk-directory',
  );
  return row!;
}

async function readSketches(sql: Sql, seriesId: number, { from, to }: Bounds, entries: number): Promise<Points> {
  const [row] = await sql<{ sketch: Buffer | null }>(
    `SELECT array_send(array_agg(sketch[1:$4])) AS sketch FROM (SELECT sketch FROM tracked_chunk
       WHERE series_id = $1 AND last_x >= $2 AND first_x <= $3 ORDER BY first_x) chunk`,
    [seriesId, from, to, entries * 4],
    'tracked-chunk-sketch',
  );
  return quadruples(row!.sketch);
}

/** The chunk with the least and the one with the greatest value of each bucket of chunks. */
async function bucketSketches(sql: Sql, seriesId: number, { from, to }: Bounds, count: number): Promise<Points> {
  const quadruple = (entry: number): string => [1, 2, 3, 4].map((at) => `sketch[${entry * 4 + at}]`).join(', ');
  const [row] = await sql<{ sketch: Buffer | null }>(
    `SELECT array_send(array_agg(least[2:5] || greatest[2:5])) AS sketch FROM (
       SELECT min(ARRAY[vmin, ${quadruple(1)}]) AS least, max(ARRAY[vmax, ${quadruple(2)}]) AS greatest
       FROM (SELECT *, ntile($4) OVER (ORDER BY first_x) AS bucket FROM tracked_chunk
         WHERE series_id = $1 AND last_x >= $2 AND first_x <= $3 AND vmin IS NOT NULL) chunk GROUP BY bucket ORDER BY bucket) bucket`,
    [seriesId, from, to, count * ENOUGH],
    'tracked-chunk-buckets',
  );
  return quadruples(row!.sketch);
}

/** The first and the last chunk's points: a range may begin or end within one, and its ends are always shown. */
async function readEnds(sql: Sql, seriesId: number, { from, to }: Bounds): Promise<Points[]> {
  const [row] = await sql<{ last_of_first: number | null; first_of_last: number | null }>(
    `SELECT (SELECT last_x::float8 FROM tracked_chunk WHERE series_id = $1 AND last_x >= $2 AND first_x <= $3
         ORDER BY first_x LIMIT 1) AS last_of_first,
       (SELECT first_x::float8 FROM tracked_chunk WHERE series_id = $1 AND last_x >= $2 AND first_x <= $3
         ORDER BY first_x DESC LIMIT 1) AS first_of_last`,
    [seriesId, from, to],
    'tracked-chunk-ends',
  );
  const limit = Number.MAX_SAFE_INTEGER;
  return [
    await readPoints(sql, seriesId, { from, to: Math.min(row!.last_of_first ?? from, to), limit }),
    await readPoints(sql, seriesId, { from: Math.max(row!.first_of_last ?? to, from), to, limit }),
  ];
}

/** What lies between the two end chunks from sketches, the ends in full. */
function withEnds(sketch: Points, [first, last]: readonly Points[], { limit }: Bounds): PointList {
  const list = new PointList();
  for (let at = 0; at < first!.xs.length; at++) list.add(first!, at);
  const to = last!.xs[0] ?? limit;
  for (let at = 0; at < sketch.xs.length; at++)
    if (sketch.xs[at]! > (list.xs.at(-1) ?? -limit) && sketch.xs[at]! < to) list.add(sketch, at);
  for (let at = 0; at < last!.xs.length; at++) if (last!.xs[at]! > (list.xs.at(-1) ?? -limit)) list.add(last!, at);
  return list;
}

/** Sketches as points: each x once, ascending. */
function quadruples(bytes: Buffer | null): Points {
  const flat = doublesOf(bytes === null ? null : flattened(bytes));
  const places = Array.from({ length: flat.length / 4 }, (_, at) => at * 4).sort((a, b) => flat[a]! - flat[b]!);
  const list = new PointList();
  for (const at of places) {
    if (list.xs.at(-1) === flat[at]) continue;
    list.xs.push(flat[at]!);
    list.values.push(flat[at + 1]!);
    list.ts.push(flat[at + 2]!);
    list.epochs.push(Number.isNaN(flat[at + 3]!) ? null : flat[at + 3]!);
  }
  return list;
}

/** An array of arrays has one more dimension in its header, eight bytes. */
const flattened = (bytes: Buffer): Buffer =>
  bytes.length > 12 && bytes.readInt32BE(0) === 2 ? bytes.subarray(8) : bytes;
