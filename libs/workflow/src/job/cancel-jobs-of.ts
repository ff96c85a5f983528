import type { EntityType } from '#contract';
import type { JobEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { stop } from './cancel-job.js';

/** Cancels what waits or runs for rows that are about to be deleted, and waits until it has stopped. */
export async function cancelJobsOf(ports: Ports, type: EntityType, ids: readonly number[]): Promise<void> {
  const rows = await ports.db.query<JobEntity[]>(
    `SELECT * FROM job WHERE entity_type = $1 AND entity_id = ANY($2::int[]) AND state IN ('not_started', 'started')`,
    [type, ids],
  );
  for (const row of rows) await stop(ports, row);
}
