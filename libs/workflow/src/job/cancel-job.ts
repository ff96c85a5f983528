import { AppError } from '#contract';
import type { JobEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { CANCELLED, cancelUnbegun } from './cancel-unbegun.js';
import { failJob } from './finish-job.js';
import { toJob } from './job-rows.js';
import { isTerminal, untilTerminal } from './wait-for-job.js';

/** A worker stops a job within a fraction of this; when it does not answer, the sweeper ends the job after its lease. */
const PATIENCE_MS = 3000;
/** Cancelled together; each takes a connection. */
const AT_ONCE = 4;

/**
 * Cancels a job that waits (at once) or runs (waits until its worker has stopped it, or a few seconds); one that has ended
 * leaves the list.
 * @throws AppError `job-not-found`.
 */
export async function cancelJob(ports: Ports, id: string): Promise<null> {
  if (isUuid(id) && (await cancelUnbegun(ports, id))) return null;
  const row = await findJob(ports, id);
  if (row === null || row.state === 'deleted') throw new AppError('job-not-found', { id });
  if (isTerminal(row.state)) await ports.db.query('DELETE FROM job WHERE id = $1', [id]);
  else await stop(ports, row);
  return null;
}

/** Cancels everything that waits, then everything that runs: a slot that comes free finds nothing to start. */
export async function cancelAll(ports: Ports): Promise<{ cancelled: number; deleted: number }> {
  const rows = await ports.db.query<JobEntity[]>(
    `SELECT * FROM job WHERE state IN ('not_started', 'started') AND listed ORDER BY enqueued_at DESC`,
  );
  for (const state of ['not_started', 'started']) {
    const these = rows.filter((row) => row.state === state);
    for (let start = 0; start < these.length; start += AT_ONCE) {
      await Promise.all(these.slice(start, start + AT_ONCE).map((row) => stop(ports, row)));
    }
  }
  return { cancelled: rows.length, deleted: rows.length };
}

const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** The job row, or null; an id that is no UUID is an unknown one. */
export async function findJob({ db }: Ports, id: string): Promise<JobEntity | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.query<JobEntity[]>('SELECT * FROM job WHERE id = $1', [id]);
  return row ?? null;
}

/** Ends a job that waits; asks the worker of one that runs and waits for it. */
export async function stop(ports: Ports, row: JobEntity): Promise<void> {
  // It may be claimed or released between reading and writing; every round meets it in the state just read.
  for (
    let current: JobEntity | null = row;
    current !== null && !isTerminal(current.state);
    current = await findJob(ports, row.id)
  ) {
    if (current.state === 'started') {
      const [, asked] = await ports.db.query<[unknown[], number]>(
        `UPDATE job SET cancel_requested = true WHERE id = $1 AND state = 'started'`,
        [row.id],
      );
      if (asked === 0) continue;
      await untilTerminal(ports, row.id, PATIENCE_MS);
      return;
    }
    const end = { failure: 'cancelled', error: CANCELLED, guard: { state: 'not_started' } } as const;
    if (!(await failJob(ports, toJob(current), end))) continue;
    // Nobody waits for the queue: what it still brings finds nothing to start.
    void ports.queue.remove(row.id, row.queue);
    return;
  }
}
