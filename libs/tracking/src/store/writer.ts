import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import { hearFrom, throwUnlessLive } from './live-run.js';
import { SeriesIds } from './resolve-series.js';
import type { SeriesBatch } from './series-batch.js';
import { type Sql, sqlOf, within } from './sql.js';
import type { Tx } from './tracked-types.js';
import { type Found, writeBatches } from './write-batch.js';

/** Points one transaction takes at the most, unless a single call has more. */
const BATCH_POINTS = 20_000;
/** Writers of a process at once; a run is always written by the same one, so that its order stays. */
const LANES = 2;
/** A run is said to live this often at the most. */
const TOUCH_MS = 5000;

/** Something to write for one run, and what its caller is told after the commit. */
interface Job<T = unknown> {
  readonly runId: number;
  readonly size: number;
  /** Jobs that lock rows of their own do so in this order. */
  readonly order: string;
  /** Runs in the transaction, before any points are written: says which, and what the caller is answered. */
  readonly prepare: (sql: Sql) => Promise<{ batches: readonly SeriesBatch[]; answer: T }>;
  readonly resolve: (answer: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes points in batches: while one is being committed the next gathers, so that a lone caller waits for nobody and many share a
 * transaction. What is queued is held by callers who wait for their commit; nothing is ever dropped.
 */
export class Writer {
  private readonly known = new SeriesIds();
  private readonly lanes = Array.from({ length: LANES }, () => ({ waiting: [] as Job[], running: Promise.resolve() }));
  private readonly touched = new Map<number, number>();
  private closed = false;

  constructor(private readonly db: DataSource) {}

  /** Resolves after the commit. @throws AppError `tracked-run-gone`, `tracked-run-not-found`, and what `prepare` throws. */
  write<T>(
    runId: number,
    size: number,
    prepare: Job<T>['prepare'],
    { tx, order = '' }: { readonly tx?: Tx; readonly order?: string } = {},
  ): Promise<T> {
    if (tx !== undefined) return this.writeWithin(tx, runId, prepare);
    if (this.closed) return Promise.reject(new AppError('unavailable', { service: 'api' }));
    const lane = this.lanes[runId % LANES]!;
    return new Promise<T>((resolve, reject) => {
      lane.waiting.push({ runId, size, order, prepare, resolve, reject } as Job);
      if (lane.waiting.length === 1) lane.running = lane.running.then(() => this.drain(lane.waiting));
    });
  }

  /** Waits for what was given; refuses more. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.lanes.map(({ running }) => running));
  }

  /** In a transaction of the caller's, who alone knows whether it is committed: nothing is remembered of it. */
  private async writeWithin<T>(tx: Tx, runId: number, prepare: Job<T>['prepare']): Promise<T> {
    return within(this.db, tx, async (sql) => {
      throwUnlessLive(runId, (await runStates(sql, [runId])).get(runId)?.gone);
      const { batches, answer } = await prepare(sql);
      await writeBatches(sql, batches, new SeriesIds());
      return answer;
    });
  }

  private async drain(waiting: Job[]): Promise<void> {
    // The first of a burst waits for the rest of the same tick.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      let points = 0;
      const over = waiting.findIndex(({ size }) => (points += size) > BATCH_POINTS);
      const jobs = waiting.slice(0, over < 0 ? waiting.length : Math.max(over, 1));
      await this.flush(jobs);
      // Only now: while anything is in here, nobody starts a second drain.
      waiting.splice(0, jobs.length);
    }
  }

  private async flush(jobs: readonly Job[]): Promise<void> {
    try {
      const settled = await this.commit(jobs);
      for (const settle of settled) settle();
    } catch (error) {
      // One of them may be to blame: alone, the others come through.
      if (jobs.length > 1 && !isLost(error)) for (const job of jobs) await this.flush([job]);
      else for (const job of jobs) job.reject(error);
    }
  }

  private async commit(jobs: readonly Job[]): Promise<(() => void)[]> {
    const runIds = [...new Set(jobs.map(({ runId }) => runId))];
    const sorted = [...jobs].sort((a, b) => (a.order === b.order ? 0 : a.order < b.order ? -1 : 1));
    let found: Found = new Map();
    let lost: number[] = [];
    const settled = await within(this.db, undefined, async (sql) => {
      const states = await runStates(sql, runIds);
      lost = runIds.filter((id) => states.get(id)?.lost);
      const settle: (() => void)[] = [];
      const batches: SeriesBatch[] = [];
      for (const { runId, prepare, resolve, reject } of sorted) {
        try {
          throwUnlessLive(runId, states.get(runId)?.gone);
        } catch (error) {
          settle.push(() => reject(error));
          continue;
        }
        const prepared = await prepare(sql);
        batches.push(...prepared.batches);
        settle.push(() => resolve(prepared.answer));
      }
      if (batches.length > 0) found = await writeBatches(sql, batches, this.known);
      return settle;
    });
    this.known.keep(found);
    await this.touch(runIds, lost);
    return settled;
  }

  /** Outside the transaction: writers of one run in many processes need not wait for its row. */
  private async touch(runIds: readonly number[], lost: readonly number[]): Promise<void> {
    const now = Date.now();
    const due = runIds.filter((id) => lost.includes(id) || now - (this.touched.get(id) ?? 0) > TOUCH_MS);
    if (due.length === 0) return;
    for (const id of due) this.touched.set(id, now);
    if (this.touched.size > 10_000)
      for (const [id, at] of this.touched) if (now - at > TOUCH_MS) this.touched.delete(id);
    await hearFrom(sqlOf(this.db), due);
  }
}

async function runStates(sql: Sql, ids: readonly number[]): Promise<Map<number, { gone: boolean; lost: boolean }>> {
  const rows = await sql<{ id: number; gone: boolean; lost: boolean }>(
    `SELECT id, deleted_at IS NOT NULL AS gone, status = 'lost' AS lost FROM tracked_run WHERE id = ANY($1::int[])`,
    [ids],
    'tracked-run-states',
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The connection went: nobody knows whether it was committed, so it is not written again here. */
function isLost(error: unknown): boolean {
  if (error instanceof AppError) return false;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code !== 'string' || !/^(22|23|40|53|54)/.test(code);
}
