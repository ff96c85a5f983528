import { ModelSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { finishedRun } from '../run/finished-run.js';
import { namedSplits, splitSizes } from '../run/run-files.js';

/** Parts of the training data set that can be predicted. @throws AppError `run-not-found`, `run-not-finished`. */
export async function predictionSplits(
  { db, storage }: Ports,
  runId: number,
): Promise<{ splits: { name: string; rows: number }[]; training_dataset_id: number }> {
  const run = await finishedRun(db.manager, runId);
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  return { splits: namedSplits(await splitSizes(storage, run)), training_dataset_id: session.dataset_id };
}
