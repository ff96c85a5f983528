import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import { grouped } from './grouped.js';
import { inItem } from './limits.js';
import { repairStats } from './repair-stats.js';
import { boundsOf, readPoints } from './read-points.js';
import { samplePoints } from './sample-points.js';
import { batchesOf, columnBatch, type SeriesBatch } from './series-batch.js';
import { SERIES_COLUMNS, type SeriesRow, toSeries } from './series-row.js';
import { shapePoints } from './shape-points.js';
import { sqlOf, within } from './sql.js';
import type { NewPoint, Tx } from './tracked-types.js';
import type { TrackedSeriesStore } from './tracking-store.js';
import { withoutSeen } from './without-seen.js';
import type { Writer } from './writer.js';

/** Series of runs and their points. */
export function openSeries(db: DataSource, writer: Writer): TrackedSeriesStore {
  const sql = sqlOf(db);
  const rows = async (where: string, values: unknown[], name: string): Promise<SeriesRow[]> => {
    const text = `SELECT ${SERIES_COLUMNS}, series.stats_dirty AS dirty FROM tracked_series series WHERE ${where} ORDER BY series.id`;
    const found = await sql<SeriesRow & { dirty: boolean }>(text, values, name);
    const dirty = found.filter((row) => row.dirty);
    if (dirty.length === 0) return found;
    for (const { id } of dirty) await repairStats(db, id);
    return sql<SeriesRow & { dirty: boolean }>(text, values, name);
  };
  const write = async (batches: readonly SeriesBatch[], tx: Tx): Promise<void> => {
    const byRun = grouped(batches, ({ series }) => series.runId);
    const one = ([runId, own]: readonly [number, readonly SeriesBatch[]]): Promise<void> => {
      const size = own.reduce((sum, { xs }) => sum + xs.length, 0);
      return writer.write(runId, size, () => Promise.resolve({ batches: own, answer: undefined }), { tx });
    };
    // A transaction of the caller's does one thing at a time.
    if (tx) for (const part of byRun) await one(part);
    else await all([...byRun].map(one));
  };
  // Which of them came before is known in the transaction only.
  const writeOnce = async (points: readonly NewPoint[], tx: Tx): Promise<void> => {
    for (const [runId, own] of grouped(points, (point) => point.runId))
      await writer.write(
        runId,
        own.length,
        async (one) => ({ batches: batchesOf(await withoutSeen(one, runId, own)), answer: undefined }),
        { tx },
      );
  };
  return {
    append: async (points, tx) =>
      points.some(({ key }) => key !== undefined) ? writeOnce(points, tx) : write(batchesOf(points), tx),
    appendColumns: async (runId, columns, tx) =>
      write(
        columns.map((own, at) => inItem(`series.${at}`, () => columnBatch(runId, own))),
        tx,
      ),
    async list(runIds) {
      return (await rows('series.run_id = ANY($1::int[])', [runIds], 'tracked-series-list')).map(toSeries);
    },
    async get(id) {
      const [row] = await rows('series.id = $1', [id], 'tracked-series-get');
      if (row === undefined) throw new AppError('tracked-series-not-found', { name: id });
      return toSeries(row);
    },
    read: async (seriesId, range) => (await readPoints(sql, seriesId, boundsOf(range))).columns(),
    sample: (seriesIds, count, range) => samplePoints(sql, seriesIds, count, range),
    shape: async (seriesId, count, range) => (await shapePoints(sql, seriesId, count, boundsOf(range))).columns(),
    remove: (seriesId) =>
      within(db, undefined, async (own) => {
        const [row] = await own('SELECT 1 FROM tracked_series WHERE id = $1 FOR UPDATE', [seriesId]);
        if (row === undefined) throw new AppError('tracked-series-not-found', { name: seriesId });
        await own('DELETE FROM tracked_point WHERE series_id = $1', [seriesId]);
        await own('DELETE FROM tracked_series WHERE id = $1', [seriesId]);
      }),
  };
}

/** Waits for all of them, then throws the first error there was: what is good is written whatever becomes of the rest. */
async function all(writes: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(writes)) if (outcome.status === 'rejected') throw outcome.reason;
}
