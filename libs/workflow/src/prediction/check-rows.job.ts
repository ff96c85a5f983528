import { RunEntity } from '#persistence';

import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';
import { predictionData } from './prediction-data.js';

/** Holds data against a run for a request that waits; the report is the job's result. */
export const checkRows: JobHandler<'CheckPredictionJob'> = {
  type: 'CheckPredictionJob',
  entity: () => null,

  onlyReads: true,
  async deliver(tx, { run_id: id }) {
    const run = await rowById(tx, RunEntity, id, 'run-not-found');
    return `Check: ${run.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const run = await rowById(ports.db.manager, RunEntity, kwargs.run_id, 'run-not-found');
    const data = await predictionData(ports, run, kwargs);
    const report = await compute.run('check-rows', data, { progress, metrics: () => undefined }, signal);
    await commit(undefined, report);
  },
};
