import type { DataSource } from 'typeorm';

import type { Logger } from '#config';

import type { JobFeed } from './job-feed.js';
import { BEAT_MS, interval, LEASE_MS } from './lease.js';

/** Who must hear when a job may not go on. */
export interface Holder {
  readonly attempt: number;
  /** Another attempt owns the job, or it has ended. */
  readonly lost: () => void;
  /** A person cancelled it. */
  readonly cancelled: () => void;
}

/** Speaks up for every job one worker runs, with one statement a beat, and hears of lost leases and cancellations. */
export class LeaseKeeper {
  private readonly held = new Map<string, Holder>();
  /** Since the last beat, for a job may be cancelled between its claim and its `hold`; what this misses the next beat finds. */
  private readonly cancelled = new Set<string>();
  private readonly unsubscribe: () => void;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly db: DataSource,
    readonly workerId: string,
    feed: JobFeed,
    private readonly log: Logger,
  ) {
    this.unsubscribe = feed.subscribe(({ jobs }) => {
      for (const { id, cancel_requested: cancelled } of jobs) {
        if (!cancelled) continue;
        this.cancelled.add(id);
        this.held.get(id)?.cancelled();
      }
    });
    this.plan();
  }

  /** From now on the job's lease is extended; the answer ends that. Call it only after the claim was committed. */
  hold(id: string, holder: Holder): () => void {
    this.held.set(id, holder);
    if (this.cancelled.has(id)) holder.cancelled();
    return () => {
      if (this.held.get(id) === holder) this.held.delete(id);
    };
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.unsubscribe();
  }

  /**
   * Extends all leases now; not that of a job whose claim was never answered, for nobody runs it. Rows locked by a finishing transaction
   * are skipped: nobody can take those over meanwhile.
   */
  async beat(): Promise<void> {
    this.cancelled.clear();
    const asked = [...this.held];
    if (asked.length === 0) return;
    const rows = await this.db.query<{ id: string; attempt: number; cancel_requested: boolean }[]>(
      `WITH mine AS (SELECT id FROM job WHERE id = ANY($3) AND worker_id = $1 AND state = 'started' FOR UPDATE SKIP LOCKED),
            kept AS (UPDATE job SET lease_until = now() + ${interval('$2')} FROM mine WHERE job.id = mine.id)
       SELECT id, attempt, cancel_requested FROM job WHERE id = ANY($3) AND worker_id = $1 AND state = 'started'`,
      [this.workerId, LEASE_MS, asked.map(([id]) => id)],
    );
    const alive = new Map(rows.map((row) => [row.id, row]));
    for (const [id, holder] of asked) {
      const row = alive.get(id);
      if (row?.attempt !== holder.attempt) holder.lost();
      else if (row.cancel_requested) holder.cancelled();
    }
  }

  private plan(): void {
    this.timer = setTimeout(() => {
      this.beat()
        .catch((error: unknown) => this.log.warn({ error: String(error) }, 'leases not extended'))
        .finally(() => {
          if (!this.closed) this.plan();
        });
    }, BEAT_MS);
  }
}
