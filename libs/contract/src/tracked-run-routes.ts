import { z } from 'zod';

import { Id, IdParams, IdsBody, Nothing, route } from './route.js';
import { JsonObject } from './wire.js';

const date = z.string();
const name = z.string().min(1).max(255);
const x = z.int();
const context = z.record(z.string(), z.unknown());
/** JSON has no such numbers: they are sent as words. */
export const NON_FINITE = ['NaN', 'Infinity', '-Infinity'] as const;
const anyNumber = z.union([z.number(), z.literal(NON_FINITE)]);

/** A run's state; `lost` is taken back by whatever its client says next. */
export const TrackedRunStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'lost']);

/** A project of tracked runs. */
export const WireTrackedProject = z
  .object({
    id: z.int(),
    namespace: z.string(),
    slug: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    created: date,
    last_modified: date,
  })
  .meta({ id: 'TrackedProject' });
export type WireTrackedProject = z.infer<typeof WireTrackedProject>;

/** A run that was logged; `training_run_id` is the training of this server it shows. */
export const WireTrackedRun = z
  .object({
    id: z.int(),
    project_id: z.int(),
    ext_id: z.string(),
    folder: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    status: TrackedRunStatus,
    archived: z.boolean(),
    source: z.enum(['platform', 'ml-dash', 'matyan', 'swanlab', 'import', 'api']),
    training_run_id: z.int().nullable(),
    parent_run_id: z.int().nullable(),
    tags: z.array(z.string()),
    owner: z.string(),
    started_at: date,
    ended_at: date.nullable(),
    last_seen: date,
    created: date,
    last_modified: date,
  })
  .meta({ id: 'TrackedRun' });
export type WireTrackedRun = z.infer<typeof WireTrackedRun>;

/** A series with its statistics; minimum, maximum and sum are of finite values. */
export const WireTrackedSeries = z
  .object({
    id: z.int(),
    run_id: z.int(),
    kind: z.enum(['number', 'image', 'text', 'distribution', 'audio', 'figure', 'object']),
    name: z.string(),
    context,
    count: x,
    first_x: x.nullable(),
    last_x: x.nullable(),
    first_value: anyNumber.nullable(),
    last_value: anyNumber.nullable(),
    min: z.number().nullable(),
    max: z.number().nullable(),
    mean: z.number().nullable(),
    nonfinite: x,
  })
  .meta({ id: 'TrackedSeries' });
export type WireTrackedSeries = z.infer<typeof WireTrackedSeries>;

/** Points in columns; a value that is no finite number is null, and `nonfinite` says which it was by its place. */
export const WireTrackedPoints = z
  .object({
    xs: z.array(x),
    values: z.array(z.number().nullable()),
    epochs: z.array(x.nullable()),
    times: z.array(z.number()),
    nonfinite: z.record(z.string(), z.literal(NON_FINITE)),
  })
  .meta({ id: 'TrackedPoints' });
export type WireTrackedPoints = z.infer<typeof WireTrackedPoints>;

/** Most points one request may bring. */
export const POINTS_PER_REQUEST = 20_000;
/** Points of one series to be logged: a null `x`, or no `xs` at all, is one after the last. */
export const NewTrackedPoints = z.object({
  name,
  context: context.optional(),
  xs: z.array(x.nullable()).max(POINTS_PER_REQUEST).optional(),
  values: z.array(anyNumber).max(POINTS_PER_REQUEST),
  epochs: z.array(x.nullable()).max(POINTS_PER_REQUEST).optional(),
  /** Milliseconds since 1970. */
  times: z.array(z.number()).max(POINTS_PER_REQUEST).optional(),
});
export type NewTrackedPoints = z.infer<typeof NewTrackedPoints>;

/** A run to be opened; the same `ext_id` again is the same run. */
export const NewTrackedRun = z.object({
  namespace: name.default('local'),
  project: name.default('default'),
  name,
  ext_id: name.optional(),
  folder: z.string().max(2000).default(''),
  description: z.string().max(10_000).nullish(),
  tags: z.array(name).max(1000).default([]),
  params: JsonObject.optional(),
});
export type NewTrackedRun = z.infer<typeof NewTrackedRun>;

/** What may be changed of a run; absent keys stay. */
export const TrackedRunChange = z.object({
  name: name.optional(),
  description: z.string().max(10_000).nullable().optional(),
  archived: z.boolean().optional(),
  tags: z.array(name).max(1000).optional(),
  status: TrackedRunStatus.optional(),
});
export type TrackedRunChange = z.infer<typeof TrackedRunChange>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
/** Which runs are listed. */
export const TrackedRunsQuery = z.object({
  project_id: Id.optional(),
  status: TrackedRunStatus.optional(),
  archived: flag.optional(),
  folder: z.string().max(2000).optional(),
  search: z.string().max(255).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
});
export type TrackedRunsQuery = z.infer<typeof TrackedRunsQuery>;

