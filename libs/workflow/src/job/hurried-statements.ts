import type { QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

import { type Prepared, queryPrepared } from '#persistence';

import type { Ports } from '../ports.js';

/** Finds the row of a job as a statement has written it. */
export interface Written {
  /** A condition on `job`, always the same text for one statement. */
  readonly where: string;
  readonly values: unknown[];
}

/**
 * Runs a statement on jobs that a person waits for, in a transaction of its own (ADR 0015). Its news goes ahead of the disk; its answer
 * does not: what was written is found again by another commit, which waits for the disk and takes everything before it there. When it
 * is not found, or the quick way was not free, the statement comes over the pool: it must do nothing twice.
 * @throws the driver's error.
 */
export async function runHurried<R extends QueryResultRow>(
  { db, feed }: Pick<Ports, 'db' | 'feed'>,
  statement: Prepared,
  values: unknown[],
  written: (row: R) => Written,
): Promise<R[]> {
  const rows = await feed.hurry<R>(statement, values);
  if (rows !== undefined && (rows[0] === undefined || (await isOnDisk(db, statement, written(rows[0]))))) return rows;
  return queryPrepared<R>(db, statement, values);
}

/**
 * A commit waits for the disk only when its transaction has written something to the log, be it a message that nobody reads. An error
 * says nothing of the row, and the statement would not know its own again, so a connection that was lost is asked for once more.
 */
async function isOnDisk(db: DataSource, { name }: Prepared, { where, values }: Written): Promise<boolean> {
  const text = `SELECT pg_logical_emit_message(true, 'millrace', '') FROM job WHERE ${where}`;
  const ask = (): Promise<unknown[]> => queryPrepared(db, { name: `${name}-on-disk`, text }, values);
  return (await ask().catch(ask)).length > 0;
}
