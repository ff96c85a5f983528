import { createHash } from 'node:crypto';

import { checkName, checkText, storableJson } from './limits.js';
import { takeRows } from './row-fields.js';
import type { SeriesBatch } from './series-batch.js';
import type { Sql } from './sql.js';
import type { AppendedRows, NewRows } from './tracked-types.js';

/** Gives rows their places and takes them apart; the points are written by the caller, in the same transaction. */
export async function appendRows(sql: Sql, given: NewRows): Promise<{ batches: SeriesBatch[]; answer: AppendedRows }> {
  const [metric] = await sql<{ id: number; next_index: string }>(
    `INSERT INTO tracked_metric AS metric (run_id, name, description, tags, metadata) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (run_id, name) DO UPDATE SET description = coalesce(excluded.description, metric.description),
       tags = coalesce(excluded.tags, metric.tags), metadata = coalesce(excluded.metadata, metric.metadata), last_modified = now()
     RETURNING id, next_index`,
    [
      given.runId,
      checkName('metric', given.metric),
      given.description ? checkText('description', given.description) : null,
      given.tags?.map((tag) => checkName('tags', tag)) ?? null,
      given.metadata ? storableJson('metadata', given.metadata) : null,
    ],
    'tracked-metric-open',
  );
  const { id: metricId, next_index: next } = metric!;
  const start = Number(next);
  const count = given.rows.length;
  // The metric's row is locked: a batch that is being sent again has been committed or never will be.
  const seen = await seenBefore(sql, given, start);
  if (seen) return { batches: [], answer: { metricId, ...seen, total: start } };
  const { batches, extras } = takeRows(given, metricId, start);
  if (extras.length > 0)
    await sql(
      `INSERT INTO tracked_row_extra (metric_id, idx, ts, extra)
       SELECT $1, idx, ts, extra::jsonb FROM unnest($2::bigint[], $3::bigint[], $4::text[]) row (idx, ts, extra)`,
      [metricId, extras.map(({ at }) => at), extras.map(({ ts }) => ts), extras.map(({ json }) => json)],
      'tracked-row-extra-insert',
    );
  await sql(
    'UPDATE tracked_metric SET next_index = $2 WHERE id = $1',
    [metricId, start + count],
    'tracked-metric-next',
  );
  return { batches, answer: { metricId, startIndex: start, count, total: start + count } };
}

/** Where the same rows landed before. Rows without times of their own are told apart by nothing and are never the same. */
async function seenBefore(
  sql: Sql,
  { runId, metric, rows }: NewRows,
  start: number,
): Promise<{ startIndex: number; count: number } | undefined> {
  if (rows.length === 0 || rows.some((row) => row['_ts'] === undefined)) return undefined;
  const text = JSON.stringify([metric, rows], (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return markSeen(sql, runId, `rows ${text}`, start, rows.length);
}

/** Remembers a batch, or answers where it landed the first time. */
export async function markSeen(
  sql: Sql,
  runId: number,
  text: string,
  start: number,
  count: number,
): Promise<{ startIndex: number; count: number } | undefined> {
  const hash = createHash('sha256').update(text).digest();
  const fresh = await sql(
    `INSERT INTO tracked_append_seen (run_id, batch_hash, start_idx, n) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
    [runId, hash, start, count],
    'tracked-append-seen',
  );
  if (fresh.length > 0) return undefined;
  const [seen] = await sql<{ start: number; n: number }>(
    'SELECT start_idx::float8 AS start, n FROM tracked_append_seen WHERE run_id = $1 AND batch_hash = $2',
    [runId, hash],
  );
  return { startIndex: seen!.start, count: seen!.n };
}
