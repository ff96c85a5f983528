import { AppError, type FileAnswer } from '#contract';
import { PredictionEntity } from '#persistence';
import { tableKey } from '#storage';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** The rows of a finished prediction as CSV. @throws AppError `prediction-not-found`, `prediction-not-finished`. */
export async function downloadPrediction({ db, storage, tables }: Ports, id: number): Promise<FileAnswer> {
  const prediction = await rowById(db.manager, PredictionEntity, id, 'prediction-not-found');
  if (prediction.results_path === null) throw new AppError('prediction-not-finished', { id });
  const content = await tables.exportCsv(await storage.materialise(tableKey(prediction.results_path)));
  return { content, filename: `prediction-${id}.csv`, mediaType: 'text/csv; charset=utf-8' };
}
