import type { z } from 'zod';

import type { Caller, InputOf, mlDashRoutes, WireMlDashMetric, WireMlDashPoint, WireMlDashStats } from '#contract';
import type { TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';
import { CHUNK_ROWS } from './append-rows.js';
import { type Metric, metricOf, type MetricRow, metricsOf, readMetricRows } from './metric-source.js';
import { visibleRun } from './visible.js';

type Point = z.infer<typeof WireMlDashPoint>;
type Params = InputOf<typeof mlDashRoutes.data>['params'];

/** The metrics of an experiment. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function listMetrics(
  ports: Ports,
  caller: Caller,
  id: number,
): Promise<{ metrics: z.infer<typeof WireMlDashMetric>[] }> {
  await visibleRun(ports, caller, id);
  return { metrics: ((await metricsOf(ports.tracked, [id])).get(id) ?? []).map(wireMetric) };
}

/** Rows by index; `bufferOnly` those after the last whole chunk. @throws AppError `tracked-metric-not-found` and as {@link listMetrics}. */
export async function readMetricData(
  ports: Ports,
  caller: Caller,
  { experimentId, name }: Params,
  query: InputOf<typeof mlDashRoutes.data>['query'],
): Promise<{ data: Point[]; startIndex: number; endIndex: number; total: number; hasMore: boolean }> {
  await visibleRun(ports, caller, experimentId);
  const metric = await metricOf(ports.tracked, experimentId, name);
  const buffered = query.bufferOnly === 'true';
  const from = buffered ? wholeChunks(metric) * CHUNK_ROWS : query.startIndex;
  const rows = await readMetricRows(ports.tracked, metric, from, buffered ? CHUNK_ROWS : query.limit);
  const end = from + rows.length;
  const hasMore = !buffered && end < metric.total && rows.length > 0;
  return {
    data: rows.map(wirePoint),
    startIndex: from,
    endIndex: Math.max(from, end - 1),
    total: rows.length,
    hasMore,
  };
}

/** The rows of one chunk, empty past the last. @throws AppError as {@link readMetricData}. */
export async function readMetricChunk(
  ports: Ports,
  caller: Caller,
  { experimentId, name, chunk }: InputOf<typeof mlDashRoutes.chunk>['params'],
): Promise<{ chunkNumber: number; startIndex: number; endIndex: number; dataCount: number; data: Point[] }> {
  await visibleRun(ports, caller, experimentId);
  const metric = await metricOf(ports.tracked, experimentId, name);
  const startIndex = chunk * CHUNK_ROWS;
  const rows = startIndex < metric.total ? await readMetricRows(ports.tracked, metric, startIndex, CHUNK_ROWS) : [];
  const endIndex = startIndex + Math.max(0, rows.length - 1);
  return { chunkNumber: chunk, startIndex, endIndex, dataCount: rows.length, data: rows.map(wirePoint) };
}

/** What a metric holds, in numbers. @throws AppError as {@link readMetricData}. */
export async function readMetricStats(
  ports: Ports,
  caller: Caller,
  { experimentId, name }: Params,
): Promise<z.infer<typeof WireMlDashStats>> {
  await visibleRun(ports, caller, experimentId);
  const metric = await metricOf(ports.tracked, experimentId, name);
  const [first] = await readMetricRows(ports.tracked, metric, 0, 1);
  const [last] = metric.total > 0 ? await readMetricRows(ports.tracked, metric, metric.total - 1, 1) : [];
  const chunks = wholeChunks(metric);
  return {
    ...wireMetric(metric),
    metadata: metric.metadata,
    totalChunks: chunks,
    chunkSize: CHUNK_ROWS,
    chunkedDataPoints: `${chunks * CHUNK_ROWS}`,
    bufferedDataPoints: `${metric.total - chunks * CHUNK_ROWS}`,
    firstDataAt: first?.ts.toISOString() ?? null,
    lastDataAt: last?.ts.toISOString() ?? null,
    updatedAt: metric.lastModified.toISOString(),
    count: metric.total,
    firstValue: first?.data ?? null,
    lastValue: last?.data ?? null,
    fields: Object.fromEntries([...metric.fields].map(([field, series]) => [field, fieldStats(series)])),
  };
}

const wholeChunks = ({ total }: Metric): number => Math.floor(total / CHUNK_ROWS);

function fieldStats({ n, nonfinite, firstValue, lastValue, min, max, sum }: TrackedSeries) {
  const count = n - nonfinite;
  return { count: n, firstValue, lastValue, min, max, mean: count > 0 ? sum / count : null };
}

const wireMetric = ({ id, name, description, tags, total, created }: Metric): z.infer<typeof WireMlDashMetric> => ({
  metricId: id,
  name,
  description,
  tags: tags && [...tags],
  totalDataPoints: `${total}`,
  createdAt: created.toISOString(),
});

const wirePoint = ({ index, data, ts }: MetricRow): Point => ({ index, data, createdAt: ts.toISOString() });
