import type { DataSource, EntityManager } from 'typeorm';

import type { MetricPoint, SplitName } from '#contract';
import { type MetricLevel, SPLITS } from '#contract';

import { clearMirror, mirrorPoints } from './mirror-points.js';
import type { TrackingStore } from './store/tracking-store.js';

/** A stored point; `id` grows in the order of writing, so that a reader asks for what came after the last it saw. */
export interface StoredPoint extends MetricPoint {
  readonly id: string;
  readonly timestamp: Date;
}

type Scores = Readonly<Record<string, number>> | null;

/** The six keys derived from a run's points at one level: metric name → value, null where there is none. */
export type RunScores = Readonly<Record<`${SplitName}_metrics` | `${SplitName}_metrics_std`, Scores>>;

/** The metric series of runs. */
export interface Tracking {
  /** Adds points in the order given. */
  append(runId: number, points: readonly MetricPoint[], tx?: EntityManager): Promise<void>;
  /** All points of a run, oldest first; with `afterId` only those written later. */
  series(runId: number, afterId?: string): Promise<StoredPoint[]>;
  /** The points of a run at one level, oldest first. */
  at(runId: number, level: MetricLevel): Promise<StoredPoint[]>;
  /** The newest score of each name at a level (`last` are the final ones), for every run asked for. */
  summary(runIds: readonly number[], level?: MetricLevel): Promise<ReadonlyMap<number, RunScores>>;
  clear(runId: number, tx?: EntityManager): Promise<void>;
}

/** Points in one statement; the parameters are arrays, so that their number never matters. */
const BATCH = 5000;

interface PointRow {
  id: string;
  run_id: number;
  split: SplitName;
  level: MetricLevel;
  name: string;
  step: number;
  value: number;
  std_value: number | null;
  fold_index: number | null;
  timestamp: Date;
}

/**
 * Series kept in the table `metric_point`, in the order they were written, and in the same transaction as series of the tracked run:
 * without one of the caller's, in one of their own.
 */
export function openTracking(db: DataSource, tracked: TrackingStore): Tracking {
  return {
    append: (runId, points, given) =>
      inOne(db, given, async (tx) => {
        for (let start = 0; start < points.length; start += BATCH)
          await insert(tx, runId, points.slice(start, start + BATCH));
        await mirrorPoints(tracked, tx, runId, points);
      }),
    series: async (runId, afterId = '0') => {
      const rows = await db.query<PointRow[]>('SELECT * FROM metric_point WHERE run_id = $1 AND id > $2 ORDER BY id', [
        runId,
        afterId,
      ]);
      return rows.map(toPoint);
    },
    at: async (runId, level) => {
      const rows = await db.query<PointRow[]>(
        'SELECT * FROM metric_point WHERE run_id = $1 AND level = $2 ORDER BY id',
        [runId, level],
      );
      return rows.map(toPoint);
    },
    summary: async (runIds, level = 'last') => {
      const rows = await db.query<PointRow[]>(
        `SELECT DISTINCT ON (run_id, split, name) run_id, split, name, value, std_value FROM metric_point
         WHERE run_id = ANY($1::int[]) AND level = $2 ORDER BY run_id, split, name, id DESC`,
        [runIds, level],
      );
      const byRun = new Map(runIds.map((id) => [id, [] as PointRow[]]));
      for (const row of rows) byRun.get(row.run_id)?.push(row);
      return new Map([...byRun].map(([id, own]) => [id, scores(own)]));
    },
    clear: (runId, given) =>
      inOne(db, given, async (tx) => {
        await tx.query('DELETE FROM metric_point WHERE run_id = $1', [runId]);
        await clearMirror(tx, runId);
      }),
  };
}

const inOne = (
  db: DataSource,
  tx: EntityManager | undefined,
  work: (tx: EntityManager) => Promise<void>,
): Promise<void> => (tx === undefined ? db.transaction(work) : work(tx));

async function insert(tx: EntityManager, runId: number, points: readonly MetricPoint[]): Promise<void> {
  await tx.query(
    `INSERT INTO metric_point (run_id, split, level, name, step, value, std_value, fold_index)
     SELECT $1, split, level, name, step, value, std_value, fold_index
     FROM unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::float8[], $7::float8[], $8::int[]) WITH ORDINALITY
       AS point (split, level, name, step, value, std_value, fold_index, place) ORDER BY place`,
    [
      runId,
      points.map(({ split }) => split),
      points.map(({ level }) => level),
      points.map(({ name }) => name),
      points.map(({ step }) => step),
      points.map(({ value }) => value),
      points.map(({ stdValue }) => stdValue ?? null),
      points.map(({ foldIndex }) => foldIndex ?? null),
    ],
  );
}

function toPoint(row: PointRow): StoredPoint {
  return {
    id: row.id,
    split: row.split,
    level: row.level,
    name: row.name,
    step: row.step,
    value: row.value,
    ...(row.std_value === null ? {} : { stdValue: row.std_value }),
    ...(row.fold_index === null ? {} : { foldIndex: row.fold_index }),
    timestamp: row.timestamp,
  };
}

function scores(rows: readonly PointRow[]): RunScores {
  const collect = (split: SplitName, value: (row: PointRow) => number | null): Scores => {
    const entries = rows.flatMap((row) => {
      const found = row.split === split ? value(row) : null;
      return found === null ? [] : [[row.name, found] as const];
    });
    return entries.length === 0 ? null : Object.fromEntries(entries);
  };
  const keys = SPLITS.flatMap((split) => [
    [`${split}_metrics`, collect(split, ({ value }) => value)] as const,
    [`${split}_metrics_std`, collect(split, ({ std_value: std }) => std)] as const,
  ]);
  return Object.fromEntries(keys) as RunScores;
}
