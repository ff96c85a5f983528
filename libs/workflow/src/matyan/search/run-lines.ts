import type { Caller, FileAnswer } from '#contract';
import type { StreamTree, Tree } from '#matyan';
import type { LogLine, LogStream } from '#tracking';

import type { Ports } from '../../ports.js';
import { matyanRun } from '../matyan-project.js';
import { epochSeconds } from '../run-props.js';
import { binaryAnswer } from './binary-answer.js';
import { float, storedTree } from './stored-tree.js';

export interface LinesAsked {
  readonly hash: string;
  /** The last one is not included. */
  readonly range: { readonly from: number | undefined; readonly to: number | undefined };
}

/** Without a range the last so many. */
const LAST = 200;
/** Lines read at a time. */
const PAGE = 1000;

/** What the terminal showed, by step. @throws AppError `tracked-run-not-found`. */
export async function matyanRunLines(ports: Ports, caller: Caller, given: LinesAsked): Promise<FileAnswer> {
  const run = await matyanRun(ports, caller, given.hash);
  return binaryAnswer(trees(lines(ports, run.id, 0, given.range), ({ message }) => message));
}

/** Log records, by step, after how many there are. @throws AppError `tracked-run-not-found`. */
export async function matyanRunRecords(ports: Ports, caller: Caller, given: LinesAsked): Promise<FileAnswer> {
  const run = await matyanRun(ports, caller, given.hash);
  const count = (await ports.tracked.logs.count([run.id], 1)).get(run.id) ?? 0;
  return binaryAnswer(trees(lines(ports, run.id, 1, given.range), recordTree, { log_records_count: count }));
}

async function* trees(
  source: AsyncIterable<LogLine[]>,
  write: (line: LogLine) => Tree,
  first?: StreamTree,
): AsyncGenerator<StreamTree> {
  if (first) yield first;
  for await (const page of source) yield new Map(page.map((line) => [line.seq, write(line)]));
}

async function* lines(
  ports: Ports,
  runId: number,
  stream: LogStream,
  { from, to }: LinesAsked['range'],
): AsyncGenerator<LogLine[]> {
  const { logs } = ports.tracked;
  if (from === undefined && to === undefined) {
    const { lines: last } = await logs.read(runId, { stream, descending: true, limit: LAST });
    if (last.length > 0) yield last.reverse();
    return;
  }
  let next = from ?? 0;
  for (let more = true; more;) {
    const bounds = { fromSeq: next, ...(to === undefined ? {} : { toSeq: to - 1 }) };
    const page = await logs.read(runId, { stream, ...bounds, limit: PAGE });
    if (page.lines.length > 0) yield page.lines;
    more = page.hasMore;
    next = (page.lines.at(-1)?.seq ?? next) + 1;
  }
}

const LEVELS: readonly [from: number, name: string][] = [
  [50, 'CRITICAL'],
  [40, 'ERROR'],
  [30, 'WARNING'],
  [20, 'INFO'],
  [10, 'DEBUG'],
];

function recordTree({ message, level, ts, meta }: LogLine): Tree {
  return {
    message,
    log_level: LEVELS.find(([from]) => level >= from)?.[1] ?? 'NOTSET',
    timestamp: float(epochSeconds(ts)),
    args: storedTree(meta?.['args'] ?? null),
    logger_info: storedTree(meta?.['logger_info'] ?? null),
    is_notified: false,
  };
}
