import { In } from 'typeorm';

import { PredictionEntity } from '#persistence';
import { tableKey } from '#storage';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Deletes one prediction and its rows. @throws AppError `prediction-not-found`. */
export async function removePrediction(ports: Ports, id: number): Promise<null> {
  await removePredictions(ports, [await rowById(ports.db.manager, PredictionEntity, id, 'prediction-not-found')]);
  return null;
}

/** Deletes predictions and their tables; answers how many. */
export async function removePredictions(ports: Ports, predictions: readonly PredictionEntity[]): Promise<number> {
  const ids = predictions.map(({ id }) => id);
  await cancelJobsOf(ports, 'prediction', ids);
  await ports.db.manager.delete(PredictionEntity, { id: In(ids) });
  for (const { results_path: token } of predictions) if (token !== null) await ports.storage.remove(tableKey(token));
  return predictions.length;
}
