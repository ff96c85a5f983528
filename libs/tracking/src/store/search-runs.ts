import type { DataSource } from 'typeorm';

import { ConditionSql } from './condition-sql.js';
import type { FoundRun, RunOrder, RunSearch } from './search-types.js';
import { sampleObjects } from './sample-objects.js';
import { type Sql, sqlOf } from './sql.js';
import type { TrackedSearch } from './tracking-store.js';

/** Looks for runs by an indexable condition. */
export function openSearch(db: DataSource): TrackedSearch {
  const sql = sqlOf(db);
  return {
    candidates: (search) => searchRuns(sql, search),
    sampleObjects: (seriesId, count, range) => sampleObjects(sql, seriesId, count, range),
  };
}

const NEWEST: readonly RunOrder[] = [{ field: 'date', descending: true }];
const COLUMN: Readonly<Record<RunOrder['field'], string>> = {
  run: 'run.name COLLATE "C"',
  experiment: `coalesce((SELECT name FROM tracked_group WHERE id = run.group_id), '') COLLATE "C"`,
  hash: 'run.ext_id COLLATE "C"',
  date: 'run.started_at',
  duration: `coalesce(run.ended_at, CASE WHEN run.status IN ('queued', 'running') THEN now() ELSE run.last_seen END) - run.started_at`,
  description: `coalesce(run.description, '') COLLATE "C"`,
  creator: 'run.owner COLLATE "C"',
};

/** Ids alone: a hundred thousand runs are a few megabytes, and the order of a search stays what it was when it began. */
export async function searchRuns(sql: Sql, search: RunSearch): Promise<FoundRun[]> {
  const { text, values } = statementOf(search);
  return sql<{ id: number; extId: string }>(text, values);
}

/** Equal ones newest first, so that pages follow one another. */
export function statementOf(search: RunSearch): { text: string; values: unknown[] } {
  const condition = new ConditionSql(search);
  const where = condition.text();
  const order = (search.order ?? NEWEST).map(
    ({ field, descending }) => `${COLUMN[field]} ${descending ? 'DESC' : 'ASC'}`,
  );
  const text = `SELECT run.id, run.ext_id AS "extId" FROM tracked_run run WHERE ${where} ORDER BY ${order.join(', ')}, run.id DESC`;
  return { text, values: condition.values };
}
