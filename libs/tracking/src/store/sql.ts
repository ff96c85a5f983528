import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

import type { Tx } from './tracked-types.js';

/** Runs one statement; with a name, every connection plans it once. */
export type Sql = <R extends QueryResultRow>(text: string, values?: unknown[], name?: string) => Promise<R[]>;

const over =
  (connection: Pool | PoolClient): Sql =>
  async <R extends QueryResultRow>(text: string, values: unknown[] = [], name?: string) => {
    const statement: QueryConfig = name === undefined ? { text, values } : { text, values, name };
    return (await connection.query<R>(statement)).rows;
  };

/** Statements that need no transaction, each on whichever connection is free. */
export function sqlOf(db: DataSource): Sql {
  return over((db.driver as unknown as { readonly master: Pool }).master);
}

/** Does the work in the transaction given, or in one of its own. */
export async function within<T>(db: DataSource, tx: Tx, work: (sql: Sql) => Promise<T>): Promise<T> {
  if (tx === undefined) return db.transaction((own) => within(db, own, work));
  const client = (await tx.queryRunner?.connect()) as PoolClient | undefined;
  if (client === undefined) throw new Error('not in a transaction');
  return work(over(client));
}
