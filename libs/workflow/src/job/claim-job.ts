import { ENTITY_TYPES, jobDefinitions, type JobType, STATUS } from '#contract';
import type { JobEntity, Prepared } from '#persistence';

import type { Ports } from '../ports.js';
import { runHurried } from './hurried-statements.js';
import type { Job } from './job-handler.js';
import { moveEntities, toJob } from './job-rows.js';
import { interval, LEASE_MS } from './lease.js';

/** By this very claim: its lease is extended only once the job runs. */
const CLAIMED = `id = $1 AND state = 'started' AND attempt = $2 AND worker_id = $3 AND lease_until = $4::timestamptz`;

/** One statement, for a person waits for it: job row and entity row change together or not at all. */
const claim = (type: JobType | null): Prepared => ({
  name: `claim-${type ?? 'job'}`,
  text: `WITH moved_job AS (
      UPDATE job SET state = 'started', attempt = attempt + 1, worker_id = $2, lease_until = now() + ${interval('$3')},
        progress = NULL, progress_message = NULL, error = NULL
      WHERE id = $1 AND attempt < max_attempts AND NOT cancel_requested
        AND (state = 'not_started' OR (state = 'started' AND lease_until < now()))
      RETURNING id, type, name, kwargs, attempt, entity_type, entity_id, request_id, lease_until::text AS until
    )${moveEntities(STATUS.started, type === null ? ENTITY_TYPES : jobDefinitions[type].entities)}
    SELECT * FROM moved_job`,
});

/**
 * Starts a job for a worker: attempt + 1, a fresh lease, its row STARTED. Null when there is nothing to start: it has ended,
 * another worker holds a live lease, or its attempts are spent. Who knows the job's type has the answer sooner.
 */
export async function claimJob(
  ports: Pick<Ports, 'db' | 'feed'>,
  id: string,
  workerId: string,
  type: JobType | null = null,
): Promise<Job | null> {
  const [row] = await runHurried<JobEntity & { until: string }>(
    ports,
    claim(type),
    [id, workerId, LEASE_MS],
    ({ attempt, until }) => ({ where: CLAIMED, values: [id, attempt, workerId, until] }),
  );
  return row === undefined ? null : toJob(row);
}
