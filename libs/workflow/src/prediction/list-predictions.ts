import type { Locale, WireDataset, WirePrediction } from '#contract';
import { PredictionEntity } from '#persistence';

import { wireDataset } from '../dataset/wire-dataset.js';
import type { Ports } from '../ports.js';
import { wirePrediction } from './wire-prediction.js';

/** Predictions, oldest first, each with the data set it was made on. */
export async function listPredictions(
  { db }: Ports,
  { run_id, prediction_id }: { run_id?: number | undefined; prediction_id?: number | undefined },
  locale: Locale,
): Promise<(WirePrediction & { dataset: WireDataset | null })[]> {
  const where = {
    ...(run_id === undefined ? {} : { run_id }),
    ...(prediction_id === undefined ? {} : { id: prediction_id }),
  };
  const rows = await db.manager.find(PredictionEntity, { where, order: { id: 'ASC' }, relations: { dataset: true } });
  return rows.map((row) => ({
    ...wirePrediction(row, locale),
    dataset: row.dataset ? wireDataset(row.dataset) : null,
  }));
}
