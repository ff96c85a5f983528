import { AppError, STATUS } from '#contract';
import { DatasetEntity, GlobalExplainerEntity, ModelSessionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';
import { readSplits } from '../run/run-files.js';

/** Explains a finished run on its own test rows. Local explainers have no members yet, so their scope is refused. */
export const explainRun: JobHandler<'ExplainerJob'> = {
  type: 'ExplainerJob',
  entity: ({ explainer_id: id, explainer_scope: scope }) => ({
    type: scope === 'global' ? 'global_explainer' : 'local_explainer',
    id,
  }),

  async deliver(tx, { explainer_id: id, explainer_scope: scope }) {
    if (scope === 'local') throw new AppError('explainer-not-found', { id });
    const explainer = await rowById(tx, GlobalExplainerEntity, id, 'explainer-not-found');
    const run = await rowById(tx, RunEntity, explainer.run_id, 'run-not-found');
    if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: run.id });
    return `${explainer.explainer_name}: ${run.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const explainer = await rowById(manager, GlobalExplainerEntity, kwargs.explainer_id, 'explainer-not-found');
    const run = await rowById(manager, RunEntity, explainer.run_id, 'run-not-found');
    if (run.run_path === null) throw new AppError('run-not-finished', { id: run.id });
    const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
    const dataset = await rowById(manager, DatasetEntity, session.dataset_id, 'dataset-not-found');
    const { explanation, artifacts } = await compute.run(
      'explain-run',
      {
        tableKey: tableKey(dataset.file_path),
        stateKey: run.run_path,
        splitIndexes: await readSplits(ports.storage, run),
        explainer: { component: explainer.explainer_name, params: explainer.parameters },
      },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(async (tx) => {
      await tx.update(GlobalExplainerEntity, explainer.id, {
        explanation: explanation as never,
        artifacts: [...artifacts] as never,
        plot_overrides: null,
      });
    });
  },
};
