import { createHash } from 'node:crypto';

import type { z } from 'zod';

import { type Caller, type InputOf, mlDashMoment, type mlDashRoutes, type WireMlDashLog } from '#contract';
import type { LogLine } from '#tracking';

import type { Ports } from '../ports.js';
import { visibleRun, writableRun } from './visible.js';

/** Records, beside terminal output. */
const RECORDS = 1;
const LEVELS = { debug: 10, info: 20, warn: 30, error: 40, fatal: 50 } as const;
type Level = keyof typeof LEVELS;

/** Appends lines, all or none; the same batch again is not stored twice. @throws AppError `tracked-run-not-found`, `tracked-run-gone`, `tracked-run-protected`. */
export async function appendLogs(
  ports: Ports,
  caller: Caller,
  id: number,
  lines: InputOf<typeof mlDashRoutes.appendLogs>['body']['logs'],
): Promise<{ created: number; startSequence: number; endSequence: number; experimentId: string }> {
  await writableRun(ports, caller, id);
  const { start, end } = await ports.tracked.logs.append(
    id,
    RECORDS,
    lines.map(({ timestamp, level, message, metadata }) => ({
      ts: mlDashMoment(timestamp)!,
      level: LEVELS[level],
      message,
      meta: metadata ?? null,
    })),
    // Lines carry their microseconds: the same ones again are the same batch, sent again.
    { batch: createHash('sha256').update(JSON.stringify(lines)).digest('hex') },
  );
  return { created: lines.length, startSequence: start, endSequence: end, experimentId: `${id}` };
}

/** A page of lines. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function readLogs(
  ports: Ports,
  caller: Caller,
  id: number,
  query: InputOf<typeof mlDashRoutes.logs>['query'],
): Promise<{ logs: z.infer<typeof WireMlDashLog>[]; hasMore: boolean }> {
  await visibleRun(ports, caller, id);
  const { lines, hasMore } = await ports.tracked.logs.read(id, {
    stream: RECORDS,
    limit: query.limit,
    offset: query.offset,
    orderBy: query.orderBy === 'timestamp' ? 'ts' : 'seq',
    descending: query.order === 'desc',
    ...(query.level === undefined ? {} : { levels: query.level.map((level) => LEVELS[level]) }),
    ...(query.startTime === undefined ? {} : { from: query.startTime }),
    ...(query.endTime === undefined ? {} : { to: query.endTime }),
    ...(query.search === undefined ? {} : { search: query.search }),
  });
  return { logs: lines.map((line) => wireLog(id, line)), hasMore };
}

const wireLog = (runId: number, { seq, ts, level, message, meta }: LogLine): z.infer<typeof WireMlDashLog> => ({
  id: `${runId}-${seq}`,
  sequenceNumber: seq,
  timestamp: ts.toISOString(),
  level: levelOf(level),
  message,
  metadata: meta,
});

/** Other clients log levels in between: the next one above. */
function levelOf(level: number): Level {
  return (Object.keys(LEVELS) as Level[]).find((name) => LEVELS[name] >= level) ?? 'fatal';
}
