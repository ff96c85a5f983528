import type { JobHandler } from '../job/job-handler.js';

/** Tests runs for somebody who waits; the answer is the job's result and nothing is stored beside it. */
export const testRuns: JobHandler<'StatisticalTestJob'> = {
  type: 'StatisticalTestJob',
  entity: () => null,
  onlyReads: true,
  deliver: (_tx, { test }) => Promise.resolve(test),

  async run({ kwargs, compute, signal, progress, commit }) {
    const tested = await compute.run('test-runs', kwargs, { progress, metrics: () => undefined }, signal);
    await commit(undefined, tested);
  },
};
