import { CHUNK_COLUMNS, CHUNK_PARTS, type ChunkRow, chunkPoints } from './chunk.js';
import { countLevels, NODE_PARTS, readLevel } from './levels.js';
import { minMaxLttb } from './min-max-lttb.js';
import { merged, PointList, type Points } from './points.js';
import { type Bounds, hotPoints, readPoints } from './read-points.js';
import { addSketch, sketchOf } from './sketch.js';
import type { Sql } from './sql.js';

/** So many chunks are read as they are: finer than any sketch, and quick enough. */
const FEW = 20;
/** The same while rows lie among chunks, and may hide what a sketch says. */
const FEW_MIXED = 200;
/** Points wanted per part of a sketch; each part has two to choose from. */
const PER_PART = 1.75;

interface Rows {
  readonly some: boolean;
  /** Rows among chunks. */
  readonly mixed: boolean;
}

/**
 * At most `count` points that keep the shape. Of a long series nodes over chunks are read, of the level that is just fine enough: the work
 * follows `count` and not the length. Until rows among chunks are folded, a stretch of a very long series whose least or greatest was
 * overwritten shows the new value there, and not its second-least.
 */
export async function shapePoints(sql: Sql, seriesId: number, count: number, bounds: Bounds): Promise<PointList> {
  const whole = { ...bounds, limit: Number.MAX_SAFE_INTEGER };
  const nodes = Math.ceil(count / (NODE_PARTS * PER_PART));
  const chunks = Math.ceil(count / (CHUNK_PARTS * 2));
  const [counts, { some, mixed }] = await Promise.all([
    countLevels(sql, seriesId, whole, Math.max(nodes, chunks, FEW_MIXED) + 1),
    rowsOf(sql, seriesId, whole),
  ]);
  const most = counts[0]!;
  if (most <= (mixed ? FEW_MIXED : FEW) || most < chunks)
    return minMaxLttb(await readPoints(sql, seriesId, whole), count);
  const level = Math.max(
    counts.findLastIndex((found, at) => at > 0 && found >= nodes),
    0,
  );
  // Rows first: what is compacted meanwhile is then seen twice and not missed.
  const rows = some ? await hotPoints(sql, seriesId, whole) : new PointList();
  const [sketches, ends] = await Promise.all([readLevel(sql, seriesId, whole, level), readEnds(sql, seriesId, whole)]);
  const list = new PointList();
  for (const part of ends) if (part.first < whole.from) addSketch(list, sketchOf(part, CHUNK_PARTS));
  for (const sketch of sketches) addSketch(list, sketch);
  for (const part of ends) if (part.first >= whole.from) addSketch(list, sketchOf(part, CHUNK_PARTS));
  return minMaxLttb(rows.xs.length === 0 ? list : merged(rows, [list], whole), count);
}

async function rowsOf(sql: Sql, seriesId: number, { from, to }: Bounds): Promise<Rows> {
  const [row] = await sql<Rows>(
    `SELECT hot_n > 0 AS some, hot_n > 0 AND EXISTS
       (SELECT 1 FROM tracked_point WHERE series_id = $1 AND x BETWEEN $2 AND $3 AND x < cold_below) AS mixed
     FROM tracked_series WHERE id = $1`,
    [seriesId, from, to],
    'tracked-point-mixed',
  );
  return row ?? { some: false, mixed: false };
}

interface End extends Points {
  /** Where its chunk begins. */
  readonly first: number;
}

/** What lies in the range of chunks that lie partly in it: its ends are always shown. */
async function readEnds(sql: Sql, seriesId: number, { from, to, limit }: Bounds): Promise<End[]> {
  if (from <= Number.MIN_SAFE_INTEGER && to >= Number.MAX_SAFE_INTEGER) return [];
  const rows = await sql<ChunkRow>(
    `SELECT ${CHUNK_COLUMNS} FROM tracked_chunk chunk WHERE series_id = $1 AND first_x IN (
       (SELECT first_x FROM tracked_chunk WHERE series_id = $1 AND first_x < $2 ORDER BY first_x DESC LIMIT 1),
       (SELECT first_x FROM tracked_chunk WHERE series_id = $1 AND first_x <= $3 ORDER BY first_x DESC LIMIT 1))
       AND last_x >= $2 AND (first_x < $2 OR last_x > $3) ORDER BY first_x`,
    [seriesId, from, to],
    'tracked-chunk-ends',
  );
  return rows
    .map((row) => {
      const { xs, values, ts, epochs } = merged(new PointList(), [chunkPoints(row)], { from, to, limit });
      return { xs, values, ts, epochs, first: row.first_x };
    })
    .filter(({ xs }) => xs.length > 0);
}
