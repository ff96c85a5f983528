import type { EntityManager } from 'typeorm';

import type { MetricPoint, TaskOutput, TrialRecord } from '#contract';
import { AppError, STATUS } from '#contract';
import { jobName } from '#i18n';
import { RunEntity } from '#persistence';

import { endChildren } from '../job/child-jobs.js';
import type { Job, JobHandler } from '../job/job-handler.js';
import { filesOf, PLOTS, runKeys, writeJson } from './run-files.js';
import { runTrials } from './run-trials.js';
import { trainingPlan } from './training-plan.js';
import { readTrials, removeTrials, writeTrials } from './trial-rows.js';

/** A run has its session, and a session its data set. */
const WHAT_TO_TRAIN = `run JOIN model_session session ON session.id = run.model_session_id
  JOIN dataset ON dataset.id = session.dataset_id`;

/** Trains a run: splits, search, fit, scores; the fitted state and everything shown of it becomes visible at once. */
export const trainRun: JobHandler<'ModelJob'> = {
  type: 'ModelJob',
  entity: ({ run_id: id }) => ({ type: 'run', id }),

  onlyReads: true,
  async deliver(tx, { run_id: id }) {
    const [run] = await tx.query<{ name: string; dataset: number; status: number }[]>(
      `SELECT run.name, dataset.id AS dataset, dataset.status FROM ${WHAT_TO_TRAIN} WHERE run.id = $1`,
      [id],
    );
    if (run === undefined) throw new AppError('run-not-found', { id });
    if (run.status !== STATUS.finished) throw new AppError('dataset-not-finished', { id: run.dataset });
    return jobName('ModelJob', run.name);
  },
  named: `SELECT '${jobName('ModelJob', '')}' || run.name AS name FROM ${WHAT_TO_TRAIN}
    WHERE run.id = $9::int AND dataset.status = ${STATUS.finished}`,

  outputs(job) {
    const keys = runKeys(job, job.kwargs.run_id);
    return [keys.state, keys.splits, ...PLOTS.map(keys.plot)];
  },

  async run(context) {
    const { ports, job, kwargs, compute, signal, log, progress, fenced, commit, away } = context;
    const { db, storage, tracking } = ports;
    const { run, plan } = await trainingPlan(ports, kwargs.run_id);
    const keys = runKeys(job, run.id);
    const owner = { jobId: job.id, runId: run.id };
    let known: readonly TrialRecord[] = await readTrials(db.manager, job.id);
    const live: MetricPoint[] = [];
    // What is shown meanwhile may be lost; the commit writes all of it.
    let writing = Promise.resolve();
    const show = (write: (tx: EntityManager) => Promise<void>): void => {
      writing = writing
        .then(() => fenced(write))
        .catch((error: unknown) => log.debug({ error: String(error) }, 'live metrics not shown'));
    };
    show(async (tx) => {
      await tracking.clear(run.id, tx);
      await tracking.append(run.id, pointsOf(known), tx);
    });
    const events = {
      progress,
      metrics: (points: readonly MetricPoint[]) => {
        live.push(...points.filter(({ level }) => level !== 'trial'));
        show((tx) => tracking.append(run.id, points, tx));
      },
    };
    const { handOverMs } = ports.config;
    const train = (): Promise<TaskOutput<'train-run'>> =>
      compute.run(
        'train-run',
        { ...plan, known, handOverMs, stateKey: keys.state, splitsKey: keys.splits },
        events,
        signal,
      );
    let output = await train();
    if (output.kind === 'handed-over') {
      const { plan: searches, trials } = output;
      await writing;
      await fenced((tx) => writeTrials(tx, owner, trials));
      known = await away(() => runTrials(context, searches));
      output = await train();
    }
    if (output.kind !== 'trained') throw new Error('a search with all its trials was handed over');
    const { metrics, parameters, splitIndexes, splitSizes, artifacts, plots, trials } = output;
    await writing;
    for (const name of PLOTS) if (plots[name]) await writeJson(storage, keys.plot(name), plots[name]);
    const plotPath = (name: (typeof PLOTS)[number]): string | null => (plots[name] ? keys.plot(name) : null);
    await commit(async (tx) => {
      await endSearch(tx, job);
      await tracking.clear(run.id, tx);
      await tracking.append(run.id, [...pointsOf([...known, ...trials]), ...live, ...metrics], tx);
      await tx.update(RunEntity, run.id, {
        parameters: parameters as object,
        split_indexes: splitIndexes,
        split_sizes: splitSizes,
        artifacts: [...artifacts] as never,
        run_path: keys.state,
        plot_history_path: plotPath('history'),
        plot_slice_path: plotPath('slice'),
        plot_contour_path: plotPath('contour'),
        plot_importance_path: plotPath('importance'),
      });
    });
    for (const old of filesOf(run)) await storage.remove(old);
  },

  settle: endSearch,
  settlesBegun: true,
};

/** What is left of a search when its job ends, well or not. */
async function endSearch(tx: EntityManager, job: Pick<Job, 'id'>): Promise<void> {
  await endChildren(tx, job.id);
  await removeTrials(tx, job.id);
}

const pointsOf = (trials: readonly TrialRecord[]): MetricPoint[] => trials.flatMap(({ points }) => points);
