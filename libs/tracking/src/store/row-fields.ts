import { limitPassed } from './limit-passed.js';
import { checkName, inItem, LIMITS, storableJson } from './limits.js';
import { checkX, type SeriesBatch, type SeriesName } from './series-batch.js';
import type { NewRows } from './tracked-types.js';

type Row = NewRows['rows'][number];

/** Rows taken apart: a series for every field of numbers, and what is no number as JSON by the row's place. */
export interface TakenRows {
  readonly batches: SeriesBatch[];
  readonly extras: { readonly at: number; readonly ts: number; readonly json: string }[];
}

/** The time of a row in microseconds: `_ts`, in seconds with a fraction. @throws AppError `tracked-limit-passed`. */
export function rowTime(row: Row, now: number): number {
  const seconds = row['_ts'];
  if (seconds === undefined) return now;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || Math.abs(seconds) > 9e9)
    throw limitPassed('_ts', 9e9);
  return Math.round(seconds * 1e6);
}

/**
 * Numbers of a row are points of the series `metric/field`; what is not a number stays as it came, and the numbers within it are
 * series too, for charts (`metric/field.inner`).
 * @throws AppError `tracked-limit-passed`, `text-unstorable`.
 */
export function takeRows({ runId, metric, rows }: NewRows, metricId: number, start: number): TakenRows {
  const now = Date.now() * 1000;
  const batches = new Map<string, SeriesBatch>();
  const extras: TakenRows['extras'] = [];
  const prefix = metric === '' ? '' : `${metric}/`;
  const add = (field: string, own: boolean, x: number, ts: number, value: number): void => {
    const key = `${own ? '' : ' '}${field}`;
    let batch = batches.get(key);
    if (batch === undefined) {
      const series: SeriesName = {
        runId,
        kind: 0,
        name: checkName('field', prefix + field),
        context: '{}',
        dtype: null,
        metricId,
        field: own ? field : null,
      };
      batches.set(key, (batch = { series, xs: [], values: [], epochs: [], ts: [] }));
    }
    batch.xs.push(x);
    batch.values.push(value);
    batch.epochs.push(null);
    batch.ts.push(ts);
  };
  const take = (row: Row, x: number): void => {
    const ts = rowTime(row, now);
    const rest: [string, unknown][] = [];
    let numbers = 0;
    for (const [field, value] of Object.entries(row)) {
      if (field === '_ts') continue;
      if (typeof value !== 'number') {
        rest.push([field, value]);
        continue;
      }
      add(field, true, x, ts, value);
      numbers++;
    }
    if (rest.length === 0 && numbers > 0) return;
    const extra: unknown = Object.fromEntries(rest);
    extras.push({ at: x, ts, json: storableJson('fields', extra) });
    for (const [path, value] of innerNumbers(extra))
      if (prefix.length + path.length <= LIMITS.name) add(path, false, x, ts, value);
  };
  for (const [at, row] of rows.entries()) inItem(`rows.${at}`, () => take(row, checkX(start + at)));
  return { batches: [...batches.values()], extras };
}

/** Numbers in objects in objects, by dotted path. */
function* innerNumbers(value: unknown, above = ''): Generator<readonly [string, number]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const path = above === '' ? key : `${above}.${key}`;
    if (typeof inner === 'number') yield [path, inner];
    else yield* innerNumbers(inner, path);
  }
}
