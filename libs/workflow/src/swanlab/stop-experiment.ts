import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { success } from './swan-answer.js';
import { experimentAt, type SwanLabAt } from './swanlab-scope.js';
import { swanDate, swanStatus } from './swanlab-words.js';

/**
 * Stops a run that runs: the job of a training run of ours is cancelled; another run is marked, and its client told where its
 * protocol can say so. One that has ended stays as it ended. @throws AppError `tracked-run-not-found`.
 */
export async function stopSwanExperiment(ports: Ports, at: SwanLabAt, id: number) {
  const { run } = await experimentAt(ports, at, id);
  if (swanStatus(run.status) === 0) {
    if (run.trainingRunId !== null) await cancelJobsOf(ports, 'run', [run.trainingRunId]);
    const now = await ports.tracked.runs.get(run.id);
    if (swanStatus(now.status) === 0) await ports.tracked.runs.setStatus(run.id, 'cancelled');
  }
  const { status, endedAt } = await ports.tracked.runs.get(run.id);
  return success({ id: run.id, status: swanStatus(status), finish_time: endedAt === null ? null : swanDate(endedAt) });
}
