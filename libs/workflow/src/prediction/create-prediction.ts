import { AppError, type Locale, type PredictionPolicy, type WirePrediction } from '#contract';
import { DatasetEntity, ModelSessionEntity, PredictionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wirePrediction } from './wire-prediction.js';

/** What a new prediction is to be of. */
interface NewPrediction {
  readonly run_id: number;
  readonly dataset_id?: number | null | undefined;
  readonly split?: string | null | undefined;
  readonly policy?: PredictionPolicy | null | undefined;
  readonly probabilities?: boolean | null | undefined;
}

/**
 * Creates a prediction that a PredictJob computes.
 * @throws AppError `run-not-found`, `dataset-not-found`, `probabilities-unavailable`.
 */
export async function createPrediction(ports: Ports, given: NewPrediction, locale: Locale): Promise<WirePrediction> {
  const { manager } = ports.db;
  const run = await rowById(manager, RunEntity, given.run_id, 'run-not-found');
  if (given.dataset_id != null) await rowById(manager, DatasetEntity, given.dataset_id, 'dataset-not-found');
  if (given.probabilities) await requireClasses(ports, run);
  const row = manager.create(PredictionEntity, {
    run_id: given.run_id,
    dataset_id: given.dataset_id ?? null,
    split: given.split ?? null,
    policy: given.policy ?? null,
    probabilities: given.probabilities ?? false,
  });
  const { id } = await manager.save(row);
  return wirePrediction(await rowById(manager, PredictionEntity, id, 'prediction-not-found'), locale);
}

/** A task whose outputs may be numbers has no probabilities to give. */
async function requireClasses({ db, catalogue }: Ports, run: RunEntity): Promise<void> {
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const outputs = catalogue.find(session.task_name)?.metadata['outputs_types'];
  if (Array.isArray(outputs) && !outputs.includes('Categorical'))
    throw new AppError('probabilities-unavailable', { model: run.model_name });
}
