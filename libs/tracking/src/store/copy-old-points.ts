import type { DataSource } from 'typeorm';

import type { MetricPoint } from '#contract';

import { seriesPoints } from '../training-points.js';
import { batchesOf } from './series-batch.js';
import { SeriesIds } from './resolve-series.js';
import { type Sql, within } from './sql.js';
import type { NewPoint } from './tracked-types.js';
import { writeBatches } from './write-batch.js';

/** Points in memory at once. */
const PAGE = 5000;

interface OldPoint {
  readonly id: string;
  readonly split: MetricPoint['split'];
  readonly level: MetricPoint['level'];
  readonly name: string;
  readonly step: number;
  readonly value: number;
  readonly std_value: number | null;
  readonly fold_index: number | null;
  readonly timestamp: Date;
}

/**
 * Points that were stored before training runs were tracked become series of their run: one training in a transaction, so that it is
 * whole or not there, and what was done is seen by its series. @returns how many trainings were looked at.
 */
export async function copyOldPoints(db: DataSource, limit: number): Promise<number> {
  const due = await within(db, undefined, (sql) =>
    sql<{ run_id: number }>('SELECT run_id FROM tracked_backlog ORDER BY run_id LIMIT $1', [limit]),
  );
  const failed: unknown[] = [];
  for (const { run_id: id } of due)
    await within(db, undefined, (sql) => copyOne(sql, id)).catch((error: unknown) => failed.push(error));
  // One that cannot be copied keeps none of the others; whoever asked hears of it.
  if (failed.length > 0) throw failed[0];
  return due.length;
}

async function copyOne(sql: Sql, trainingRunId: number): Promise<void> {
  const mine = await sql('DELETE FROM tracked_backlog WHERE run_id = $1 RETURNING 1', [trainingRunId]);
  // The row of the training is what its own writer and its clearing wait for.
  const [run] = await sql<{ id: number }>(
    `SELECT tracked.id FROM tracked_run tracked WHERE training_run_id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`,
    [trainingRunId],
  );
  if (mine.length === 0 || run === undefined) return;
  const written = await sql('SELECT 1 FROM tracked_series WHERE run_id = $1 LIMIT 1', [run.id]);
  // Trained again since: everything it has now was written to both.
  if (written.length > 0) return;
  for (let after = '0'; ;) {
    const page = await sql<OldPoint>(
      `SELECT id, split, level, name, step, value, std_value, fold_index, "timestamp" FROM metric_point
       WHERE run_id = $1 AND id > $2 ORDER BY id LIMIT ${PAGE}`,
      [trainingRunId, after],
    );
    if (page.length > 0) await writeBatches(sql, batchesOf(page.flatMap((point) => pointsOf(run.id, point))), new SeriesIds()); // prettier-ignore
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

function pointsOf(runId: number, { std_value: std, fold_index: fold, timestamp: ts, ...point }: OldPoint): NewPoint[] {
  const given = {
    ...point,
    ...(std === null ? {} : { stdValue: std }),
    ...(fold === null ? {} : { foldIndex: fold }),
  };
  return seriesPoints(runId, given).map((one) => ({ ...one, ts }));
}
