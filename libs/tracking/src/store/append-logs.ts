import { storableText } from '#contract';

import { markSeen } from './append-rows.js';
import { HEARD, hearFrom, throwUnlessLive } from './live-run.js';
import { checkX } from './series-batch.js';
import { inItem, storableJson } from './limits.js';
import type { Sql } from './sql.js';
import type { LogStream, NewLogLine } from './tracked-types.js';
import { withoutSeen } from './without-seen.js';

/** Bytes of a message; what is longer is cut. */
const MESSAGE_BYTES = 64 * 1024;
/** Which counter of a run gives a stream its places. */
const COUNTERS = ['line_seq', 'log_seq'] as const;

/** Lines at their places, all or none. @throws AppError `tracked-run-gone`, `tracked-run-not-found`, `tracked-limit-passed`. */
export async function appendLogs(
  sql: Sql,
  runId: number,
  stream: LogStream,
  given: readonly NewLogLine[],
  batch: string | undefined,
): Promise<{ start: number; end: number }> {
  const counter = COUNTERS[stream];
  const [run] = await sql<{ next: number; gone: boolean }>(
    `SELECT ${counter}::float8 AS next, deleted_at IS NOT NULL AS gone FROM tracked_run WHERE id = $1 FOR NO KEY UPDATE`,
    [runId],
  );
  throwUnlessLive(runId, run?.gone);
  let { next } = run!;
  const lines = await withoutSeen(sql, runId, given);
  if (lines.length === 0) {
    if (given.length > 0) await hearFrom(sql, [runId]);
    return { start: next, end: next };
  }
  const seen =
    batch === undefined ? undefined : await markSeen(sql, runId, `log ${stream} ${batch}`, next, lines.length);
  if (seen) {
    await hearFrom(sql, [runId]);
    return { start: seen.startIndex, end: seen.startIndex + seen.count - 1 };
  }
  const places = lines.map(({ seq }) => {
    const place = seq === undefined ? next : checkX(seq);
    next = Math.max(next, place + 1);
    return place;
  });
  const own = lines.map((line, at) => (lines.length === 1 ? stored(line) : inItem(`lines.${at}`, () => stored(line))));
  await insert(sql, runId, stream, new Map(places.map((place, at) => [place, own[at]!])));
  await sql(`UPDATE tracked_run SET ${counter} = $2, ${HEARD} WHERE id = $1`, [runId, next]);
  return { start: places[0]!, end: places.at(-1)! };
}

type StoredLine = readonly [ts: Date, level: number, message: string, meta: string | null];

/** A terminal prints anything: what the database does not take is replaced, and what is too long is cut. */
function stored({ ts, level, message, meta }: NewLogLine): StoredLine {
  const text = storableText(message);
  const bytes = Buffer.from(text);
  if (bytes.length <= MESSAGE_BYTES) return [ts, level, text, meta ? storableJson('meta', meta) : null];
  // The last character may be cut in half, and is left out then.
  const cut = bytes
    .subarray(0, MESSAGE_BYTES)
    .toString()
    .replace(/\uFFFD$/, '');
  return [ts, level, cut, storableJson('meta', { ...meta, truncated: true })];
}

async function insert(
  sql: Sql,
  runId: number,
  stream: LogStream,
  lines: ReadonlyMap<number, StoredLine>,
): Promise<void> {
  const own = [...lines.values()];
  await sql(
    `INSERT INTO tracked_log (run_id, stream, seq, ts, level, message, meta)
     SELECT $1, $2, seq, ts, level, message, meta::jsonb
     FROM unnest($3::bigint[], $4::timestamptz[], $5::smallint[], $6::text[], $7::text[]) line (seq, ts, level, message, meta)
     ON CONFLICT (run_id, stream, seq) DO UPDATE SET ts = excluded.ts, level = excluded.level, message = excluded.message,
       meta = excluded.meta`,
    [
      runId,
      stream,
      [...lines.keys()],
      own.map(([ts]) => ts),
      own.map(([, level]) => level),
      own.map(([, , message]) => message),
      own.map(([, , , meta]) => meta),
    ],
    'tracked-log-insert',
  );
}
