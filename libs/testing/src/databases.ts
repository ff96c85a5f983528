import { randomBytes } from 'node:crypto';

import pg from 'pg';

/** A database of one test's own. */
export interface TestDatabase {
  readonly url: string;
  /** Ends whatever is connected and removes the database. */
  readonly drop: () => Promise<void>;
}

const TEMPLATE = 'millrace_template';
const TEMPLATE_LOCK = 4_711;

/**
 * A fresh, empty database; with `migrated` one that holds the whole schema, cloned from a template made once per run.
 * Rows of other tests are never in it.
 */
export async function testDatabase({ migrated = false }: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(async (admin) => {
    if (!migrated) return admin.query(`CREATE DATABASE ${name}`);
    // One at a time: Postgres refuses to copy a template that another session is copying or filling.
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(admin);
    return admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  return {
    url: urlOf(name),
    drop: () => asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** The template gets its name only when it is complete: one that failed to migrate is not taken for it. */
async function ensureTemplate(admin: pg.Client): Promise<void> {
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
  if (found.rowCount !== 0) return;
  const draft = `${TEMPLATE}_draft`;
  await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${draft}`);
  const { migrate } = await import('#persistence');
  await migrate(urlOf(draft));
  await admin.query(`ALTER DATABASE ${draft} RENAME TO ${TEMPLATE}`);
}

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(database: string): string {
  return serverUrl().replace(/[^/]*$/, database);
}

function serverUrl(): string {
  const url = process.env['MILLRACE_TEST_PG_URL'];
  if (url === undefined) throw new Error('MILLRACE_TEST_PG_URL is not set: run the tests through vitest.config.ts');
  return url;
}
