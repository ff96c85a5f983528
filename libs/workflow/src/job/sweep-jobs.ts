import type { QueueName } from '#contract';
import type { JobEntity } from '#persistence';
import { uploadKey } from '#storage';

import type { Ports } from '../ports.js';
import { CANCELLED } from './cancel-unbegun.js';
import { failJob, releaseJob, removeOutputs } from './finish-job.js';
import { endOrphans, toJob } from './job-rows.js';
import { interval, LEASE_MS } from './lease.js';
import { sweepEngines } from './sweep-files.js';

/** One sweep at a time, whoever does it; the number is arbitrary. */
const SWEEP_LOCK = 7_240_902;
/** A row that waits this long should be known to the queue; before, its submitter is about to add it. */
const QUEUE_DELAY_MS = 1500;
/** Most rows told to the queue in one sweep. */
const QUEUE_BATCH = 500;

/** No writer takes as long between two signs of life. */
const HALF_MADE_MS = 24 * 60 * 60 * 1000;

type WaitingJob = Pick<JobEntity, 'id' | 'priority'> & { queue: QueueName };

/**
 * Takes back jobs whose lease ran out and tells the queue about rows it may not know (adding a known id does nothing). After a
 * start of the database every lease counts anew: no worker could speak up while it was away.
 */
export async function sweepJobs(ports: Ports, { everything = false } = {}): Promise<void> {
  await ports.db.transaction(async (tx) => {
    const [lock] = await tx.query<{ taken: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS taken', [SWEEP_LOCK]);
    if (lock?.taken !== true) return;
    const expired = await ports.db.query<JobEntity[]>(
      `SELECT * FROM job WHERE state = 'started' AND lease_until < now()
         AND pg_postmaster_start_time() < now() - ${interval('$1')} FOR UPDATE SKIP LOCKED`,
      [LEASE_MS],
    );
    const released: WaitingJob[] = [];
    for (const row of expired) if (await takeBack(ports, row)) released.push(row);
    const waiting = await ports.db.query<WaitingJob[]>(
      `SELECT id, queue, priority FROM job WHERE state = 'not_started' AND ($1 OR last_update < now() - ${interval('$2')})
       ORDER BY priority, enqueued_at LIMIT $3`,
      [everything, QUEUE_DELAY_MS, QUEUE_BATCH],
    );
    await ports.queue.addAll([...released, ...waiting].map(({ id, queue, priority }) => ({ id, queue, priority })));
  });
}

/** True when the job waits again. */
async function takeBack(ports: Ports, row: JobEntity): Promise<boolean> {
  const job = toJob(row);
  const guard = { state: 'started', expired: true } as const;
  const log = ports.log.child({ jobId: job.id, requestId: job.requestId });
  if (row.cancel_requested) {
    await failJob(ports, job, { failure: 'cancelled', error: CANCELLED, guard });
    return false;
  }
  if (row.attempt < row.max_attempts) {
    const released = await releaseJob(ports.db, job, { counted: true, expired: true });
    if (released) log.warn({ attempt: row.attempt }, 'worker lost, job will run again');
    return released;
  }
  const error = { code: 'attempts-spent', values: { attempts: row.attempt } };
  if (await failJob(ports, job, { failure: 'killed', error, guard }))
    log.error({ attempt: row.attempt }, 'worker lost, attempts spent');
  return false;
}

/**
 * What crashes leave behind, rarely: rows that wait for a job that is gone, outputs of attempts that lost, uploads no job owns,
 * half-made files, unlisted jobs nobody asks about any more.
 */
export async function tidyJobs(ports: Ports): Promise<void> {
  await endOrphans(ports.db.manager);
  await ports.db.query(
    `DELETE FROM job WHERE NOT listed AND state NOT IN ('not_started', 'started') AND last_update < now() - interval '1 hour'`,
  );
  const losers = await ports.db.query<JobEntity[]>(
    `SELECT * FROM job WHERE last_update > now() - interval '1 day' AND state NOT IN ('not_started', 'started')
       AND attempt > CASE WHEN state = 'finished' THEN 1 ELSE 0 END`,
  );
  for (const row of losers)
    await removeOutputs(ports, toJob(row), row.state === 'finished' ? row.attempt - 1 : row.attempt);
  await removeOwnerlessUploads(ports);
  await ports.storage.sweep(HALF_MADE_MS);
  await sweepEngines(ports);
}

/** An upload is owned by the job of the same id; a moment's grace covers the time between its end and its job's row. */
async function removeOwnerlessUploads({ storage, db }: Ports): Promise<void> {
  const ids = await storage.list('uploads');
  const uuids = ids.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  if (uuids.length === 0) return;
  const owned = await db.query<{ id: string }[]>(
    `SELECT id FROM job WHERE id = ANY($1::uuid[]) AND (state IN ('not_started', 'started') OR last_update > now() - interval '1 minute')`,
    [uuids],
  );
  const kept = new Set(owned.map(({ id }) => id));
  const before = ownerless.get(storage) ?? new Set();
  const now = new Set(uuids.filter((id) => !kept.has(id)));
  ownerless.set(storage, now);
  for (const id of now) if (before.has(id)) await storage.remove(uploadKey(id));
}

/** Seen without an owner by the previous tidying; what is seen twice goes. */
const ownerless = new WeakMap<object, Set<string>>();
