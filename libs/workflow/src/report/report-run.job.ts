import { ReportEntity } from '#persistence';

import type { JobHandler } from '../job/job-handler.js';
import { rowById } from '../rows.js';
import { finishedRun, trainedRun } from '../run/finished-run.js';

/** Sets the answers of a finished run beside the truth, part by part. */
export const reportRun: JobHandler<'ReportJob'> = {
  type: 'ReportJob',
  entity: ({ report_id: id }) => ({ type: 'report', id }),

  onlyReads: true,
  async deliver(tx, { report_id: id }) {
    const report = await rowById(tx, ReportEntity, id, 'report-not-found');
    const run = await finishedRun(tx, report.run_id);
    return `${report.report_name}: ${run.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const report = await rowById(manager, ReportEntity, kwargs.report_id, 'report-not-found');
    const { stateKey, tableKey, splitsKey } = await trainedRun(manager, report.run_id);
    const series = await ports.tracking.series(report.run_id);
    const { artifacts } = await compute.run(
      'report-run',
      {
        stateKey,
        tableKey,
        splitsKey,
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
