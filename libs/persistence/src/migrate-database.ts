import { runMigrations } from 'bullmq';
import pg from 'pg';

import { dataSource } from './data-source.js';

/** Serialises whole migrations of several programs that start together; the number is arbitrary. */
const MIGRATION_LOCK = 7_240_901;

/**
 * Brings a database to the newest schema: our tables and, in schema `bullmq`, those of the queue. Safe to run by several
 * programs at once; a no-op when nothing is pending.
 * @throws the driver's error; every migration is one transaction, so a failed one leaves nothing behind.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'millrace-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const db = await dataSource(databaseUrl, { poolSize: 2, applicationName: 'millrace-migrate' }).initialize();
    try {
      await db.runMigrations({ transaction: 'each' });
    } finally {
      await db.destroy();
    }
    await runMigrations(client, 'bullmq');
  } finally {
    await client.end();
  }
}
