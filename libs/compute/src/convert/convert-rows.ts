import type { RowConverter } from '#components';
import { AppError } from '#contract';
import { column, select, type Frame } from '#frame';
import type { TableMeta } from '#tables';

import type { TaskHost } from '../host.js';
import { withColumns } from '../numeric-failure.js';

const CHUNK_ROWS = 65_536;

/** What a converter of rows works on: columns and rows of a table, and what it is to do with them. */
export interface RowConversion {
  readonly converter: RowConverter;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly folder: string;
  readonly meta: TableMeta;
  readonly scope: readonly string[];
  /** Row numbers, null for all. */
  readonly rows: readonly number[] | null;
  readonly goal: string | null;
}

/**
 * Writes the table with fewer or more rows to `target`. Rows outside the scope stay where they were, made ones come last. A
 * converter that judges row by row sees the table in parts, so that only one part is in memory.
 * @throws AppError `no-rows` when none would be left, and what the converter throws.
 */
export async function convertRows(
  host: TaskHost,
  work: RowConversion,
  target: string,
  signal: AbortSignal,
): Promise<TableMeta> {
  const { folder, meta } = work;
  const stays = new Uint8Array(meta.rows).fill(1);
  const numbers = work.rows === null ? null : [...new Set(work.rows)].sort((a, b) => a - b);
  const made = work.converter.rowByRow
    ? await byParts(host, work, { stays, numbers }, signal)
    : await atOnce(host, work, { stays, numbers }, signal);
  const kept = new Int32Array(stays.reduce((sum, one) => sum + one, 0));
  for (let row = 0, at = 0; row < stays.length; row++) if (stays[row]) kept[at++] = row;
  if (kept.length + (made?.rows ?? 0) === 0) throw new AppError('no-rows');
  host.progress(0.7, 'saving-results');
  return host.tables.changeRows(folder, { kept, added: made }, target, { signal });
}

interface Rows {
  /** 1 per row that stays; the converter's verdict is written here. */
  readonly stays: Uint8Array;
  /** Row numbers in scope, rising; null for all. */
  readonly numbers: readonly number[] | null;
}

async function byParts(
  host: TaskHost,
  work: RowConversion,
  { stays, numbers }: Rows,
  signal: AbortSignal,
): Promise<null> {
  const total = numbers?.length ?? stays.length;
  for (let start = 0; start < total; start += CHUNK_ROWS) {
    host.progress(0.7 * (start / total), 'converting');
    const count = Math.min(CHUNK_ROWS, total - start);
    const rows = numbers ? numbers.slice(start, start + count) : { start, count };
    const part = await host.tables.readFrame(work.folder, { columns: work.scope, rows, signal });
    judge(host, work, part, { stays, numberOf: (at) => (numbers ? numbers[start + at]! : start + at) });
  }
  return null;
}

async function atOnce(
  host: TaskHost,
  work: RowConversion,
  { stays, numbers }: Rows,
  signal: AbortSignal,
): Promise<Frame | null> {
  host.progress(0, 'loading-data');
  const { folder, scope, goal } = work;
  const wanted = goal === null ? [...scope] : [...scope, goal];
  const frame = await host.tables.readFrame(folder, { columns: wanted, rows: numbers ?? undefined, signal });
  if (frame.rows === 0) throw new AppError('no-rows');
  host.progress(0.3, 'converting');
  return judge(host, work, frame, { stays, numberOf: (at) => numbers?.[at] ?? at });
}

/** Asks the converter about these rows. Answers the rows it makes. */
function judge(
  host: TaskHost,
  { converter, params, seed, scope, goal }: RowConversion,
  frame: Frame,
  { stays, numberOf }: { stays: Uint8Array; numberOf: (at: number) => number },
): Frame | null {
  const target = goal === null ? null : column(frame, goal);
  const context = { seed, tick: host.tick, parallel: host.parallel };
  const { kept, made } = withColumns({ sources: scope, output: goal ?? '' }, () =>
    converter.resample(select(frame, scope), target, params, context),
  );
  for (let at = 0; at < frame.rows; at++) stays[numberOf(at)] = 0;
  for (const at of kept) stays[numberOf(at)] = 1;
  return made;
}
