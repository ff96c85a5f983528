import { limitPassed } from './limit-passed.js';
import { canonicalJson, contextIdOf } from './canonical-json.js';
import { checkName, LIMITS, storableJson } from './limits.js';
import type { NewColumns, NewPoint, SeriesContext, SeriesKind } from './tracked-types.js';
import { SERIES_KINDS } from './tracked-types.js';

/** What tells a series from others of its run, and what it is born with. */
export interface SeriesName {
  readonly runId: number;
  /** Index of the kind. */
  readonly kind: number;
  readonly name: string;
  /** Canonical JSON. */
  readonly context: string;
  readonly dtype: string | null;
  readonly metricId: number | null;
  readonly field: string | null;
}

/** Points of one series in the order they were given, in columns. */
export interface SeriesBatch {
  readonly series: SeriesName;
  readonly xs: (number | null)[];
  readonly values: number[];
  readonly epochs: (number | null)[];
  /** Microseconds since 1970. */
  readonly ts: number[];
}

/** A series in caches and maps. */
export const keyOf = ({ runId, kind, name, context, metricId, field }: SeriesName): string =>
  `${runId} ${kind} ${metricId} ${field === null ? 0 : 1} ${context} ${name}`;

/** @throws AppError `tracked-limit-passed`, `text-unstorable`. */
export function seriesName(
  { runId, name, context, dtype = null }: Pick<NewPoint, 'runId' | 'name' | 'context' | 'dtype'>,
  kind: SeriesKind = 'number',
): SeriesName {
  checkName('name', name);
  if (dtype !== null) checkName('dtype', dtype);
  return {
    runId,
    kind: SERIES_KINDS.indexOf(kind),
    name,
    context: contextText(context),
    dtype,
    metricId: null,
    field: null,
  };
}

function contextText(context: SeriesContext | undefined): string {
  if (context === undefined || Object.keys(context).length === 0) return '{}';
  storableJson('context', context, LIMITS.context);
  return canonicalJson(context);
}
export const contextIdOfName = ({ context }: SeriesName): number => contextIdOf(context);

/** Microseconds of a date; `Date` has no more than milliseconds. */
export const microsOf = (date: Date): number => date.getTime() * 1000;

/** @throws AppError `tracked-limit-passed`: an ordinal is a whole number that a double holds. */
export function checkX(x: number): number {
  if (!Number.isSafeInteger(x)) throw limitPassed('x', Number.MAX_SAFE_INTEGER);
  return x;
}
/** @throws AppError `tracked-limit-passed`. */
export function checkEpoch(epoch: number | null): number | null {
  if (epoch !== null && (!Number.isInteger(epoch) || Math.abs(epoch) > 2 ** 31 - 1))
    throw limitPassed('epoch', 2 ** 31 - 1);
  return epoch;
}

/** Points by series, each series' in the order given. @throws AppError `tracked-limit-passed`, `text-unstorable`. */
export function batchesOf(points: readonly NewPoint[]): SeriesBatch[] {
  const batches = new Map<string, SeriesBatch>();
  const now = Date.now() * 1000;
  let last: { point: NewPoint; batch: SeriesBatch } | undefined;
  for (const point of points) {
    // Points come in stretches of one series: its context is made canonical once.
    const same =
      last?.point.name === point.name && last.point.runId === point.runId && last.point.context === point.context;
    const batch: SeriesBatch = same ? last!.batch : batchOf(batches, seriesName(point));
    last = { point, batch };
    if (typeof point.value !== 'number') throw new TypeError('a value is a number');
    batch.xs.push(point.x === null ? null : checkX(point.x));
    batch.values.push(point.value);
    batch.epochs.push(checkEpoch(point.epoch ?? null));
    batch.ts.push(point.ts ? checkMicros(point.ts.getTime()) : now);
  }
  return [...batches.values()];
}

/** Columns as a batch. @throws AppError `tracked-limit-passed`, `text-unstorable`. */
export function columnBatch(runId: number, { name, context, xs, values, epochs, times }: NewColumns): SeriesBatch {
  const now = Date.now() * 1000;
  return {
    series: seriesName({ runId, name, ...(context ? { context } : {}) }),
    xs: xs ? xs.map((x) => (x === null ? null : checkX(x))) : new Array<null>(values.length).fill(null),
    values: [...values],
    epochs: epochs ? epochs.map(checkEpoch) : new Array<null>(values.length).fill(null),
    ts: times ? times.map(checkMicros) : new Array<number>(values.length).fill(now),
  };
}

function checkMicros(time: number): number {
  if (!(Math.abs(time) < 9e12)) throw limitPassed('time', 9e12);
  return Math.round(time * 1000);
}

function batchOf(batches: Map<string, SeriesBatch>, series: SeriesName): SeriesBatch {
  const key = keyOf(series);
  let batch = batches.get(key);
  if (batch === undefined) batches.set(key, (batch = { series, xs: [], values: [], epochs: [], ts: [] }));
  return batch;
}
