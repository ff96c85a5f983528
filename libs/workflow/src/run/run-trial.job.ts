import type { JobHandler } from '../job/job-handler.js';
import { trainingPlan } from './training-plan.js';
import { readEarlier, writeTrials } from './trial-rows.js';

/** One trial of a search, on whichever worker has a free slot; its outcome is kept for the job that trains the run. */
export const runTrial: JobHandler<'TrialJob'> = {
  type: 'TrialJob',
  entity: () => null,
  deliver: (_tx, { run_id: runId, search, number }) => Promise.resolve(`Trial: run ${runId}, ${search}.${number}`),

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { run_id: runId, job_id: jobId, search, number, first } = kwargs;
    const { plan } = await trainingPlan(ports, runId);
    const ended = await readEarlier(ports.db.manager, jobId, { search, number: first });
    const events = { progress, metrics: () => undefined };
    const trial = await compute.run('run-trial', { ...plan, search, number, ended }, events, signal);
    await commit(async (tx) => {
      await writeTrials(tx, { jobId, runId }, [trial]);
      await ports.tracking.append(runId, trial.points, tx);
    });
  },
};
