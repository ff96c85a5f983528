import type { DataSource } from 'typeorm';

import { CHUNK_COLUMNS, CHUNK_POINTS, type ChunkRow, chunkPoints, chunksOf } from './chunk.js';
import { grouped } from './grouped.js';
import { lockSeries, saveStats } from './locked-series.js';
import { merged } from './points.js';
import { boundsOf, hotPoints } from './read-points.js';
import { type Sql, within } from './sql.js';
import { insertChunks } from './write-points.js';

/** Points one transaction folds at the most: its writer waits so long. */
const BITE = 100_000;

/**
 * Folds rows into chunks, and chunks that are not full with their neighbours; no read answers anything else afterwards.
 * @returns how many points were folded.
 */
export async function compactSeries(db: DataSource, id: number): Promise<number> {
  let folded = 0;
  for (let bite = BITE; bite === BITE; folded += bite) bite = await within(db, undefined, (sql) => foldBite(sql, id));
  await within(db, undefined, (sql) => mendChunks(sql, id));
  return folded;
}

async function foldBite(sql: Sql, id: number): Promise<number> {
  const series = (await lockSeries(sql, [id])).get(id);
  if (series === undefined || series.hotN === 0) return 0;
  const hot = await hotPoints(sql, id, { ...boundsOf(), limit: BITE });
  const [from, to] = [hot.xs[0]!, hot.xs.at(-1)!];
  // With the chunks they lie in, and the one below them while it has room.
  const chunks = await sql<ChunkRow>(
    `DELETE FROM tracked_chunk chunk WHERE series_id = $1 AND (last_x >= $2 AND first_x <= $3 OR n < $4 AND first_x =
       (SELECT max(first_x) FROM tracked_chunk WHERE series_id = $1 AND last_x < $2)) RETURNING ${CHUNK_COLUMNS}`,
    [id, from, to, CHUNK_POINTS],
  );
  chunks.sort((a, b) => a.first_x - b.first_x);
  const made = [...chunksOf(id, merged(hot, chunks.map(chunkPoints), boundsOf()))];
  await insertChunks(sql, made);
  await sql('DELETE FROM tracked_point WHERE series_id = $1 AND x BETWEEN $2 AND $3', [id, from, to]);
  const coldBelow = Math.max(series.coldBelow ?? Number.NEGATIVE_INFINITY, made.at(-1)!.lastX + 1);
  const chunkN = series.chunkN - chunks.length + made.length;
  await saveStats(sql, [{ ...series, hotN: series.hotN - hot.xs.length, chunkN, coldBelow }]);
  return hot.xs.length;
}

/** Joins neighbouring chunks that are far from full. */
async function mendChunks(sql: Sql, id: number): Promise<void> {
  const series = (await lockSeries(sql, [id])).get(id);
  if (series === undefined || series.chunkN < 2) return;
  const small = await sql<{ first_x: string; bite: string }>(
    `SELECT first_x, total / $2 AS bite FROM (SELECT first_x, n, sum(n) OVER (ORDER BY first_x) AS total FROM tracked_chunk WHERE series_id = $1) c`,
    [id, BITE],
  );
  if (small.length <= Math.ceil((series.n - series.hotN) / CHUNK_POINTS) * 1.5) return;
  let chunkN = series.chunkN;
  for (const part of grouped(small, ({ bite }) => Math.floor(Number(bite))).values()) {
    const chunks = await sql<ChunkRow>(
      `DELETE FROM tracked_chunk chunk WHERE series_id = $1 AND first_x BETWEEN $2 AND $3 RETURNING ${CHUNK_COLUMNS}`,
      [id, part[0]!.first_x, part.at(-1)!.first_x],
    );
    chunks.sort((a, b) => a.first_x - b.first_x);
    const none = { xs: [], values: [], ts: [], epochs: [] };
    const made = [...chunksOf(id, merged(none, chunks.map(chunkPoints), boundsOf()))];
    await insertChunks(sql, made);
    chunkN += made.length - chunks.length;
  }
  await saveStats(sql, [{ ...series, chunkN }]);
}
