import type { DataSource, EntityManager } from 'typeorm';

import { AppError, type ErrorCode, jobDefinitions, type JobType, type KwargsOf } from '#contract';
import type { JobEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { uuidOf } from './attempt-token.js';
import { insertJobOnce } from './insert-job.js';
import type { Job, JobContext } from './job-handler.js';
import { handlerOf } from './job-rows.js';

/** A child by its name within its parent: the same name is the same job, however often it is asked for. */
export interface Child<T extends JobType> {
  readonly name: string;
  readonly kwargs: KwargsOf<T>;
}

/**
 * Submits children of a running job, those that are not there yet: rows first, under the parent's fence, then the queue. They are in no
 * list, and end with their parent.
 * @throws LeaseLost when the parent's attempt no longer owns it.
 */
export async function submitChildren<T extends JobType>(
  { ports, job, fenced }: Pick<JobContext<JobType>, 'ports' | 'job' | 'fenced'>,
  type: T,
  children: readonly Child<T>[],
): Promise<void> {
  const { queue, priority, attempts } = jobDefinitions[type];
  const ids = children.map(({ name }) => childId(job, name));
  await fenced(async (tx) => {
    for (const [place, { kwargs }] of children.entries())
      await insertJobOnce(tx, {
        id: ids[place]!,
        type,
        queue,
        priority,
        kwargs,
        name: await handlerOf(ports.handlers, type).deliver(tx, kwargs),
        attempts,
        entity: null,
        listed: false,
        requestId: job.requestId,
        parentId: job.id,
      });
  });
  ports.queue.addAll(ids.map((id) => ({ id, queue, priority }))).catch((error: unknown) => {
    ports.log.warn({ jobId: job.id, error: String(error) }, 'the queue did not take the children yet');
  });
}

const childId = (parent: Pick<Job, 'id'>, name: string): string => uuidOf(`${parent.id} ${name}`);

/** @throws AppError what a child of this job says that ended without results. */
export async function refuseLostChildren(db: DataSource, parent: Pick<Job, 'id'>): Promise<void> {
  const [lost] = await db.query<Pick<JobEntity, 'error'>[]>(
    `SELECT error FROM job WHERE parent_id = $1 AND state IN ('error', 'cancelled', 'killed') ORDER BY last_update LIMIT 1`,
    [parent.id],
  );
  if (lost === undefined) return;
  const { code, values } = lost.error ?? { code: 'cancelled', values: {} };
  throw new AppError(code as ErrorCode, values);
}

/** What is said of children that run. */
export interface ChildWatch {
  /** Progress of those that run, 0–1, by no order. */
  readonly fractions: () => readonly number[];
  /**
   * Settles when something was heard or a while has passed; answers whether some may have ended meanwhile.
   * Rejects when the signal says stop.
   */
  next(): Promise<boolean>;
  close(): void;
}

/** Notifications may be lost with a connection. */
const ASK_MS = 1000;

/** Hears what becomes of the children of a job. */
export function watchChildren({ feed }: Ports, parent: Pick<Job, 'id'>, signal: AbortSignal): ChildWatch {
  const running = new Map<string, number>();
  let heard = false;
  let ended = true;
  let wake = (): void => undefined;
  const unsubscribe = feed.subscribe(({ jobs }) => {
    for (const { id, parent_id: of, state, progress } of jobs) {
      if (of !== parent.id) continue;
      if (state === 'started') running.set(id, (progress ?? 0) / 100);
      else running.delete(id);
      ended ||= state !== 'started';
      heard = true;
      wake();
    }
  });
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  return {
    fractions: () => [...running.values()],
    async next() {
      signal.throwIfAborted();
      let timer: NodeJS.Timeout | undefined;
      if (!heard)
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(() => {
            ended = true;
            resolve();
          }, ASK_MS);
        });
      clearTimeout(timer);
      signal.throwIfAborted();
      const result = ended;
      heard = ended = false;
      return result;
    },
    close() {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/**
 * Ends the children of a job that ends: what waits goes, what runs is told to stop and ends as cancelled. In the transaction that ends the
 * parent, so that none of them can write a result after it.
 */
export async function endChildren(tx: EntityManager, parentId: string): Promise<void> {
  // One that is just being finished is neither of the two until its row can be locked.
  await tx.query('SELECT FROM job WHERE parent_id = $1 ORDER BY id FOR UPDATE', [parentId]);
  await tx.query(`DELETE FROM job WHERE parent_id = $1 AND state <> 'started'`, [parentId]);
  await tx.query(`UPDATE job SET cancel_requested = true WHERE parent_id = $1 AND state = 'started'`, [parentId]);
}
