import { AppError, STATUS } from '#contract';
import { DatasetEntity, ModelSessionEntity, ReportEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';
import { splitsKey } from '../run/run-files.js';

/** Sets the answers of a finished run beside the truth, part by part. */
export const reportRun: JobHandler<'ReportJob'> = {
  type: 'ReportJob',
  entity: ({ report_id: id }) => ({ type: 'report', id }),

  onlyReads: true,
  async deliver(tx, { report_id: id }) {
    const report = await rowById(tx, ReportEntity, id, 'report-not-found');
    const run = await rowById(tx, RunEntity, report.run_id, 'run-not-found');
    if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: run.id });
    return `${report.report_name}: ${run.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const report = await rowById(manager, ReportEntity, kwargs.report_id, 'report-not-found');
    const run = await rowById(manager, RunEntity, report.run_id, 'run-not-found');
    if (run.run_path === null) throw new AppError('run-not-finished', { id: run.id });
    const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
    const dataset = await rowById(manager, DatasetEntity, session.dataset_id, 'dataset-not-found');
    const series = await ports.tracking.series(run.id);
    const { artifacts } = await compute.run(
      'report-run',
      {
        tableKey: tableKey(dataset.file_path),
        stateKey: run.run_path,
        splitsKey: splitsKey(run.run_path),
        report: { component: report.report_name, params: report.parameters },
        history: series
          .filter(({ level }) => level === 'step' || level === 'epoch')
          .map(({ split, level, name, step, value }) => ({ split, level, name, step, value })),
      },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(async (tx) => {
      await tx.update(ReportEntity, report.id, { artifacts: [...artifacts] as never, plot_overrides: null });
    });
  },
};
