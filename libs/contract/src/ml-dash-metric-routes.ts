import { z } from 'zod';

import {
  ExperimentParams, MlDashLabel, MlDashRow, mlDashWords, WireMlDashMetric, WireMlDashPoint, WireMlDashStats,
} from './ml-dash-wire.js'; // prettier-ignore
import { Id, route } from './route.js';

const common = { root: true, dialect: 'ml-dash', tag: 'ml-dash' } as const;
const runErrors = ['tracked-run-gone', 'tracked-run-not-found'] as const;
const readErrors = [...runErrors, 'tracked-metric-not-found'] as const;
const writeErrors = [...runErrors, 'tracked-limit-passed', 'tracked-run-protected'] as const;

const MetricParams = ExperimentParams.extend({
  name: MlDashLabel.meta({ description: 'Slashes raw or as `%2F`; `None` is the metric without a name' }),
});
const Landed = { metricId: z.string(), bufferedDataPoints: z.string(), chunkSize: z.int() };
const Point = z.array(WireMlDashPoint);
const ids = z.array(Id).min(1).max(100);

/** Metrics of an experiment: rows by index, statistics, several experiments side by side. */
export const mlDashMetricRoutes = {
  metrics: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/metrics',
    summary: 'List the metrics',
    params: ExperimentParams,
    status: 200,
    answer: z.object({ metrics: z.array(WireMlDashMetric) }),
    errors: runErrors,
  }),
  append: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/metrics/:name/append',
    summary: 'Append one row to a metric',
    params: MetricParams,
    body: z.object({ data: MlDashRow, ...mlDashWords }),
    status: 200,
    answer: z.object({ ...Landed, index: z.string() }),
    errors: writeErrors,
    example: { body: { data: { loss: 0.25, step: 3, _ts: 1_769_854_925.123456 } } },
  }),
  appendBatch: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/metrics/:name/append-batch',
    summary: 'Append rows to a metric, all or none',
    description: 'The same rows, times included, again within a day are taken for the same batch and not stored twice.',
    params: MetricParams,
    body: z.object({ dataPoints: z.array(MlDashRow).min(1).max(10_000), ...mlDashWords }),
    status: 200,
    answer: z.object({ ...Landed, startIndex: z.string(), endIndex: z.string(), count: z.int() }),
    errors: writeErrors,
    example: { body: { dataPoints: [{ loss: 0.25, step: 3, _ts: 1_769_854_925.123456 }] } },
  }),
  data: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/metrics/:name/data',
    summary: 'Read rows by index',
    params: MetricParams,
    query: z.object({
      startIndex: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
      limit: z.coerce.number().int().min(1).max(10_000).default(1000),
      bufferOnly: z.enum(['true', 'false']).default('false'),
    }),
    status: 200,
    answer: z.object({
      data: Point,
      startIndex: z.int(),
      endIndex: z.int(),
      total: z.int().meta({ description: 'Rows in this answer' }),
      hasMore: z.boolean(),
    }),
    errors: readErrors,
  }),
  rows: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/metrics/:name/rows',
    summary: 'Read rows by cursor, in blocks of typed columns',
    description: 'The format `ml-dash.metric-rows.v1` of newer clients; non-finite numbers are text.',
    params: MetricParams,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(10_000).default(1000),
      cursor: z.string().max(100).optional(),
    }),
    status: 200,
    answer: z.object({
      format: z.literal('ml-dash.metric-rows.v1'),
      metricId: z.string(),
      visibility: z.literal('committed'),
      order: z.literal('storage'),
      blocks: z.array(
        z.object({
          columns: z.array(z.object({ name: z.string(), type: z.enum(['float64', 'bool', 'utf8']) })),
          rows: z.array(z.array(z.union([z.number(), z.string(), z.boolean(), z.null()]))),
        }),
      ),
      returned: z.int(),
      hasMore: z.boolean(),
      nextCursor: z.string().nullable(),
    }),
    errors: [...readErrors, 'cursor-invalid'],
  }),
  stats: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/metrics/:name/stats',
    summary: 'Read what a metric holds, in numbers',
    params: MetricParams,
    status: 200,
    answer: WireMlDashStats,
    errors: readErrors,
  }),
  chunk: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/metrics/:name/chunks/:chunk',
    summary: 'Read rows by the ten thousand',
    params: MetricParams.extend({ chunk: z.coerce.number().int().min(0).max(2_147_483_647) }),
    status: 200,
    answer: z.object({
      chunkNumber: z.int(),
      startIndex: z.int(),
      endIndex: z.int(),
      dataCount: z.int(),
      data: Point,
    }),
    errors: readErrors,
  }),
  aggregate: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/aggregate/series',
    summary: 'Line up series of several experiments and summarise them',
    description:
      'A key is `metric/field`, or the metric alone when it has one field beside the x. Long series are thinned out evenly first.',
    body: z.object({
      experimentIds: ids,
      xKey: z.string().min(1).max(255),
      yKeys: z.array(z.string().min(1).max(511)).min(1).max(20),
      alignmentMethod: z.enum(['interpolate', 'common_steps']).default('interpolate'),
      bins: z.int().min(2).max(2000).default(200),
      statistics: z
        .array(z.enum(['MEAN', 'STD', 'PERCENTILE_25', 'PERCENTILE_75']))
        .default(['MEAN', 'STD', 'PERCENTILE_25', 'PERCENTILE_75']),
    }),
    status: 200,
    answer: z.object({
      status: z.literal('success'),
      result: z.object({
        series: z.array(
          z.object({
            metricName: z.string(),
            xKey: z.string(),
            data: z.object({
              x: z.array(z.number()),
              mean: z.array(z.number()).optional(),
              std: z.array(z.number()).optional(),
              percentile_25: z.array(z.number()).optional(),
              percentile_75: z.array(z.number()).optional(),
            }),
            alignment: z.object({ method: z.string(), alignedSteps: z.int(), interpolatedPoints: z.int() }),
          }),
        ),
        metadata: z.object({ experimentsProcessed: z.int(), totalDataPoints: z.int() }),
      }),
      metadata: z.object({ bins: z.int(), statistics: z.array(z.string()) }),
    }),
    errors: runErrors,
    example: { body: { experimentIds: [1, 2], xKey: 'step', yKeys: ['train/loss'], bins: 100 } },
  }),
} as const;
