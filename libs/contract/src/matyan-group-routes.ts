import { z } from 'zod';

import { Done, DoneWith, EntityParams, EpochSeconds } from './matyan-wire.js';
import { Nothing, route } from './route.js';

const common = { tag: 'matyan', dialect: 'matyan' } as const;
const Name = z.string().max(255);
const Description = z.string().max(65_536);

const Experiment = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    run_count: z.int(),
    archived: z.boolean(),
    creation_time: EpochSeconds,
  })
  .meta({ id: 'MatyanExperiment' });
const Tag = z
  .object({
    id: z.string(),
    name: z.string(),
    color: z.string().nullable(),
    description: z.string().nullable(),
    run_count: z.int(),
    archived: z.boolean(),
  })
  .meta({ id: 'MatyanTag' });
const run = {
  run_id: z.string(),
  name: z.string(),
  creation_time: EpochSeconds,
  end_time: EpochSeconds.nullable(),
};
/** Counts of runs and when they began; keys are `YYYY-MM-DDTHH:00:00` in the reader's time (`X-Timezone-Offset`, minutes). */
export const MatyanActivity = z.object({
  num_runs: z.int(),
  num_archived_runs: z.int(),
  num_active_runs: z.int(),
  activity_map: z.record(z.string(), z.int()),
});

const search = z.object({ q: z.string().max(1000).default('') });
const noExperiment = ['tracked-group-not-found'] as const;
const noTag = ['tracked-tag-not-found'] as const;
const naming = ['name-empty', 'tracked-name-exists'] as const;

/** `/rest/experiments/`: groups of runs. */
export const matyanExperimentRoutes = {
  list: route({
    ...common,
    method: 'GET',
    path: '/rest/experiments/',
    summary: 'List experiments',
    status: 200,
    answer: z.array(Experiment),
  }),
  search: route({
    ...common,
    method: 'GET',
    path: '/rest/experiments/search/',
    summary: 'List experiments whose name holds a text',
    query: search,
    status: 200,
    answer: z.array(Experiment),
  }),
  create: route({
    ...common,
    method: 'POST',
    path: '/rest/experiments/',
    summary: 'Create an experiment',
    body: z.object({ name: Name }),
    status: 200,
    answer: DoneWith,
    errors: naming,
  }),
  get: route({
    ...common,
    method: 'GET',
    path: '/rest/experiments/:id/',
    summary: 'Read an experiment',
    params: EntityParams,
    status: 200,
    answer: Experiment,
    errors: noExperiment,
  }),
  change: route({
    ...common,
    method: 'PUT',
    path: '/rest/experiments/:id/',
    summary: 'Change name, description or archived',
    params: EntityParams,
    body: z.object({ name: Name.nullish(), description: Description.nullish(), archived: z.boolean().nullish() }),
    status: 200,
    answer: DoneWith,
    errors: [...noExperiment, 'tracked-name-exists'],
  }),
  remove: route({
    ...common,
    method: 'DELETE',
    path: '/rest/experiments/:id/',
    summary: 'Delete an experiment; its runs stay',
    params: EntityParams,
    status: 200,
    answer: Done,
    errors: noExperiment,
  }),
  runs: route({
    ...common,
    method: 'GET',
    path: '/rest/experiments/:id/runs/',
    summary: 'List the runs of an experiment, newest first',
    description: '`offset` is the hash of the last run of the page before.',
    params: EntityParams,
    query: z.object({
      limit: z.coerce.number().int().min(0).max(10_000).default(0),
      offset: z.string().max(128).optional(),
    }),
    status: 200,
    answer: z.object({ id: z.string(), runs: z.array(z.object({ ...run, archived: z.boolean() })) }),
    errors: noExperiment,
  }),
  activity: route({
    ...common,
    method: 'GET',
    path: '/rest/experiments/:id/activity/',
    summary: 'Count the runs of an experiment by hour',
    params: EntityParams,
    status: 200,
    answer: MatyanActivity,
    errors: noExperiment,
  }),
} as const;

/** `/rest/tags/`: labels of runs. */
export const matyanTagRoutes = {
  list: route({
    ...common,
    method: 'GET',
    path: '/rest/tags/',
    summary: 'List tags',
    status: 200,
    answer: z.array(Tag),
  }),
  search: route({
    ...common,
    method: 'GET',
    path: '/rest/tags/search/',
    summary: 'List tags whose name holds a text',
    query: search,
    status: 200,
    answer: z.array(Tag),
  }),
  create: route({
    ...common,
    method: 'POST',
    path: '/rest/tags/',
    summary: 'Create a tag',
    body: z.object({ name: Name, color: z.string().max(64).nullish(), description: Description.nullish() }),
    status: 200,
    answer: DoneWith,
    errors: naming,
  }),
  get: route({
    ...common,
    method: 'GET',
    path: '/rest/tags/:id/',
    summary: 'Read a tag',
    params: EntityParams,
    status: 200,
    answer: Tag,
    errors: noTag,
  }),
  change: route({
    ...common,
    method: 'PUT',
    path: '/rest/tags/:id/',
    summary: 'Change name, colour, description or archived',
    params: EntityParams,
    body: z.object({
      name: Name.nullish(),
      color: z.string().max(64).nullish(),
      description: Description.nullish(),
      archived: z.boolean().nullish(),
    }),
    status: 200,
    answer: DoneWith,
    errors: [...noTag, 'tracked-name-exists'],
  }),
  remove: route({
    ...common,
    method: 'DELETE',
    path: '/rest/tags/:id/',
    summary: 'Delete a tag and take it off every run',
    params: EntityParams,
    status: 200,
    answer: Nothing,
    errors: noTag,
  }),
  runs: route({
    ...common,
    method: 'GET',
    path: '/rest/tags/:id/runs/',
    summary: 'List the runs with a tag, newest first',
    params: EntityParams,
    status: 200,
    answer: z.object({ id: z.string(), runs: z.array(z.object({ ...run, experiment: z.string().nullable() })) }),
    errors: noTag,
  }),
} as const;
