import { limitPassed } from './limit-passed.js';
import { contextIdOfName, keyOf, type SeriesName } from './series-batch.js';
import type { Sql } from './sql.js';

/** Series a run may have: ten times what dashboards can show. */
const SERIES_PER_RUN = 10_000;
/** Ids this process remembers; the oldest go first. */
const REMEMBERED = 200_000;

/** Ids of series by key. An id of a rolled back or purged series is found out when its row cannot be locked. */
export class SeriesIds {
  private readonly ids = new Map<string, number>();

  get(key: string): number | undefined {
    return this.ids.get(key);
  }
  keep(found: ReadonlyMap<string, number>): void {
    for (const [key, id] of found) this.ids.set(key, id);
    for (const key of this.ids.keys()) {
      if (this.ids.size <= REMEMBERED) break;
      this.ids.delete(key);
    }
  }
  forget(keys: Iterable<string>): void {
    for (const key of keys) this.ids.delete(key);
  }
}

/** Gets or makes series, in a fixed order: two that need the same new ones wait for each other in one direction only. */
export async function resolveSeries(sql: Sql, names: readonly SeriesName[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const sorted = [...names].sort((a, b) => a.runId - b.runId || (keyOf(a) < keyOf(b) ? -1 : 1));
  const columns = [
    sorted.map(({ runId }) => runId),
    sorted.map(({ kind }) => kind),
    sorted.map(({ name }) => name),
    sorted.map((name) => contextIdOfName(name)),
    sorted.map(({ context }) => context),
  ];
  const ofMetric = [sorted.map(({ metricId }) => metricId), sorted.map(({ field }) => field)];
  const made = await sql(
    `INSERT INTO tracked_series (run_id, kind, name, context_id, context, dtype, metric_id, field)
     SELECT run_id, kind, name, context_id, context::jsonb, dtype, metric_id, field
     FROM unnest($1::int[], $2::smallint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::int[], $8::text[])
       WITH ORDINALITY given (run_id, kind, name, context_id, context, dtype, metric_id, field, place) ORDER BY place
     ON CONFLICT (run_id, kind, name, context_id, context, metric_id, field) DO NOTHING RETURNING 1`,
    [...columns, sorted.map(({ dtype }) => dtype), ...ofMetric],
  );
  if (made.length > 0) await checkNumber(sql, [...new Set(sorted.map(({ runId }) => runId))]);
  const rows = await sql<{ place: number; id: number }>(
    `SELECT place::int, series.id FROM unnest($1::int[], $2::smallint[], $3::text[], $4::bigint[], $5::text[], $6::int[], $7::text[])
       WITH ORDINALITY given (run_id, kind, name, context_id, context, metric_id, field, place)
     JOIN tracked_series series USING (run_id, kind, name, context_id)
     WHERE series.context = given.context::jsonb AND series.metric_id IS NOT DISTINCT FROM given.metric_id
       AND series.field IS NOT DISTINCT FROM given.field`,
    [...columns, ...ofMetric],
  );
  return new Map(rows.map(({ place, id }) => [keyOf(sorted[place - 1]!), id]));
}

async function checkNumber(sql: Sql, runIds: readonly number[]): Promise<void> {
  const full = await sql(
    'SELECT 1 FROM tracked_series WHERE run_id = ANY($1::int[]) GROUP BY run_id HAVING count(*) > $2 LIMIT 1',
    [runIds, SERIES_PER_RUN],
  );
  if (full.length > 0) throw limitPassed('series', SERIES_PER_RUN, 'entries');
}
