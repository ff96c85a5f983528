import { AppError, SPLITS, STATUS } from '#contract';
import type { Records } from '#contract';
import { DatasetEntity, ModelSessionEntity, PredictionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import { attemptToken } from '../job/attempt-token.js';
import type { JobHandler } from '../job/job-handler.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { readSplits, wireSplit } from '../run/run-files.js';

/** Predicts a data set, one part of the training data set, or rows typed by hand, into a table of its own. */
export const predictRows: JobHandler<'PredictJob'> = {
  type: 'PredictJob',
  entity: ({ prediction_id: id }) => ({ type: 'prediction', id }),

  async deliver(tx, { prediction_id: id, manual_input_data: manual }) {
    const prediction = await rowById(tx, PredictionEntity, id, 'prediction-not-found');
    const run = await rowById(tx, RunEntity, prediction.run_id, 'run-not-found');
    if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: run.id });
    if (prediction.dataset_id === null && !manual?.length)
      throw new AppError('manual-input-invalid', { reason: 'dataset_id, manual_input_data' });
    if (prediction.dataset_id === null) return `Predict: ${run.name}`;
    const dataset = await rowById(tx, DatasetEntity, prediction.dataset_id, 'dataset-not-found');
    return `Predict: ${run.name} on ${dataset.name}`;
  },

  outputs: (job) => [tableKey(attemptToken('prediction', job))],

  async run({ ports, job, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const prediction = await rowById(manager, PredictionEntity, kwargs.prediction_id, 'prediction-not-found');
    const run = await rowById(manager, RunEntity, prediction.run_id, 'run-not-found');
    if (run.run_path === null) throw new AppError('run-not-finished', { id: run.id });
    const token = attemptToken('prediction', job);
    await compute.run(
      'predict-rows',
      {
        stateKey: run.run_path,
        source: await source(ports, run, prediction, kwargs.manual_input_data),
        targetKey: tableKey(token),
      },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(async (tx) => {
      await tx.update(PredictionEntity, prediction.id, { results_path: token });
    });
    if (prediction.results_path !== null) await ports.storage.remove(tableKey(prediction.results_path));
  },
};

async function source(
  { db, storage }: Ports,
  run: RunEntity,
  prediction: PredictionEntity,
  manual: Records | null | undefined,
): Promise<{ tableKey: string; rowIndexes: readonly number[] | null } | { records: Records }> {
  if (prediction.dataset_id === null) return { records: manual ?? [] };
  const dataset = await rowById(db.manager, DatasetEntity, prediction.dataset_id, 'dataset-not-found');
  if (dataset.status !== STATUS.finished) throw new AppError('dataset-not-finished', { id: dataset.id });
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const part = SPLITS.find((name) => name === prediction.split || wireSplit(name) === prediction.split);
  const whole = part === undefined || dataset.id !== session.dataset_id;
  return {
    tableKey: tableKey(dataset.file_path),
    rowIndexes: whole ? null : (await readSplits(storage, run))[`${part}_indexes`],
  };
}
