import { z } from 'zod';

import { MATYAN_SEQUENCES, Done, DoneWith, EntityId, JsonTree, MatyanProps, queryFlag, RunHash, RunHashes, RunHashParams, stepRange, TraceName } from './matyan-wire.js'; // prettier-ignore
import { Nothing, route } from './route.js';
import { queryList } from './wire.js';

const common = { tag: 'matyan', dialect: 'matyan' } as const;
const missing = ['tracked-run-not-found'] as const;
const Overview = z.object({ ...TraceName.shape, last_value: z.number().nullable().optional() });

/** What `runs/{id}/info/` answers. */
export const MatyanRunInfo = z
  .object({
    params: JsonTree,
    traces: z.partialRecord(z.enum(MATYAN_SEQUENCES), z.array(Overview)),
    props: MatyanProps,
    artifacts: z.array(z.object({ name: z.string(), path: z.string(), uri: z.string() })),
  })
  .meta({ id: 'MatyanRunInfo' });
export type MatyanRunInfo = z.infer<typeof MatyanRunInfo>;

/** `/rest/runs/`: runs one by one and in batches; searches are routes of their own. */
export const matyanRunRoutes = {
  info: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/:id/info/',
    summary: 'Read parameters, series, properties and artifacts of a run',
    description: 'Non-finite numbers are null. `uri` is an opaque token.',
    params: RunHashParams,
    query: z.object({ skip_system: queryFlag(false), sequence: queryList }),
    status: 200,
    answer: MatyanRunInfo,
    errors: missing,
  }),
  change: route({
    ...common,
    method: 'PUT',
    path: '/rest/runs/:id/',
    summary: 'Change name, description, experiment, archived or active',
    description: 'What is absent or null stays. An experiment is made on its first mention.',
    params: RunHashParams,
    body: z.object({
      name: z.string().max(255).nullish(),
      description: z.string().max(65_536).nullish(),
      experiment: z.string().max(255).nullish(),
      archived: z.boolean().nullish(),
      active: z.boolean().nullish(),
    }),
    status: 200,
    answer: DoneWith,
    errors: missing,
  }),
  remove: route({
    ...common,
    method: 'DELETE',
    path: '/rest/runs/:id/',
    summary: 'Delete a run; who still writes to it is told so for a week',
    params: RunHashParams,
    status: 200,
    answer: DoneWith,
    errors: missing,
  }),
  removeBatch: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/delete-batch/',
    summary: 'Delete runs; unknown ones are skipped',
    body: RunHashes,
    status: 200,
    answer: Done,
  }),
  finishBatch: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/finish-batch/',
    summary: 'Say of runs whose client died that they ended',
    body: RunHashes,
    status: 200,
    answer: Done,
  }),
  archiveBatch: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/archive-batch/',
    summary: 'Archive runs, or take them back',
    query: z.object({ archive: queryFlag(true) }),
    body: RunHashes,
    status: 200,
    answer: Done,
  }),
  clearTombstone: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/:id/clear-tombstone/',
    summary: 'Allow a deleted run to be written again; what it held does not come back',
    params: RunHashParams,
    status: 204,
    answer: Nothing,
  }),
  addTag: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/:id/tags/new/',
    summary: 'Tag a run; the tag is made on its first mention',
    params: RunHashParams,
    body: z.object({ tag_name: z.string().max(255) }),
    status: 200,
    answer: z.object({ id: z.string(), tag_id: z.string(), status: z.literal('OK') }),
    errors: [...missing, 'name-empty', 'tracked-limit-passed'],
  }),
  removeTag: route({
    ...common,
    method: 'DELETE',
    path: '/rest/runs/:id/tags/:tag_id/',
    summary: 'Take a tag off a run',
    params: z.object({ id: RunHash, tag_id: EntityId }),
    status: 200,
    answer: z.object({ id: z.string(), removed: z.boolean(), status: z.literal('OK') }),
    errors: missing,
  }),
  metricBatch: route({
    ...common,
    method: 'POST',
    path: '/rest/runs/:id/metric/get-batch/',
    summary: 'Read metric series of a run, sampled at evenly spaced steps',
    description: 'Unknown series are left out. Non-finite values are null.',
    params: RunHashParams,
    query: z.object({ record_range: stepRange, record_density: z.coerce.number().int().max(100_000).default(50) }),
    body: z.array(TraceName).max(1000),
    status: 200,
    answer: z.array(z.object({ ...TraceName.shape, iters: z.array(z.int()), values: z.array(z.number().nullable()) })),
    errors: missing,
  }),
} as const;
