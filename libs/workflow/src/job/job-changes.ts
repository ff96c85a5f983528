import type { DataSource } from 'typeorm';

import type { Locale, ServerEvent, WireJobChanges, WireJobEvent } from '#contract';

import type { Ports } from '../ports.js';
import { CHANGES_SQL, changedJobs, type FeedJob } from './feed-rows.js';
import type { FeedChange } from './job-feed.js';
import { nothingPending } from './read-jobs.js';
import { queueDate, wireJob } from './wire-job.js';

const CURSOR = /^x(\d{1,19})$/;

/**
 * Listed jobs that changed since a cursor of ours, or since a time as DashAI writes it (ISO-8601 or `YYYY-MM-DD HH:MM:SS.fff`,
 * without a zone UTC; anything else is the epoch). A row may come again; none is ever skipped.
 */
export async function jobChanges(ports: Ports, since: string, locale: Locale = 'en'): Promise<WireJobChanges> {
  const { jobs, cursor } = await changesSince(ports.db, since);
  return {
    jobs: jobs.filter(isListed).map((job) => wireJob(job, locale)),
    cursor: wireCursor(cursor),
    server_now: queueDate(new Date()),
    queue_empty: await nothingPending(ports),
    recently_completed: jobs.some(({ state }) => state === 'finished' || state === 'error'),
  };
}

/**
 * The same changes as they happen: first what changed since the cursor (nothing without one), then every further change until
 * the signal ends it. A reader that is slow gets the latest state of each job, never an ever longer queue.
 */
export async function* jobEvents(
  ports: Ports,
  { since, locale = 'en', signal }: { since?: string | undefined; locale?: Locale; signal: AbortSignal },
): AsyncGenerator<ServerEvent<WireJobEvent>> {
  const waiting = new Map<string, FeedJob>();
  let dismissed: string[] = [];
  let cursor = '0';
  let wake = (): void => undefined;
  const take = (change: FeedChange): void => {
    for (const job of change.jobs) waiting.set(job.id, job);
    dismissed.push(...change.dismissed);
    cursor = change.cursor;
    wake();
  };
  const unsubscribe = ports.feed.subscribe(take);
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  try {
    const first = await changesSince(ports.db, since ?? `x${'9'.repeat(18)}`);
    // What the feed told meanwhile is newer than this answer.
    for (const job of first.jobs) if (!waiting.has(job.id)) waiting.set(job.id, job);
    if (cursor === '0') cursor = first.cursor;
    let opening = true;
    while (!signal.aborted) {
      const jobs = [...waiting.values()].filter(isListed).map((job) => wireJob(job, locale));
      if (opening || jobs.length > 0 || dismissed.length > 0) {
        const data = { jobs, dismissed, cursor: wireCursor(cursor) };
        opening = false;
        waiting.clear();
        dismissed = [];
        yield { id: data.cursor, event: 'jobs', data };
        continue;
      }
      waiting.clear();
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (signal.aborted || waiting.size > 0 || dismissed.length > 0) resolve();
      });
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', onAbort);
  }
}

const wireCursor = (cursor: string): string => `x${cursor}`;
const isListed = ({ listed, parent_id: parent, state }: FeedJob): boolean =>
  listed && parent === null && state !== 'deleted';

async function changesSince(db: DataSource, since: string): Promise<{ jobs: FeedJob[]; cursor: string }> {
  const mark = CURSOR.exec(since.trim())?.[1];
  if (mark !== undefined) {
    const rows = await db.query<(FeedJob & { cursor: string })[]>(CHANGES_SQL, [mark]);
    const { cursor } = rows[0]!;
    return { jobs: changedJobs(rows), cursor };
  }
  const byTime = CHANGES_SQL.replace('job.change_xid >= $1', 'job.last_update >= $1');
  const rows = await db.query<(FeedJob & { cursor: string })[]>(byTime, [timeOf(since)]);
  return { jobs: changedJobs(rows), cursor: rows[0]!.cursor };
}

function timeOf(since: string): Date {
  const text = since.trim().replace(' ', 'T');
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return new Date(Number.isNaN(time) ? 0 : time);
}
