import type { DataSource } from 'typeorm';

import type { Job } from './job-handler.js';

/** At most four writes a second; what comes between is replaced by what comes last. */
const EVERY_MS = 250;

export interface ProgressWriter {
  report(fraction: number | null, message: string): void;
  /** Nothing is written after this. */
  stop(): void;
}

/** Writes the progress of one attempt to its row. A lost write is made good by the next one. */
export function progressWriter(db: DataSource, job: Job): ProgressWriter {
  let latest: { fraction: number | null; message: string } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const write = async (): Promise<void> => {
    if (latest === undefined || stopped) return;
    const { fraction, message } = latest;
    latest = undefined;
    const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10;
    await db
      .query(
        `UPDATE job SET progress = $3, progress_message = $4 WHERE id = $1 AND attempt = $2 AND state = 'started'`,
        [job.id, job.attempt, percent, message],
      )
      .catch(() => undefined);
  };
  const pause = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (latest === undefined || stopped) return;
      void write();
      pause();
    }, EVERY_MS);
  };
  return {
    report: (fraction, message) => {
      if (stopped) return;
      latest = { fraction, message };
      if (timer !== undefined) return;
      void write();
      pause();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
