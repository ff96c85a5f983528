import { AppError, STATUS } from '#contract';
import { ModelSessionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { namedSplits, splitSizes } from '../run/run-files.js';

/** Parts of the training data set that can be predicted. @throws AppError `run-not-found`, `run-not-finished`. */
export async function predictionSplits(
  { db, storage }: Ports,
  runId: number,
): Promise<{ splits: { name: string; rows: number }[]; training_dataset_id: number }> {
  const run = await rowById(db.manager, RunEntity, runId, 'run-not-found');
  if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: runId });
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  return { splits: namedSplits(await splitSizes(storage, run)), training_dataset_id: session.dataset_id };
}
