import { z } from 'zod';

import { Artifact } from './artifacts.js';
import { WireGlobalExplainer } from './explainer-routes.js';
import { NamedSplits } from './prediction-routes.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { JsonObject } from './wire.js';

/** An explainer of single rows; `input_dataset_path` is the path token of the rows that were explained. */
export const WireLocalExplainer = WireGlobalExplainer.omit({ plot_path: true })
  .extend({
    plots_path: z.string().nullable(),
    dataset_id: z.int(),
    input_dataset_path: z.string().nullable(),
    fit_parameters: JsonObject,
    scope: JsonObject,
  })
  .meta({ id: 'LocalExplainer' });
export type WireLocalExplainer = z.infer<typeof WireLocalExplainer>;

/** The create body; without a data set it is the one the run was trained on. */
export const NewLocalExplainer = z.object({
  run_id: Id,
  explainer_name: z.string().max(200),
  dataset_id: Id.nullish(),
  parameters: JsonObject,
  fit_parameters: JsonObject.default({}),
  scope: JsonObject.default({}),
});
export type NewLocalExplainer = z.infer<typeof NewLocalExplainer>;

const tag = 'explainer';
const one = { tag, params: IdParams, errors: ['explainer-not-found', 'explainer-not-finished'] } as const;

/** `/explainer/local` and what helps to choose its rows. */
export const localExplainerRoutes = {
  list: route({
    method: 'GET',
    path: '/explainer/local',
    tag,
    summary: 'List local explainers',
    query: z.object({ run_id: Id.optional() }),
    status: 200,
    answer: z.array(WireLocalExplainer),
  }),
  create: route({
    method: 'POST',
    path: '/explainer/local',
    tag,
    summary: 'Create a local explainer; an ExplainerJob computes it',
    description:
      'The scope is `{split, percentage, shuffle}` with split train, test, val or all, `{row_indexes}`, or `{mode: "manual"}`: the rows then come with the job as `manual_input_data`. Names of fit parameters go with or without their prefix `fit_parameter_`.',
    body: NewLocalExplainer,
    status: 201,
    answer: WireLocalExplainer,
    errors: [
      'run-not-found',
      'dataset-not-found',
      'component-not-registered',
      'parameters-invalid',
      'explainer-scope-invalid',
    ],
    example: {
      body: {
        run_id: 1,
        explainer_name: 'KernelShap',
        dataset_id: 1,
        parameters: { link: 'identity' },
        fit_parameters: { sample_background_data: true, background_fraction: 0.2 },
        scope: { split: 'test', percentage: 10, shuffle: true },
      },
    },
  }),
  plot: route({
    ...one,
    method: 'GET',
    path: '/explainer/local/plot/:id',
    summary: 'Artifacts of a local explainer: one group per explained row',
    status: 200,
    answer: z.array(Artifact),
  }),
  validateDataset: route({
    method: 'POST',
    path: '/explainer/local/validate-dataset',
    tag,
    summary: 'Tell whether a data set has the columns a run was trained with',
    body: z.object({ run_id: Id, dataset_id: Id }),
    status: 200,
    answer: z.object({
      dataset_status: z.enum(['valid', 'invalid']),
      missing_columns: z.array(z.string()).optional(),
      type_mismatches: z.record(z.string(), z.object({ expected: z.string(), got: z.string() })).optional(),
    }),
    errors: ['run-not-found', 'dataset-not-found', 'dataset-not-finished'],
  }),
  validDatasets: route({
    method: 'POST',
    path: '/explainer/local/valid-datasets',
    tag,
    summary: 'Data sets that have every column of a run, with the same types',
    body: z.object({ run_id: Id }),
    status: 200,
    answer: z.object({ valid_dataset_ids: z.array(z.int()) }),
    errors: ['run-not-found'],
  }),
  get: route({
    ...one,
    method: 'GET',
    path: '/explainer/local/:id',
    summary: 'Raw explanation',
    status: 200,
    answer: JsonObject,
  }),
  remove: route({
    method: 'DELETE',
    path: '/explainer/local/:id',
    tag,
    summary: 'Delete a local explainer with the rows it kept',
    params: IdParams,
    status: 200,
    answer: Nothing,
    errors: ['explainer-not-found'],
  }),
  explainableSplits: route({
    method: 'GET',
    path: '/explainer/explainable-splits/:id',
    tag,
    summary: 'Parts of the rows of a run that can be explained',
    params: IdParams,
    status: 200,
    answer: z.object({ splits: NamedSplits }),
    errors: ['run-not-found', 'run-not-finished'],
  }),
} as const;
