import { AppError } from '#contract';
import type { TrackedMetric, TrackedSeries, TrackingStore } from '#tracking';

import { grouped } from './grouped.js';

/** The path segment, and the name, of the metric without a name. */
const UNNAMED = 'None';

/**
 * A metric as the client knows it: a list of rows. It is either one that an ML-Dash client wrote, or a series of numbers that came from
 * elsewhere, whose points are rows `{value, step, epoch?}`.
 */
export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly total: number;
  readonly description: string | null;
  readonly tags: readonly string[] | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly created: Date;
  readonly lastModified: Date;
  /** Its numeric fields by name. */
  readonly fields: ReadonlyMap<string, TrackedSeries>;
  /** The series from elsewhere that it is. */
  readonly series: TrackedSeries | undefined;
}
export interface MetricRow {
  readonly index: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ts: Date;
}

/** All metrics of some runs, by run and in order of name. */
export async function metricsOf(
  { rows, series }: Pick<TrackingStore, 'rows' | 'series'>,
  runIds: readonly number[],
): Promise<Map<number, Metric[]>> {
  const [metrics, all] = await Promise.all([rows.metrics(runIds), series.list(runIds)]);
  const numbers = all.filter(({ kind }) => kind === 'number');
  const found = new Map<number, Metric[]>(runIds.map((id) => [id, []]));
  const taken = new Set<string>();
  const columns = grouped(numbers, ({ metricId }) => metricId);
  for (const metric of metrics) {
    const own = ownMetric(metric, columns.get(metric.id) ?? []);
    taken.add(`${metric.runId} ${own.name}`);
    found.get(metric.runId)?.push(own);
  }
  for (const one of columns.get(null) ?? []) {
    const metric = foreignMetric(one);
    if (!taken.has(`${one.runId} ${metric.name}`)) found.get(one.runId)?.push(metric);
  }
  for (const list of found.values()) list.sort((one, other) => (one.name < other.name ? -1 : 1));
  return found;
}

/** One metric of a run. @throws AppError `tracked-metric-not-found`. */
export async function metricOf(store: TrackingStore, runId: number, name: string): Promise<Metric> {
  const found = (await metricsOf(store, [runId])).get(runId)?.find((metric) => metric.name === name);
  if (found === undefined) throw new AppError('tracked-metric-not-found', { name });
  return found;
}

/** The store's name of a metric the client names. */
export const storedName = (name: string): string => (name === UNNAMED ? '' : name);

/** Rows from an index on. */
export async function readMetricRows(
  store: TrackingStore,
  metric: Metric,
  from: number,
  limit: number,
): Promise<MetricRow[]> {
  if (metric.series === undefined) return store.rows.read(Number(metric.id), { from, limit });
  const { id, n, firstX, lastX } = metric.series;
  // Steps without gaps are addressed; others are counted from the first.
  const dense = firstX !== null && lastX !== null && lastX - firstX + 1 === n;
  const { xs, values, epochs, times } = await store.series.read(
    id,
    dense ? { fromX: firstX + from, limit } : { limit: from + limit },
  );
  const skipped = dense ? 0 : from;
  return xs.slice(skipped).map((step, at) => {
    const epoch = epochs[skipped + at] ?? null;
    const data = { value: values[skipped + at]!, step, ...(epoch === null ? {} : { epoch }) };
    return { index: from + at, data, ts: new Date(times[skipped + at]!) };
  });
}

function ownMetric(metric: TrackedMetric, columns: readonly TrackedSeries[]): Metric {
  const { id, name, description, tags, metadata, nextIndex, created, lastModified } = metric;
  const fields = new Map(columns.map((one) => [one.field ?? one.name, one]));
  return {
    id: `${id}`,
    name: name === '' ? UNNAMED : name,
    total: nextIndex,
    description,
    tags,
    metadata,
    created,
    lastModified,
    fields,
    series: undefined,
  };
}

function foreignMetric(series: TrackedSeries): Metric {
  const { id, n, created, lastTs } = series;
  return {
    id: `s${id}`,
    name: labelOf(series),
    total: n,
    description: null,
    tags: null,
    metadata: null,
    created,
    // The time of the last point is its client's, whose clock may be behind.
    lastModified: lastTs !== null && lastTs > created ? lastTs : created,
    fields: new Map([['value', series]]),
    series,
  };
}

/** A series' name, and its context where there is one: `loss {subset=train}`. */
function labelOf({ name, context }: TrackedSeries): string {
  const words = Object.entries(context).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return words.length === 0 ? name : `${name} {${words.join(', ')}}`;
}
