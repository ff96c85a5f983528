import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { House } from '../../test/chaos/house.js';

/** Statements by the program that sent them. */
export type Statements = Record<string, number>;

/** Lets Postgres write down every statement with the program that sent it; what begins before may still be missing. */
export async function logStatements(house: House): Promise<void> {
  await house.sql(`ALTER SYSTEM SET log_line_prefix = '@ %a '`);
  await house.sql(`ALTER SYSTEM SET log_min_duration_statement = 0`);
  await house.sql('SELECT pg_reload_conf()');
}

/** What Postgres was sent while this was done. */
export async function statementsOf(house: House, work: () => Promise<unknown>): Promise<Statements> {
  const before = log(house).length;
  await work();
  const counts: Statements = {};
  for (const [, program = ''] of log(house)
    .slice(before)
    .matchAll(/^@ (\S+) LOG:\s+duration: \S+ ms\s+(?:execute [^:]*|statement):/gm)) {
    counts[program] = (counts[program] ?? 0) + 1;
  }
  return counts;
}

function log(house: House): string {
  const [file] = readdirSync(house.home, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /postgres[^/]*\.log$/.test(name),
  );
  return readFileSync(join(house.home, file ?? 'no log of postgres'), 'utf8');
}
