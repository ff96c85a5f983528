import type { Caller } from '#contract';

import type { Ports } from '../ports.js';
import { visibleRun } from './tracked-run-scope.js';

/** Which lines are read. */
export interface TrackedLogQuery {
  readonly stream: 'terminal' | 'record';
  readonly from_seq?: number | undefined;
  readonly search?: string | undefined;
  readonly newest_first: boolean;
  readonly limit: number;
}

/** What a run printed or recorded. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function readTrackedLog(ports: Ports, caller: Caller, id: number, query: TrackedLogQuery) {
  await visibleRun(ports, caller, id);
  const { lines, hasMore } = await ports.tracked.logs.read(id, {
    stream: query.stream === 'terminal' ? 0 : 1,
    descending: query.newest_first,
    limit: query.limit,
    ...(query.from_seq === undefined ? {} : { fromSeq: query.from_seq }),
    ...(query.search === undefined ? {} : { search: query.search }),
  });
  const wire = lines.map(({ seq, ts, level, message, meta }) => ({
    seq,
    time: ts.toISOString(),
    level,
    message,
    meta,
  }));
  return { lines: wire, has_more: hasMore };
}
