import { z } from 'zod';

import { API_PREFIX, Id, type Route, route } from './route.js';
import {
  SwanChartGroup,
  SwanCharts,
  SwanDate,
  SwanDone,
  SwanExperiment,
  SwanNamespace,
  swanOk,
  SwanOwnedChart,
  SwanPlainExperiment,
  SwanProjectDetails,
  SwanStatus,
  SwanTag,
} from './swanlab-wire.js';

const common = { tag: 'swanlab', dialect: 'swanlab', status: 200 } as const;
/** At `/compat/swanlab/{projectSlug}`: the project, `slug` or `namespace%2Fslug`. */
const projectSlug = z.string().min(1).max(600).optional();
const Project = z.object({ projectSlug });
const Experiment = z.object({ projectSlug, id: Id });
const unknown = ['tracked-project-not-found', 'tracked-run-not-found'] as const;
const name = z.string().trim().min(1).max(255);
const description = z.string().max(65_536).nullish();
/** As its page and Python scripts send it: a number or a boolean. */
const truth = z.union([z.boolean(), z.number()]).transform((given) => Boolean(given));

/** Where a route of the dashboard stands besides: below the project it is asked about. */
export const swanlabAddress = ({ path }: Pick<Route, 'path'>): string =>
  `/compat/swanlab/:projectSlug${API_PREFIX}${path}`;

/**
 * What SwanLab's offline dashboard and people's scripts call, over any run of the store, whatever wrote it (`reference/trackers` 3).
 * Every route also stands at `/compat/swanlab/{project}/api/v1/…`, for one project.
 */
