import type { DataSource } from 'typeorm';

import { type JobEntity, MetricPointEntity } from '#persistence';
import { isToken, TOKEN_KINDS, tableKey } from '#storage';

import { ENGINE_NAME, ENGINE_SILENT_MS } from '../engine-folder.js';
import type { Ports } from '../ports.js';
import { attemptToken } from './attempt-token.js';

/** A table is named by a row within moments of its appearance; a day leaves time to put an old copy of the database right. */
const OWNERLESS_MS = 24 * 60 * 60 * 1000;

/**
 * Removes tables that no row names and no job that waits or runs could still finish: what is left when a row goes between a file
 * and its commit, or with a worker killed in between.
 * @returns the tokens removed.
 */
export async function sweepTables({ storage, db, log }: Ports, ageMs = OWNERLESS_MS): Promise<readonly string[]> {
  // Files first, rows after: whoever named one of them meanwhile is seen.
  const old = (await storage.listIdle('tables', ageMs)).filter(isToken);
  if (old.length === 0) return [];
  const kept = await tokensOfJobs(db);
  const ownerless = await unnamed(
    db,
    old.filter((token) => !kept.has(token)),
  );
  for (const token of ownerless) await storage.remove(tableKey(token));
  if (ownerless.length > 0) log.info({ tokens: ownerless }, 'tables of nobody removed');
  return ownerless;
}

/** Every table that an attempt of a live job may have made: its row names it only when the job has finished. */
async function tokensOfJobs(db: DataSource): Promise<ReadonlySet<string>> {
  const jobs = await db.query<Pick<JobEntity, 'id' | 'attempt'>[]>(
    `SELECT id, attempt FROM job WHERE state IN ('not_started', 'started')`,
  );
  return new Set(
    jobs.flatMap(({ id, attempt: last }) =>
      Array.from({ length: last }, (_, before) => before + 1).flatMap((attempt) =>
        TOKEN_KINDS.map((kind) => attemptToken(kind, { id, attempt })),
      ),
    ),
  );
}

/** Those of the tokens that are in no row of any table: first where they belong, then, for what is left, anywhere in a text. */
async function unnamed(db: DataSource, tokens: readonly string[]): Promise<readonly string[]> {
  let left = tokens;
  const columns = textColumns(db);
  const steps = [
    ...columns.filter(({ usual }) => usual).map((column) => ({ ...column, found: equals })),
    ...columns.map((column) => ({ ...column, found: contains })),
  ];
  for (const { table, column, found } of steps) {
    if (left.length === 0) return left;
    const rows = await db.query<{ token: string }[]>(found(table, column), [left]);
    const named = new Set(rows.map(({ token }) => token));
    left = left.filter((token) => !named.has(token));
  }
  return left;
}

const equals = (table: string, column: string): string =>
  `SELECT token FROM unnest($1::text[]) token JOIN "${table}" ON "${column}"::text IN (token, 'tables/' || token)`;
const contains = (table: string, column: string): string =>
  `SELECT token FROM unnest($1::text[]) token WHERE EXISTS (SELECT 1 FROM "${table}" WHERE position(token IN "${column}"::text) > 0)`;

interface TextColumn {
  readonly table: string;
  readonly column: string;
  /** Named as one that holds a token or a key. */
  readonly usual: boolean;
}

/** Points of metrics are many and name nothing. */
function textColumns(db: DataSource): TextColumn[] {
  return db.entityMetadatas
    .filter(({ target }) => target !== MetricPointEntity)
    .flatMap(({ tableName: table, columns }) =>
      columns
        .filter(({ type }) => type === 'text' || type === 'jsonb')
        .map(({ databaseName: column, type }) => ({
          table,
          column,
          usual: type === 'text' && /_(path|key)$/.test(column),
        })),
    );
}

/** Silent at the last look too: a machine that was asleep wakes owners and sweep in any order. */
const silent = new WeakMap<object, ReadonlySet<string>>();

/** Removes what engines of killed programs left on the disk. @returns the names removed. */
export async function sweepEngines(
  { storage }: Pick<Ports, 'storage'>,
  silentMs = ENGINE_SILENT_MS,
): Promise<string[]> {
  const now = (await storage.listIdle('partial', silentMs)).filter((name) => ENGINE_NAME.test(name));
  const before = silent.get(storage) ?? new Set();
  silent.set(storage, new Set(now));
  const gone = now.filter((name) => before.has(name));
  for (const name of gone) await storage.remove(`partial/${name}`);
  return gone;
}
