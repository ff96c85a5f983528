import type { EntityManager } from 'typeorm';

import type { MetricPoint } from '#contract';
import { AppError, resolveParameters, STATUS } from '#contract';
import { DatasetEntity, ModelSessionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import type { JobHandler } from '../job/job-handler.js';
import { sessionPlan } from '../model-session/session-plan.js';
import { rowById } from '../rows.js';
import { nestedChoice } from './nested-choice.js';
import { filesOf, PLOTS, runKeys, writeJson } from './run-files.js';

/** Trains a run: splits, search, fit, scores; the fitted state and everything shown of it becomes visible at once. */
export const trainRun: JobHandler<'ModelJob'> = {
  type: 'ModelJob',
  entity: ({ run_id: id }) => ({ type: 'run', id }),

  async deliver(tx, { run_id: id }) {
    // One question, for a person waits: a run has its session, and a session its data set.
    const [run] = await tx.query<{ name: string; dataset: number; status: number }[]>(
      `SELECT run.name, dataset.id AS dataset, dataset.status FROM run
       JOIN model_session session ON session.id = run.model_session_id JOIN dataset ON dataset.id = session.dataset_id
       WHERE run.id = $1`,
      [id],
    );
    if (run === undefined) throw new AppError('run-not-found', { id });
    if (run.status !== STATUS.finished) throw new AppError('dataset-not-finished', { id: run.dataset });
    return `Train: ${run.name}`;
  },

  outputs(job) {
    const keys = runKeys(job, job.kwargs.run_id);
    return [keys.state, keys.splits, ...PLOTS.map(keys.plot)];
  },

  async run({ ports, job, kwargs, compute, signal, log, progress, fenced, commit }) {
    const { db, storage, tracking, catalogue } = ports;
    const run = await rowById(db.manager, RunEntity, kwargs.run_id, 'run-not-found');
    const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
    const dataset = await rowById(db.manager, DatasetEntity, session.dataset_id, 'dataset-not-found');
    const { search } = resolveParameters(catalogue.get(run.model_name, 'Model').fields, run.parameters);
    const keys = runKeys(job, run.id);
    const live: MetricPoint[] = [];
    // What is shown meanwhile may be lost; the commit writes all of it.
    let writing = Promise.resolve();
    const show = (write: (tx: EntityManager) => Promise<void>): void => {
      writing = writing
        .then(() => fenced(write))
        .catch((error: unknown) => log.debug({ error: String(error) }, 'live metrics not shown'));
    };
    show((tx) => tracking.clear(run.id, tx));
    const output = await compute.run(
      'train-run',
      {
        tableKey: tableKey(dataset.file_path),
        session: sessionPlan(session, catalogue),
        model: { component: run.model_name, params: run.parameters },
        optimizer:
          Object.keys(search).length === 0
            ? null
            : { component: run.optimizer_name, params: run.optimizer_parameters, goalMetric: run.goal_metric },
        nested: nestedChoice(run.nested, session, catalogue),
        stateKey: keys.state,
        splitsKey: keys.splits,
      },
      {
        progress,
        metrics: (points) => {
          live.push(...points);
          show((tx) => tracking.append(run.id, points, tx));
        },
      },
      signal,
    );
    await writing;
    for (const name of PLOTS) if (output.plots[name]) await writeJson(storage, keys.plot(name), output.plots[name]);
    const plotPath = (name: (typeof PLOTS)[number]): string | null => (output.plots[name] ? keys.plot(name) : null);
    await commit(async (tx) => {
      await tracking.clear(run.id, tx);
      await tracking.append(run.id, [...live, ...output.metrics], tx);
      await tx.update(RunEntity, run.id, {
        parameters: output.parameters as object,
        split_indexes: output.splitIndexes,
        split_sizes: output.splitSizes,
        artifacts: [...output.artifacts],
        run_path: keys.state,
        plot_history_path: plotPath('history'),
        plot_slice_path: plotPath('slice'),
        plot_contour_path: plotPath('contour'),
        plot_importance_path: plotPath('importance'),
      });
    });
    for (const old of filesOf(run)) await storage.remove(old);
  },
};
