import type { DataSource } from 'typeorm';

import { CHUNK_COLUMNS, CHUNK_POINTS, type ChunkRow, chunkPoints, chunksOf, type NewChunk } from './chunk.js';
import { mendLevels } from './levels.js';
import { lockSeries, saveStats } from './locked-series.js';
import { merged, PointList, type Points } from './points.js';
import { boundsOf, hotPoints } from './read-points.js';
import { type Sql, within } from './sql.js';
import { insertChunks } from './write-points.js';

/** Points one transaction folds at the most: its writer waits so long. */
const BITE = 100_000;
/** Chunks one transaction rewrites at the most, more or less. */
const BITE_CHUNKS = BITE / CHUNK_POINTS;

/**
 * Folds rows into chunks, and chunks that are not full with their neighbours; no read answers anything else afterwards.
 * @returns how many points were folded.
 */
export async function compactSeries(db: DataSource, id: number): Promise<number> {
  let folded = 0;
  for (let bite = 1; bite > 0; folded += bite) bite = await within(db, undefined, (sql) => foldBite(sql, id));
  for (let from: number | undefined = Number.MIN_SAFE_INTEGER; from !== undefined;) {
    const own: number = from;
    from = await within(db, undefined, (sql) => mendBite(sql, id, own));
  }
  // Chunks from before there were nodes, and those of a writer that ended early.
  for (let made = 1; made > 0;)
    made = await within(db, undefined, async (sql) =>
      (await lockSeries(sql, [id])).has(id) ? mendLevels(sql, id) : 0,
    );
  return folded;
}

async function foldBite(sql: Sql, id: number): Promise<number> {
  const series = (await lockSeries(sql, [id])).get(id);
  if (series === undefined || series.hotN === 0) return 0;
  const bite = await hotPoints(sql, id, { ...boundsOf(), limit: BITE });
  const from = bite.xs[0]!;
  // Rows may lie far apart: as many as lie in so many chunks.
  const [end] = await sql<{ x: number }>(
    `SELECT last_x::float8 AS x FROM tracked_chunk WHERE series_id = $1 AND first_x >= $2 ORDER BY first_x OFFSET $3 LIMIT 1`,
    [id, from, BITE_CHUNKS],
  );
  const hot = merged(bite, [], { from, to: end?.x ?? Number.MAX_SAFE_INTEGER, limit: BITE });
  const to = hot.xs.at(-1)!;
  // With the chunks they lie in, and the one below them while it has room.
  const chunks = await sql<ChunkRow>(
    `DELETE FROM tracked_chunk chunk WHERE series_id = $1 AND (last_x >= $2 AND first_x <= $3 OR n < $4 AND first_x =
       (SELECT max(first_x) FROM tracked_chunk WHERE series_id = $1 AND last_x < $2)) RETURNING ${CHUNK_COLUMNS}`,
    [id, from, to, CHUNK_POINTS],
  );
  const made = await rewrite(sql, id, hot, chunks);
  await sql('DELETE FROM tracked_point WHERE series_id = $1 AND x BETWEEN $2 AND $3', [id, from, to]);
  const coldBelow = Math.max(series.coldBelow ?? Number.NEGATIVE_INFINITY, made.at(-1)!.lastX + 1);
  const chunkN = series.chunkN - chunks.length + made.length;
  await saveStats(sql, [{ ...series, hotN: series.hotN - hot.xs.length, chunkN, coldBelow }]);
  return hot.xs.length;
}

/** Joins neighbouring chunks that are far from full. @returns where the next bite begins, undefined after the last. */
async function mendBite(sql: Sql, id: number, from: number): Promise<number | undefined> {
  const series = (await lockSeries(sql, [id])).get(id);
  if (series === undefined || series.chunkN < 2) return undefined;
  const [bite] = await sql<{ n: number; points: number; last: number }>(
    `SELECT count(*)::int AS n, sum(n)::float8 AS points, max(first_x)::float8 AS last FROM (SELECT first_x, n FROM tracked_chunk
       WHERE series_id = $1 AND first_x >= $2 ORDER BY first_x LIMIT $3) chunk`,
    [id, from, BITE_CHUNKS * 2],
  );
  if (bite === undefined || bite.n === 0) return undefined;
  const { n, points, last } = bite;
  if (n > Math.ceil(points / CHUNK_POINTS) * 1.5) {
    const chunks = await sql<ChunkRow>(
      `DELETE FROM tracked_chunk chunk WHERE series_id = $1 AND first_x BETWEEN $2 AND $3 RETURNING ${CHUNK_COLUMNS}`,
      [id, from, last],
    );
    const made = await rewrite(sql, id, new PointList(), chunks);
    await saveStats(sql, [{ ...series, chunkN: series.chunkN - chunks.length + made.length }]);
  }
  return n < BITE_CHUNKS * 2 ? undefined : last + 1;
}

/** Writes chunks of rows and of chunks that were taken away, and the nodes over them. */
async function rewrite(sql: Sql, id: number, hot: Points, chunks: ChunkRow[]): Promise<readonly NewChunk[]> {
  chunks.sort((a, b) => a.first_x - b.first_x);
  const made = [...chunksOf(id, merged(hot, chunks.map(chunkPoints), boundsOf()))];
  await insertChunks(sql, made);
  await mendLevels(sql, id, { from: made[0]!.firstX, to: made.at(-1)!.lastX });
  return made;
}
