import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/** A statement by its name, which belongs to this one text. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs one statement, in a transaction of its own, that every connection parses and plans once. It names its columns: a `*` would
 * fail on open connections when a migration adds one.
 * @throws the driver's error.
 */
export async function queryPrepared<R extends QueryResultRow>(
  db: DataSource,
  { name, text }: Prepared,
  values: unknown[],
): Promise<R[]> {
  const { master } = db.driver as unknown as { readonly master: Pool };
  return (await master.query<R>({ name, text, values })).rows;
}