const bound = z.coerce.number().int().optional();
const PointsQuery = z.object({
  count: z.coerce.number().int().min(2).max(20_000).default(1000),
  from_x: bound,
  to_x: bound,
});
const LogQuery = z.object({
  stream: z.enum(['terminal', 'record']).default('record'),
  from_seq: bound,
  search: z.string().max(255).optional(),
  newest_first: flag.default(false),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});
const SeriesParams = z.object({ id: Id, series_id: Id });

const tag = 'tracked-run';
const byId = { tag, params: IdParams, errors: ['tracked-run-not-found', 'tracked-run-gone'] } as const;
const bySeries = { tag, params: SeriesParams, errors: [...byId.errors, 'tracked-series-not-found'] } as const;

/** `/tracked-project/` and `/tracked-run/`: whatever was logged, whoever logged it. */
export const trackedRunRoutes = {
  listProjects: route({
    tag,
    method: 'GET',
    path: '/tracked-project/',
    summary: 'List the projects that runs were logged to',
    status: 200,
    answer: z.array(WireTrackedProject),
  }),
  list: route({
    tag,
    method: 'GET',
    path: '/tracked-run/',
    summary: 'List and search tracked runs, newest first',
    description:
      '`search` finds a part of the name or of the client’s id, or a whole tag; `folder` what lies in it and below.',
    query: TrackedRunsQuery,
    status: 200,
    answer: z.object({ runs: z.array(WireTrackedRun), total: x }),
  }),
  open: route({
    tag,
    method: 'POST',
    path: '/tracked-run/',
    summary: 'Open a run to log to',
    description: 'With the `ext_id` of a run that is there already, that run is answered as it is.',
    body: NewTrackedRun,
    status: 201,
    answer: WireTrackedRun,
    errors: ['tracked-run-gone', 'tracked-project-not-found', 'tracked-limit-passed'],
    example: { body: { name: 'baseline', params: { lr: 0.1 } } },
  }),
  removeMany: route({
    tag,
    method: 'DELETE',
    path: '/tracked-run/',
    summary: 'Delete tracked runs; unknown ids are skipped',
    body: IdsBody,
    status: 200,
    answer: z.object({ removed: z.array(x) }),
  }),
  get: route({
    ...byId,
    method: 'GET',
    path: '/tracked-run/:id',
    summary: 'Get a tracked run',
    status: 200,
    answer: WireTrackedRun,
  }),
  change: route({
    ...byId,
    method: 'PATCH',
    path: '/tracked-run/:id',
    summary: 'Change, archive or end a tracked run',
    body: TrackedRunChange,
    status: 200,
    answer: WireTrackedRun,
  }),
  remove: route({
    ...byId,
    method: 'DELETE',
    path: '/tracked-run/:id',
    summary: 'Delete a tracked run',
    status: 204,
    answer: Nothing,
  }),
  params: route({
    ...byId,
    method: 'GET',
    path: '/tracked-run/:id/params',
    summary: 'Get the parameters of a tracked run as they were given',
    status: 200,
    answer: JsonObject,
  }),
  log: route({
    ...byId,
    method: 'GET',
    path: '/tracked-run/:id/log',
    summary: 'Read what a tracked run printed or recorded',
    query: LogQuery,
    status: 200,
    answer: z.object({
      lines: z.array(z.object({ seq: x, time: date, level: x, message: z.string(), meta: JsonObject.nullable() })),
      has_more: z.boolean(),
    }),
  }),
  series: route({
    ...byId,
    method: 'GET',
    path: '/tracked-run/:id/series',
    summary: 'List the series of a tracked run with their statistics',
    status: 200,
    answer: z.array(WireTrackedSeries),
  }),
  addPoints: route({
    ...byId,
    method: 'POST',
    path: '/tracked-run/:id/points',
    summary: 'Log points, in columns, to series of a run',
    description: `Answered when they are stored. The same \`x\` of a series again overwrites. At most ${POINTS_PER_REQUEST} points.`,
    body: z.object({ series: z.array(NewTrackedPoints).min(1).max(10_000) }),
    status: 200,
    answer: z.object({ added: x }),
    errors: [...byId.errors, 'tracked-limit-passed', 'tracked-columns-uneven', 'unavailable'],
    example: { body: { series: [{ name: 'loss', xs: [0, 1], values: [0.9, 0.4] }] } },
  }),
  points: route({
    ...bySeries,
    method: 'GET',
    path: '/tracked-run/:id/series/:series_id/points',
    summary: 'Read a series, shaped to at most `count` points',
    description:
      'The first and the last point, and the least and the greatest value, are always among them. Of a long series, a stretch whose extreme was written again shows the new value until the upkeep has folded it.',
    query: PointsQuery,
    status: 200,
    answer: WireTrackedPoints,
  }),
  exportSeries: route({
    ...bySeries,
    method: 'GET',
    path: '/tracked-run/:id/series/:series_id/csv',
    summary: 'Download every point of a series as CSV',
    status: 200,
    stream: 'file',
    answer: z.string(),
  }),
} as const;
