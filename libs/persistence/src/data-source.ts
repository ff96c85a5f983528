import 'reflect-metadata';
import { DataSource } from 'typeorm';

import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

/** How a program reaches the database. */
export interface DatabaseOptions {
  /** Connections the program may hold at once. */
  readonly poolSize?: number;
  /** What `pg_stat_activity` calls the program. */
  readonly applicationName?: string;
}

/**
 * Connects to an already migrated database.
 * @throws the driver's error when it cannot be reached.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<DataSource> {
  return dataSource(url, options).initialize();
}

/** A data source that is not connected yet. */
export function dataSource(
  url: string,
  { poolSize = 8, applicationName = 'millrace' }: DatabaseOptions = {},
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'migration',
    poolSize,
    applicationName,
    connectTimeoutMS: 5000,
    // An idle connection dropped by the server is replaced by the pool; the next query reports what still fails.
    poolErrorHandler: () => undefined,
    // Connections stay open: the first request after an idle minute must not wait for a new one.
    extra: { idleTimeoutMillis: 0, keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
  });
}
