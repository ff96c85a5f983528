import sqlite, { type Database } from 'node-sqlite3-wasm';
import { z } from 'zod';

import { AppError } from '#contract';

const flag = z.coerce.number().int().catch(0);
const text = z.string().nullable().catch(null);
const Experiment = z.object({
  id: z.int(),
  run_id: z.string().min(1).max(255),
  name: z.string().min(1).max(255),
  description: text,
  sort: z.int().catch(0),
  status: flag,
  show: flag,
  light: text,
  dark: text,
  pinned_opened: flag,
  hidden_opened: flag,
  version: text,
  create_time: text,
  finish_time: text,
});
const Tag = z.object({
  id: z.int(),
  experiment_id: z.int(),
  name: z.string().min(1),
  folder: text,
  type: z.string().catch(''),
});
const Chart = z.object({
  experiment_id: z.int(),
  name: z.string(),
  status: z.int().catch(0),
  /** Its place among pinned or hidden ones. */
  sort: z.int().nullable().catch(null),
  namespace: z.string(),
  opened: flag,
});
const Failure = z.object({ tag_id: z.int(), error: z.string() });

/** Rows of a log folder's database, checked; the columns are those of SwanLab's own tables (`reference/trackers` 3b). */
export interface SwanDatabase {
  readonly experiments: readonly z.infer<typeof Experiment>[];
  readonly tags: readonly z.infer<typeof Tag>[];
  /** Charts of experiments in the order they stand. */
  readonly charts: readonly z.infer<typeof Chart>[];
  readonly failures: ReadonlyMap<number, string>;
}

const MAX_ROWS = 1_000_000;
const TABLES = ['experiment', 'tag', 'chart', 'namespace', 'display', 'source'];

/** Reads a database file of this folder alone; its log, if any, is taken in. @throws AppError `swanlog-unreadable`. */
export function readSwanDatabase(path: string): SwanDatabase {
  let db: Database | undefined;
  try {
    db = new sqlite.Database(path, { fileMustExist: true });
    // Without shared memory a database with a log opens for one alone.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    checkTables(db);
    const failures = rows(db, Failure, `SELECT tag_id, error FROM source WHERE error IS NOT NULL AND error <> ''`);
    return {
      experiments: rows(db, Experiment, 'SELECT * FROM experiment ORDER BY sort, id'),
      tags: rows(db, Tag, 'SELECT id, experiment_id, name, folder, type FROM tag ORDER BY experiment_id, sort, id'),
      charts: rows(db, Chart, CHARTS),
      failures: new Map(failures.map(({ tag_id, error }) => [tag_id, error])),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('swanlog-unreadable', { reason: 'runs.swanlab' }, { cause: error });
  } finally {
    db?.close();
  }
}

const CHARTS = `SELECT c.experiment_id, c.name, c.status, c.sort, n.name AS namespace, n.opened FROM chart c
  JOIN display d ON d.chart_id = c.id JOIN namespace n ON n.id = d.namespace_id
  WHERE c.experiment_id IS NOT NULL ORDER BY c.experiment_id, c.id`;

/** A view in place of a table could run for ever, and is none of SwanLab's. */
function checkTables(db: Database): void {
  const found = db.all(`SELECT name FROM sqlite_master WHERE type = 'table'`).map(({ name }) => name);
  const missing = TABLES.filter((table) => !found.includes(table));
  if (missing.length > 0) throw new AppError('swanlog-unreadable', { reason: `runs.swanlab: ${missing.join(', ')}` });
}

/** Rows that are as they should be; others are left out. */
function rows<S extends z.ZodType>(db: Database, schema: S, sql: string): z.infer<S>[] {
  return db.all(`${sql} LIMIT ${MAX_ROWS}`).flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}
