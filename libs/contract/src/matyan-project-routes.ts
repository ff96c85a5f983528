import { z } from 'zod';

import { MatyanActivity } from './matyan-group-routes.js';
import { JsonTree, queryFlag, TraceName } from './matyan-wire.js';
import { route } from './route.js';
import { queryList } from './wire.js';

const common = { tag: 'matyan', dialect: 'matyan' } as const;
const Pinned = z.object({ sequences: z.array(TraceName).max(1000) });

/** Every series' contexts by name. */
const Contexts = JsonTree as z.ZodType<Record<string, Record<string, unknown>[]>>;
/** What `projects/params/` answers: every parameter, and the series. */
export const MatyanProjectParams = z
  .object({
    params: JsonTree.optional(),
    metric: Contexts,
    images: Contexts,
    texts: Contexts,
    distributions: Contexts,
    audios: Contexts,
    figures: Contexts,
  })
  .meta({ id: 'MatyanProjectParams' });
export type MatyanProjectParams = z.infer<typeof MatyanProjectParams>;

/** `/rest/projects/`: the one project a caller sees, as a whole. */
export const matyanProjectRoutes = {
  get: route({
    ...common,
    method: 'GET',
    path: '/rest/projects/',
    summary: 'Read name and description of the project',
    status: 200,
    answer: z.object({
      name: z.string(),
      path: z.string(),
      description: z.string(),
      telemetry_enabled: z.literal(0),
      warn_index: z.boolean(),
      warn_runs: z.boolean(),
    }),
  }),
  activity: route({
    ...common,
    method: 'GET',
    path: '/rest/projects/activity/',
    summary: 'Count experiments and runs, these by day',
    description: 'Days are the reader’s own: the header `X-Timezone-Offset` says how many minutes UTC is ahead.',
    status: 200,
    answer: z.object({ num_experiments: z.int(), ...MatyanActivity.shape }),
  }),
  params: route({
    ...common,
    method: 'GET',
    path: '/rest/projects/params/',
    summary: 'List every parameter and every series of the runs there are',
    description:
      'For choosing from: at most 10,000 parameters and 10,000 series. `sequence` asks for some kinds of series only.',
    query: z.object({ sequence: queryList, exclude_params: queryFlag(false) }),
    status: 200,
    answer: MatyanProjectParams,
  }),
  pinned: route({
    ...common,
    method: 'GET',
    path: '/rest/projects/pinned-sequences/',
    summary: 'Read the series that are pinned',
    status: 200,
    answer: Pinned,
  }),
  pin: route({
    ...common,
    method: 'POST',
    path: '/rest/projects/pinned-sequences/',
    summary: 'Pin series instead of those that are',
    body: Pinned,
    status: 200,
    answer: Pinned,
    errors: ['tracked-limit-passed'],
  }),
  status: route({
    ...common,
    method: 'GET',
    path: '/rest/projects/status/',
    summary: 'Tell whether indexes are up to date: they always are',
    status: 200,
    answer: z.literal('up-to-date'),
  }),
  version: route({
    ...common,
    method: 'GET',
    path: '/rest/version/',
    summary: 'Tell version and name of this component',
    status: 200,
    answer: z.object({ version: z.string(), component: z.literal('backend') }),
  }),
  metrics: route({
    ...common,
    root: true,
    method: 'GET',
    path: '/metrics/',
    summary: 'Read open sockets, messages and runs in the format of Prometheus',
    status: 200,
    answer: z.unknown(),
    stream: 'file',
  }),
} as const;
