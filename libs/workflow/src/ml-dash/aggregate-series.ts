import { setImmediate as pause } from 'node:timers/promises';

import type { AnswerOf, Caller, InputOf, mlDashRoutes } from '#contract';
import type { PointColumns, TrackingStore } from '#tracking';

import type { Ports } from '../ports.js';
import { type Aligned, commonSteps, type Curve, curveOf, interpolate, summary } from './align-series.js';
import { type Metric, metricsOf } from './metric-source.js';
import { visibleRun } from './visible.js';

type Asked = InputOf<typeof mlDashRoutes.aggregate>['body'];
type Answer = AnswerOf<typeof mlDashRoutes.aggregate>;
type Series = Answer['result']['series'][number];

/** Points all curves of one answer may have together; longer ones are thinned out evenly. */
const MAX_POINTS = 1_000_000;
/** Words for the time of a row. */
const TIMES = new Set(['_ts', 'ts', 'time', 'timestamp']);

/** Lines up series of several experiments and summarises them at each x. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function aggregateSeries(ports: Ports, caller: Caller, asked: Asked): Promise<Answer> {
  const { alignmentMethod, bins, xKey, yKeys, statistics } = asked;
  const ids = [...new Set(asked.experimentIds)];
  for (const id of ids) await visibleRun(ports, caller, id);
  const metrics = await metricsOf(ports.tracked, ids);
  const budget = Math.max(100, Math.floor(MAX_POINTS / (ids.length * yKeys.length)));
  const series: Series[] = [];
  let totalDataPoints = 0;
  for (const key of yKeys) {
    const curves: Curve[] = [];
    for (const id of ids) curves.push(await readCurve(ports.tracked, metrics.get(id) ?? [], key, xKey, budget));
    totalDataPoints += curves.reduce((sum, { xs }) => sum + xs.length, 0);
    const aligned = alignmentMethod === 'interpolate' ? interpolate(curves, bins) : commonSteps(curves);
    series.push({
      metricName: key,
      xKey,
      data: dataOf(aligned, statistics),
      alignment: alignmentOf(aligned, alignmentMethod),
    });
    await pause();
  }
  return {
    status: 'success',
    result: { series, metadata: { experimentsProcessed: ids.length, totalDataPoints } },
    metadata: { bins, statistics },
  };
}

/** The curve of a key `metric/field`, or of a metric with one field beside the x; empty where there is none. */
async function readCurve(
  store: TrackingStore,
  metrics: readonly Metric[],
  key: string,
  xKey: string,
  budget: number,
): Promise<Curve> {
  for (const metric of metrics) {
    const y = fieldOf(metric, key, xKey);
    if (y === undefined) continue;
    const x = metric.series === undefined ? metric.fields.get(xKey) : undefined;
    const ids = x === undefined ? [y.id] : [y.id, x.id];
    const long = y.n > budget;
    const columns = long ? await store.series.sample(ids, budget) : await readAll(store, ids);
    const ys = columns.get(y.id);
    if (ys === undefined) return { xs: [], ys: [] };
    const xs = x === undefined ? ownX(ys, metric, xKey) : joined(columns.get(x.id), ys);
    return curveOf(ys.values.map((value, at) => [xs[at] ?? NaN, value] as const));
  }
  return { xs: [], ys: [] };
}

function fieldOf(metric: Metric, key: string, xKey: string) {
  for (const [field, series] of metric.fields) {
    if (key === `${metric.name}/${field}` || (metric.name === 'None' && key === field)) return series;
  }
  if (metric.name !== key) return undefined;
  const rest = [...metric.fields].filter(([field]) => field !== xKey && field !== 'step' && field !== 'epoch');
  return rest.length === 1 ? rest[0]![1] : undefined;
}

const readAll = async (store: TrackingStore, ids: readonly number[]): Promise<Map<number, PointColumns>> =>
  new Map(await Promise.all(ids.map(async (id) => [id, await store.series.read(id)] as const)));

/** Time, index, or what a series from elsewhere has as step and epoch. */
function ownX({ xs, times, epochs }: PointColumns, metric: Metric, xKey: string): readonly number[] {
  if (TIMES.has(xKey)) return times.map((ms) => ms / 1000);
  if (metric.series !== undefined && xKey === 'step') return xs;
  if (metric.series !== undefined && xKey === 'epoch') return epochs.map((epoch) => epoch ?? NaN);
  return xKey === 'index' ? xs : [];
}

/** Two fields of one metric share the row's index. */
function joined(x: PointColumns | undefined, y: PointColumns): number[] {
  const byIndex = new Map(x?.xs.map((index, at) => [index, x.values[at]!]));
  return y.xs.map((index) => byIndex.get(index) ?? NaN);
}

function dataOf({ xs, columns }: Aligned, statistics: Asked['statistics']): Series['data'] {
  const summaries = columns.map(summary);
  const has = new Set(statistics);
  return {
    x: xs,
    ...(has.has('MEAN') ? { mean: summaries.map(({ mean }) => mean) } : {}),
    ...(has.has('STD') ? { std: summaries.map(({ std }) => std) } : {}),
    ...(has.has('PERCENTILE_25') ? { percentile_25: summaries.map(({ quantile }) => quantile(0.25)) } : {}),
    ...(has.has('PERCENTILE_75') ? { percentile_75: summaries.map(({ quantile }) => quantile(0.75)) } : {}),
  };
}

const alignmentOf = ({ xs, interpolated }: Aligned, method: string): Series['alignment'] => ({
  method,
  alignedSteps: xs.length,
  interpolatedPoints: interpolated,
});
