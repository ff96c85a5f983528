import type { EntityManager } from 'typeorm';

import type { MetricPoint } from '#contract';

import type { TrackingStore } from './store/tracking-store.js';
import { seriesPoints } from './training-points.js';

/**
 * A training's points as series of its tracked run. Final scores have no context, so that they are what a list shows; points of a curve
 * are told apart by their level, and folds are one series with the fold as its x.
 */
export async function mirrorPoints(
  { series }: TrackingStore,
  tx: EntityManager,
  trainingRunId: number,
  points: readonly MetricPoint[],
): Promise<void> {
  const runId = await trackedRunId(tx, trainingRunId);
  if (runId !== undefined) await series.append(points.flatMap((point) => seriesPoints(runId, point)), tx); // prettier-ignore
}

/** Takes away all series of its tracked run. */
export async function clearMirror(tx: EntityManager, trainingRunId: number): Promise<void> {
  const runId = await trackedRunId(tx, trainingRunId);
  if (runId === undefined) return;
  const rows = await tx.query<{ id: number }[]>('SELECT id FROM tracked_series WHERE run_id = $1 ORDER BY id FOR UPDATE', [runId]); // prettier-ignore
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.query('DELETE FROM tracked_point WHERE series_id = ANY($1::int[])', [ids]);
  await tx.query('DELETE FROM tracked_series WHERE id = ANY($1::int[])', [ids]);
}

/** None when a person deleted it: the training goes on without. */
async function trackedRunId(tx: EntityManager, trainingRunId: number): Promise<number | undefined> {
  const [row] = await tx.query<{ id: number }[]>(
    'SELECT id FROM tracked_run WHERE training_run_id = $1 AND deleted_at IS NULL',
    [trainingRunId],
  );
  return row?.id;
}
