import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import { appendRows } from './append-rows.js';
import { readPoints } from './read-points.js';
import { type Sql, sqlOf } from './sql.js';
import type { TrackedMetric, TrackedRow } from './tracked-types.js';
import type { TrackedRows } from './tracking-store.js';
import type { Writer } from './writer.js';

const COLUMNS = `id, run_id AS "runId", name, description, tags, metadata, next_index::float8 AS "nextIndex", created,
  last_modified AS "lastModified"`;

/** Rows of ML-Dash metrics: numbers in series, the rest beside them. */
export function openRows(db: DataSource, writer: Writer): TrackedRows {
  const sql = sqlOf(db);
  return {
    append: (rows) =>
      writer.write(rows.runId, rows.rows.length, (own) => appendRows(own, rows), {
        order: `${rows.runId} ${rows.metric}`,
      }),
    metrics: (runIds) =>
      sql<TrackedMetric>(`SELECT ${COLUMNS} FROM tracked_metric WHERE run_id = ANY($1::int[]) ORDER BY id`, [runIds]),
    async find(runId, metric) {
      const [row] = await sql<TrackedMetric>(
        `SELECT ${COLUMNS} FROM tracked_metric WHERE run_id = $1 AND name = $2`,
        [runId, metric],
        'tracked-metric-find',
      );
      return row;
    },
    read: (metricId, { from, limit }) => readRows(sql, metricId, from, limit),
  };
}

interface Parts {
  readonly entries: [string, unknown][];
  ts: number;
}

async function readRows(sql: Sql, metricId: number, from: number, limit: number): Promise<TrackedRow[]> {
  const [metric] = await sql<{ next: number }>(
    'SELECT next_index::float8 AS next FROM tracked_metric WHERE id = $1',
    [metricId],
    'tracked-metric-end',
  );
  if (metric === undefined) throw new AppError('tracked-series-not-found', { name: metricId });
  const to = Math.min(from + limit, metric.next) - 1;
  if (to < from) return [];
  const parts = Array.from({ length: to - from + 1 }, (): Parts => ({ entries: [], ts: 0 }));
  const fields = await sql<{ id: number; field: string }>(
    'SELECT id, field FROM tracked_series WHERE metric_id = $1 AND field IS NOT NULL ORDER BY id',
    [metricId],
    'tracked-metric-fields',
  );
  const columns = await Promise.all(fields.map(({ id }) => readPoints(sql, id, { from, to, limit })));
  for (const [at, { xs, values, ts }] of columns.entries()) {
    for (const [place, x] of xs.entries()) {
      const part = parts[x - from]!;
      part.entries.push([fields[at]!.field, values[place]]);
      part.ts = ts[place]!;
    }
  }
  const extras = await sql<{ idx: number; ts: number; extra: Record<string, unknown> }>(
    'SELECT idx::float8, ts::float8, extra FROM tracked_row_extra WHERE metric_id = $1 AND idx BETWEEN $2 AND $3',
    [metricId, from, to],
    'tracked-row-extra-read',
  );
  for (const { idx, ts, extra } of extras) {
    const part = parts[idx - from]!;
    part.entries.push(...Object.entries(extra));
    part.ts = ts;
  }
  return parts.map(({ entries, ts }, at) => ({
    index: from + at,
    data: Object.fromEntries([...entries, ['_ts', ts / 1e6]]),
    ts: new Date(ts / 1000),
  }));
}
