import { JOB_TYPES, type JobType, STATUS } from '#contract';
import { type JobEntity, queryPrepared } from '#persistence';

import type { Ports } from '../ports.js';
import { removeUpload } from './finish-job.js';
import type { JobHandlers } from './job-handler.js';
import { handlerOf, moveEntities } from './job-rows.js';

/** What the row of a job says that a person cancelled. */
export const CANCELLED = { code: 'cancelled', values: {} };

/** One statement, for a person waits for it: job row and entity row change together or not at all. */
const CANCEL = {
  name: 'cancel-unbegun-job',
  text: `WITH moved_job AS (
      UPDATE job SET state = 'cancelled', error = $2, progress_message = NULL
      WHERE id = $1 AND state = 'not_started' AND attempt = 0 AND type = ANY($3)
      RETURNING id, queue, entity_type, entity_id
    )${moveEntities(STATUS.error)}
    SELECT queue FROM moved_job`,
};

/** True when a job of this type that never began has nothing to undo but its rows. */
const needsOnlyRows = (handlers: JobHandlers, type: JobType): boolean => {
  const handler = handlerOf(handlers, type);
  return handler.settle === undefined || handler.settlesBegun === true;
};

/**
 * Cancels a job that waits and never began. False, and nothing happens, when it is none or its type has more to undo
 * than its rows.
 */
export async function cancelUnbegun(ports: Ports, id: string): Promise<boolean> {
  const types = JOB_TYPES.filter((type) => needsOnlyRows(ports.handlers, type));
  const [row] = await queryPrepared<Pick<JobEntity, 'queue'>>(ports.db, CANCEL, [id, JSON.stringify(CANCELLED), types]);
  if (row === undefined) return false;
  // Nobody waits for the queue: what it still brings finds nothing to start.
  void ports.queue.remove(id, row.queue);
  await removeUpload(ports, { id });
  return true;
}
