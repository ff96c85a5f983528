import { z } from 'zod';

import { queryFlag, RunHash, RunHashParams, stepRange, TraceName } from './matyan-wire.js';
import { route } from './route.js';

const common = { tag: 'matyan', dialect: 'matyan', status: 200, answer: z.unknown(), stream: 'file' } as const;
const BINARY =
  'The answer is a binary stream (`application/octet-stream`): records of key length, key, value length and value, as Aim-compatible clients read them.';
const PROGRESS = 'Keys `progress_0`, `progress_1` … hold `[checked, total]`; the last one holds `[0, 0]`.';
const refused = ['query-invalid', 'query-too-costly'] as const;
const missing = ['tracked-run-not-found'] as const;

/** As long as an address carries for certain: three bytes for each character that is escaped. */
const q = z.string().max(30_000).default('');
const density = (fallback: number) => z.coerce.number().int().min(0).max(100_000).default(fallback);

const SORT_FIELDS = ['run', 'experiment', 'hash', 'date', 'duration', 'description', 'creator'] as const;
const Sort = z.array(z.object({ field: z.enum(SORT_FIELDS), order: z.enum(['asc', 'desc']).default('asc') })).max(10);
/** A JSON list of keys, the most important first. */
const sort = z
  .string()
  .max(2000)
  .default('')
  .transform((text, context): z.infer<typeof Sort> => {
    if (text === '') return [];
    const parsed = Sort.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue({
      code: 'custom',
      message: `a JSON list of {"field", "order"}; fields: ${SORT_FIELDS.join(', ')}`,
    });
    return z.NEVER;
  });
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const searched = { q, skip_system: queryFlag(true), report_progress: queryFlag(true) };
const indexes = { index_range: stepRange, index_density: density(5) };
const records = { record_range: stepRange, record_density: density(50), ...indexes };

/** Sequences whose steps hold objects. */
export const MATYAN_OBJECTS = ['images', 'texts', 'distributions', 'audios', 'figures'] as const;
/** One of them. */
export type MatyanObjects = (typeof MATYAN_OBJECTS)[number];
const OfObjects = z.object({ sequence: z.enum(MATYAN_OBJECTS) });
const OfRunObjects = z.object({ id: RunHash, sequence: z.enum(MATYAN_OBJECTS) });
const Traces = z.array(TraceName).max(1000);

/** `/rest/runs/search/` and what else answers in binary. */
export const matyanSearchRoutes = {
  runs: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/search/run/',
    summary: 'Search runs with a query',
    description: `${BINARY} Each key is a run's hash: \`{params, traces: {metric: [{name, context, values: {last, last_step, first, min, max}}]}, props}\`. \`offset\` is the hash of the last run of the page before. ${PROGRESS}`,
    query: z.object({
      ...searched,
      limit: z.coerce.number().int().min(0).max(1_000_000).default(0),
      offset: z.string().max(128).default(''),
      sort,
      exclude_params: queryFlag(false),
      exclude_traces: queryFlag(false),
    }),
    errors: refused,
  }),
  metrics: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/search/metric/',
    summary: 'Search metric series with a query, sampled at evenly spaced steps',
    description: `${BINARY} Columns are arrays of doubles, \`{type: "numpy", shape, dtype: "float64", blob}\`; a point without an epoch has NaN. ${PROGRESS}`,
    query: z.object({
      ...searched,
      p: z.coerce.number().int().min(1).max(100_000).default(50),
      x_axis: z.string().max(255).optional(),
      trace_chunk_size: z.coerce.number().int().min(1).max(500).default(10),
    }),
    errors: refused,
  }),
  align: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/search/metric/align/',
    summary: 'Read the metric other metrics are drawn over',
    description: `${BINARY} Unknown runs, and series without a partner of their context, are left out.`,
    body: z.object({
      align_by: z.string().max(255),
      runs: z
        .array(
          z.object({
            run_id: z.string().max(128),
            traces: z.array(z.object({ ...TraceName.shape, slice: z.array(z.int()).length(3) })).max(1000),
          }),
        )
        .max(1000),
    }),
  }),
  objects: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/search/:sequence/',
    summary: 'Search images, texts, distributions, audios or figures with a query',
    description: `${BINARY} Files are named by \`blob_uri\`, an opaque token. ${PROGRESS}`,
    params: OfObjects,
    query: z.object({ ...searched, ...records }),
    errors: refused,
  }),
  objectBatch: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/:id/:sequence/get-batch/',
    summary: 'Read object series of a run at evenly spaced steps',
    description: `${BINARY} One object after another, each from the root of the stream.`,
    params: OfRunObjects,
    query: z.object(records),
    body: Traces,
    errors: missing,
  }),
  objectStep: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/:id/:sequence/get-step/',
    summary: 'Read object series of a run at one step',
    description: `${BINARY} Without a step the last one.`,
    params: OfRunObjects,
    query: z.object({
      record_step: z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER).default(-1),
      ...indexes,
    }),
    body: Traces,
    errors: missing,
  }),
  blobs: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/:kind/get-batch/',
    summary: 'Read the bytes behind URIs of images or audios',
    description: `${BINARY} \`{uri: bytes}\`; URIs that stand for nothing are left out.`,
    params: z.object({ kind: z.enum(['images', 'audios']) }),
    body: z.array(z.string().max(8000)).max(1000),
  }),
  active: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/active/',
    summary: 'Read runs that are still written to, with the last values of their metrics',
    description: `${BINARY} ${PROGRESS}`,
    query: z.object({ report_progress: queryFlag(true) }),
  }),
  lines: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/:id/logs/',
    summary: 'Read what the terminal of a run showed',
    description: `${BINARY} \`{step: line}\`; without a range the last 200.`,
    params: RunHashParams,
    query: z.object({ record_range: stepRange }),
    errors: missing,
  }),
  records: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/:id/log-records/',
    summary: 'Read the log records of a run',
    description: `${BINARY} \`log_records_count\` first, then \`{step: {message, log_level, timestamp, args, logger_info, is_notified}}\`; without a range the last 200.`,
    params: RunHashParams,
    query: z.object({ record_range: stepRange }),
    errors: missing,
  }),
} as const;
