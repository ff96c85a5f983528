import { AppError, type ErrorCode, type JobState, TERMINAL_STATES } from '#contract';
import type { JobEntity } from '#persistence';

import type { Ports } from '../ports.js';

export const isTerminal = (state: JobState): boolean => (TERMINAL_STATES as readonly JobState[]).includes(state);

/** Waits until a job has ended; null when it has not after `timeoutMs` or is gone. */
export async function untilTerminal(
  ports: Ports,
  id: string,
  timeoutMs: number,
): Promise<Pick<JobEntity, 'state' | 'error' | 'result'> | null> {
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
    // Subscribed before the row is read: an end between the two is heard.
    unsubscribe = ports.feed.subscribe(({ jobs, dismissed }) => {
      if (dismissed.includes(id) || jobs.some((job) => job.id === id && isTerminal(job.state))) resolve();
    });
  });
  const read = async (): Promise<Pick<JobEntity, 'state' | 'error' | 'result'> | null> => {
    const [row] = await ports.db.query<JobEntity[]>('SELECT state, error, result FROM job WHERE id = $1', [id]);
    return row !== undefined && isTerminal(row.state) ? row : null;
  };
  try {
    const already = await read();
    if (already !== null) return already;
    await ended;
    return await read();
  } finally {
    clearTimeout(timer);
    unsubscribe();
  }
}

/**
 * Waits for the answer of a job that serves one request.
 * @throws AppError the job's own error, `cancelled`, or `unavailable` when no worker answers in time.
 */
export async function waitForJob(ports: Ports, id: string, timeoutMs: number): Promise<unknown> {
  const row = await untilTerminal(ports, id, timeoutMs);
  if (row === null) throw new AppError('unavailable', { service: 'worker' });
  if (row.state === 'finished') return row.result;
  if (row.error === null) throw new AppError('cancelled');
  throw new AppError(row.error.code as ErrorCode, row.error.values);
}
