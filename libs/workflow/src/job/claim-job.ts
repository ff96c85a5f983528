import type { DataSource } from 'typeorm';

import { STATUS } from '#contract';
import type { JobEntity } from '#persistence';

import type { Job } from './job-handler.js';
import { moveEntity, toJob } from './job-rows.js';
import { interval, LEASE_MS } from './lease.js';

/**
 * Starts a job for a worker: attempt + 1, a fresh lease, its row STARTED. Null when there is nothing to start: it has ended,
 * another worker holds a live lease, or its attempts are spent.
 */
export async function claimJob(db: DataSource, id: string, workerId: string): Promise<Job | null> {
  return db.transaction(async (tx) => {
    const [rows] = await tx.query<[JobEntity[], number]>(
      `UPDATE job SET state = 'started', attempt = attempt + 1, worker_id = $2, lease_until = now() + ${interval('$3')},
         progress = NULL, progress_message = NULL, error = NULL
       WHERE id = $1 AND attempt < max_attempts AND NOT cancel_requested
         AND (state = 'not_started' OR (state = 'started' AND lease_until < now()))
       RETURNING *`,
      [id, workerId, LEASE_MS],
    );
    const [row] = rows;
    if (row === undefined) return null;
    const job = toJob(row);
    await moveEntity(tx, job, STATUS.started);
    return job;
  });
}