export const swanlabRoutes = {
  project: route({
    ...common,
    method: 'GET',
    path: '/project',
    summary: 'A project with its experiments, the first one first',
    description:
      'Of a token’s project, else of `<owner>/default`; at `/compat/swanlab/{project}/api/v1/project` of that one.',
    params: Project,
    answer: swanOk(SwanProjectDetails),
    errors: ['tracked-project-not-found'],
  }),
  summaries: route({
    ...common,
    method: 'GET',
    path: '/project/summaries',
    summary: 'The last value of every tag of every experiment',
    params: Project,
    query: z.object({ experiment_names: z.string().max(100_000).optional() }),
    answer: swanOk(
      z.object({ tags: z.array(z.string()), summaries: z.record(z.string(), z.record(z.string(), z.unknown())) }),
    ),
    errors: ['tracked-project-not-found'],
  }),
  projectCharts: route({
    ...common,
    method: 'GET',
    path: '/project/charts',
    summary: 'Charts across experiments, of the thousand newest',
    params: Project,
    answer: swanOk(z.object({ charts: z.array(SwanOwnedChart), namespaces: z.array(SwanNamespace) })),
    errors: ['tracked-project-not-found'],
  }),
  changeProject: route({
    ...common,
    method: 'PATCH',
    path: '/project/update',
    summary: 'Change name and description of a project',
    params: Project,
    body: z.object({ name, description }),
    answer: swanOk(z.object({ updates: z.object({ name: z.string(), description: z.string().nullable() }) })),
    errors: ['tracked-project-not-found'],
  }),
  removeProject: route({
    ...common,
    method: 'DELETE',
    path: '/project',
    summary: 'Delete a project with its experiments; refused while one of them runs',
    params: Project,
    answer: swanOk(z.object({})),
    errors: ['tracked-project-not-found', 'tracked-run-busy'],
  }),
  experiment: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id',
    summary: 'One experiment with its configuration and its machine',
    params: Experiment,
    answer: swanOk(SwanExperiment),
    errors: unknown,
  }),
  charts: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/chart',
    summary: 'Charts of an experiment: one for every tag, grouped by what stands before the first slash',
    params: Experiment,
    answer: swanOk(SwanCharts),
    errors: unknown,
    revalidate: true,
  }),
  tag: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/tag/:tag',
    summary: 'A tag: statistics of all its points, and at most 1,500 of them',
    description: 'The tag may hold slashes, as they are or as `%2F`. Numbers that are none are null.',
    params: Experiment.extend({ tag: z.string().max(10_000) }),
    answer: swanOk(SwanTag),
    errors: [...unknown, 'tracked-series-not-found'],
    revalidate: true,
  }),
  recentLog: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/recent_log',
    summary: 'The last 6,000 lines an experiment wrote to its terminal',
    params: Experiment,
    answer: swanOk(
      z.object({ recent: z.array(z.string()), logs: z.array(z.string()), error: z.array(z.string()).optional() }),
    ),
    errors: [...unknown, 'tracked-logs-missing'],
    revalidate: true,
  }),
  status: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/status',
    summary: 'Whether an experiment runs, and its charts',
    params: Experiment,
    answer: swanOk(
      z.object({ status: SwanStatus, update_time: SwanDate, finish_time: SwanDate.nullable(), charts: SwanCharts }),
    ),
    errors: unknown,
    revalidate: true,
  }),
  summary: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/summary',
    summary: 'The last value of every tag',
    params: Experiment,
    answer: swanOk(z.object({ summaries: z.array(z.object({ key: z.string(), value: z.unknown() })) })),
    errors: unknown,
    revalidate: true,
  }),
  requirements: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/requirements',
    summary: 'The packages an experiment ran with; code 3500 when nobody wrote them down',
    params: Experiment,
    answer: swanOk(z.object({ requirements: z.array(z.string()) })),
    errors: [...unknown, 'tracked-requirements-missing'],
  }),
  stop: route({
    ...common,
    method: 'GET',
    path: '/experiment/:id/stop',
    summary: 'Stop an experiment: the job of a training run of Millrace is cancelled, another run is marked',
    description: 'A GET with an effect, as clients know it; pages of other sites are refused.',
    params: Experiment,
    answer: swanOk(z.object({ id: z.int(), status: SwanStatus, finish_time: SwanDate.nullable() })),
    errors: unknown,
    effect: true,
  }),
  changeExperiment: route({
    ...common,
    method: 'PATCH',
    path: '/experiment/:id',
    summary: 'Change name and description of an experiment',
    params: Experiment,
    body: z.object({ name, description }),
    answer: swanOk(z.object({ name: z.string(), description: z.string().nullable() })),
    errors: unknown,
  }),
  show: route({
    ...common,
    method: 'PATCH',
    path: '/experiment/:id/show',
    summary: 'Show an experiment in comparisons, or leave it out',
    params: Experiment,
    body: z.object({ show: truth }),
    answer: swanOk(z.object({ experiment: SwanPlainExperiment })),
    errors: unknown,
  }),
  removeExperiment: route({
    ...common,
    method: 'DELETE',
    path: '/experiment/:id',
    summary: 'Delete an experiment; refused while it runs',
    params: Experiment,
    answer: swanOk(z.object({ experiment_id: z.int() })),
    errors: [...unknown, 'tracked-run-busy'],
  }),
  media: route({
    ...common,
    method: 'GET',
    path: '/media/:file',
    summary: 'A picture, a sound or another file of a tag',
    description: 'The name is one that the tag’s route told; it is looked up, never a path.',
    params: z.object({ projectSlug, file: z.string().max(1000) }),
    query: z.object({ tag: z.string().max(10_000), experiment_id: Id }),
    answer: z.unknown(),
    stream: 'file',
    errors: [...unknown, 'tracked-series-not-found', 'tracked-file-not-found'],
  }),
  openNamespace: route({
    ...common,
    method: 'PATCH',
    path: '/namespace/:id/opened',
    summary:
      'Fold or unfold a group of charts; -1 the pinned ones, -2 the hidden ones of the experiment or project named',
    params: z.object({ projectSlug, id: z.coerce.number().int().min(-2).max(2_147_483_647) }),
    body: z.object({ opened: truth, experiment_id: Id.nullish(), project_id: Id.nullish() }),
    answer: SwanDone,
    errors: [...unknown, 'tracked-chart-not-found'],
  }),
  chartStatus: route({
    ...common,
    method: 'PATCH',
    path: '/chart/:id/status',
    summary: 'Pin a chart (1), hide it (-1) or put it back (0)',
    params: z.object({ projectSlug, id: Id }),
    body: z.object({ status: z.literal([1, 0, -1]) }),
    answer: swanOk(z.object({ groups: z.array(SwanChartGroup) })),
    errors: [...unknown, 'tracked-chart-not-found'],
  }),
} as const;
