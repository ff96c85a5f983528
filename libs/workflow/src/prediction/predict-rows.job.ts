import { AppError } from '#contract';
import { jobName } from '#i18n';
import { DatasetEntity, PredictionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import { attemptToken } from '../job/attempt-token.js';
import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';
import { finishedRun } from '../run/finished-run.js';
import { predictionData } from './prediction-data.js';

/** Predicts a data set, one part of the training data set, or rows typed by hand, into a table of its own. */
export const predictRows: JobHandler<'PredictJob'> = {
  type: 'PredictJob',
  entity: ({ prediction_id: id }) => ({ type: 'prediction', id }),

  onlyReads: true,
  async deliver(tx, { prediction_id: id, manual_input_data: manual }) {
    const prediction = await rowById(tx, PredictionEntity, id, 'prediction-not-found');
    const run = await finishedRun(tx, prediction.run_id);
    if (prediction.dataset_id === null && !manual?.length)
      throw new AppError('manual-input-invalid', { reason: 'dataset_id, manual_input_data' });
    if (prediction.dataset_id === null) return jobName('PredictJob', run.name);
    const dataset = await rowById(tx, DatasetEntity, prediction.dataset_id, 'dataset-not-found');
    return jobName('PredictJob', `${run.name} on ${dataset.name}`);
  },

  outputs: (job) => [tableKey(attemptToken('prediction', job))],

  async run({ ports, job, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const prediction = await rowById(manager, PredictionEntity, kwargs.prediction_id, 'prediction-not-found');
    const run = await rowById(manager, RunEntity, prediction.run_id, 'run-not-found');
    const token = attemptToken('prediction', job);
    const { dataset_id, split, policy } = prediction;
    const rows = kwargs.manual_input_data ?? null;
    const data = await predictionData(ports, run, { dataset_id, split, policy, rows });
    const { findings } = await compute.run(
      'predict-rows',
      { ...data, targetKey: tableKey(token), probabilities: prediction.probabilities },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(async (tx) => {
      await tx.update(PredictionEntity, prediction.id, { results_path: token, findings: [...findings] });
    });
    if (prediction.results_path !== null) await ports.storage.remove(tableKey(prediction.results_path));
  },
};
