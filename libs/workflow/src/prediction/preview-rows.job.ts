import { AppError } from '#contract';
import { RunEntity } from '#persistence';

import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';

/** Predicts rows somebody waits for; the answer is the job's result and nothing is stored beside it. */
export const previewRows: JobHandler<'PreviewJob'> = {
  type: 'PreviewJob',
  entity: () => null,

  async deliver(tx, { run_id: id }) {
    const run = await rowById(tx, RunEntity, id, 'run-not-found');
    return `Preview: ${run.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const run = await rowById(ports.db.manager, RunEntity, kwargs.run_id, 'run-not-found');
    if (run.run_path === null) throw new AppError('run-not-finished', { id: run.id });
    const { columns, rows } = await compute.run(
      'predict-rows',
      { stateKey: run.run_path, source: { records: kwargs.rows }, targetKey: null },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(undefined, { columns, rows });
  },
};
