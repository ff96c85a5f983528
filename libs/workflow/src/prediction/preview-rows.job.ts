import { RunEntity } from '#persistence';

import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';
import { predictionData } from './prediction-data.js';

/** Predicts rows somebody waits for; the answer is the job's result and nothing is stored beside it. */
export const previewRows: JobHandler<'PreviewJob'> = {
  type: 'PreviewJob',
  entity: () => null,

  onlyReads: true,
  async deliver(tx, { run_id: id }) {
    const run = await rowById(tx, RunEntity, id, 'run-not-found');
    return `Preview: ${run.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const run = await rowById(ports.db.manager, RunEntity, kwargs.run_id, 'run-not-found');
    const asked = { dataset_id: null, split: null, rows: kwargs.rows, policy: kwargs.policy };
    const { columns, rows, findings } = await compute.run(
      'predict-rows',
      { ...(await predictionData(ports, run, asked)), targetKey: null, probabilities: kwargs.probabilities },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(undefined, { columns, rows, findings });
  },
};
