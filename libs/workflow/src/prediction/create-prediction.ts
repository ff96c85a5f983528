import type { WirePrediction } from '#contract';
import { DatasetEntity, PredictionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, toWire } from '../rows.js';

/** Creates a prediction that a PredictJob computes. @throws AppError `run-not-found`, `dataset-not-found`. */
export async function createPrediction(
  { db }: Ports,
  given: { run_id: number; dataset_id?: number | null | undefined; split?: string | null | undefined },
): Promise<WirePrediction> {
  const { manager } = db;
  await rowById(manager, RunEntity, given.run_id, 'run-not-found');
  if (given.dataset_id != null) await rowById(manager, DatasetEntity, given.dataset_id, 'dataset-not-found');
  const row = manager.create(PredictionEntity, {
    run_id: given.run_id,
    dataset_id: given.dataset_id ?? null,
    split: given.split ?? null,
  });
  const { id } = await manager.save(row);
  return toWire(await rowById(manager, PredictionEntity, id, 'prediction-not-found'));
}
