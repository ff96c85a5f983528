import { AppError } from '#contract';

import type { Ports } from '../ports.js';
import { findJob, stop } from './cancel-job.js';
import { submitJob, type Submission } from './submit-job.js';
import { waitForJob } from './wait-for-job.js';

/**
 * Has a worker answer one request: a job in no list, cancelled when nobody waits for it any more.
 * @throws AppError what the job says, `cancelled`, or `unavailable` when no worker answers in time.
 */
export async function askWorker(
  ports: Ports,
  submission: Omit<Submission, 'listed'>,
  timeoutMs: number,
): Promise<unknown> {
  const { id } = await submitJob(ports, { ...submission, listed: false });
  try {
    return await waitForJob(ports, id, timeoutMs);
  } catch (error) {
    const row = error instanceof AppError && error.code === 'unavailable' ? await findJob(ports, id) : null;
    if (row !== null) await stop(ports, row);
    throw error;
  }
}
