import type { DataSource } from 'typeorm';

import { appendLogs } from './append-logs.js';
import { type Sql, sqlOf, within } from './sql.js';
import type { LogLine, LogQuery } from './tracked-types.js';
import type { TrackedLogs } from './tracking-store.js';

/** Lines of runs: what the terminal showed, and records with a level. */
export function openLogs(db: DataSource): TrackedLogs {
  const sql = sqlOf(db);
  return {
    append: (runId, stream, lines, { batch } = {}) =>
      within(db, undefined, (own) => appendLogs(own, runId, stream, lines, batch)),
    read: (runId, query) => readLogs(sql, runId, query),
    async count(runIds, stream) {
      const rows = await sql<{ run_id: number; lines: number }>(
        `SELECT run_id, count(*)::float8 AS lines FROM tracked_log WHERE run_id = ANY($1::int[]) AND stream = $2 GROUP BY run_id`,
        [runIds, stream],
      );
      return new Map([
        ...runIds.map((id) => [id, 0] as const),
        ...rows.map(({ run_id: id, lines }) => [id, lines] as const),
      ]);
    },
  };
}

async function readLogs(sql: Sql, runId: number, query: LogQuery): Promise<{ lines: LogLine[]; hasMore: boolean }> {
  const direction = query.descending === true ? 'DESC' : 'ASC';
  const order = query.orderBy === 'ts' ? `ts ${direction}, seq ${direction}` : `seq ${direction}`;
  const lines = await sql<LogLine>(
    `SELECT seq::float8, ts, level, message, meta FROM tracked_log
     WHERE run_id = $1 AND stream = $2 AND ($3::bigint IS NULL OR seq >= $3) AND ($4::bigint IS NULL OR seq <= $4)
       AND ($5::smallint[] IS NULL OR level = ANY($5)) AND ($6::timestamptz IS NULL OR ts >= $6)
       AND ($7::timestamptz IS NULL OR ts <= $7) AND ($8::text IS NULL OR strpos(lower(message), lower($8)) > 0)
     ORDER BY ${order} LIMIT $9 OFFSET $10`,
    [
      runId,
      query.stream,
      query.fromSeq ?? null,
      query.toSeq ?? null,
      query.levels ?? null,
      query.from ?? null,
      query.to ?? null,
      query.search ?? null,
      query.limit + 1,
      query.offset ?? 0,
    ],
  );
  return { lines: lines.slice(0, query.limit), hasMore: lines.length > query.limit };
}
