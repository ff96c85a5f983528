import { z } from 'zod';

import { LeafArtifact } from './artifacts.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { JsonObject, wireWork } from './wire.js';

const values = z.record(z.string(), z.number()).nullable();
/** The six keys derived from the metric table at level LAST. */
export const RunMetrics = {
  train_metrics: values,
  train_metrics_std: values,
  validation_metrics: values,
  validation_metrics_std: values,
  test_metrics: values,
  test_metrics_std: values,
};

const path = z.string().nullable();
/** A run without its scores; `split_indexes` is JSON text, null for tables too long to list; the paths are storage keys. */
export const WireRun = z
  .object({
    ...wireWork,
    model_session_id: z.int(),
    model_name: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    parameters: JsonObject,
    split_indexes: z.string().nullable(),
    optimizer_name: z.string(),
    optimizer_parameters: JsonObject,
    goal_metric: z.string(),
    nested: JsonObject.nullable(),
    artifacts: z.array(z.unknown()).nullable(),
    run_path: path,
    plot_history_path: path,
    plot_slice_path: path,
    plot_contour_path: path,
    plot_importance_path: path,
  })
  .meta({ id: 'Run' });
export type WireRun = z.infer<typeof WireRun>;
/** A run with its final scores by part and metric. */
export const WireRunWithMetrics = WireRun.extend(RunMetrics).meta({ id: 'RunWithMetrics' });
export type WireRunWithMetrics = z.infer<typeof WireRunWithMetrics>;

/** The create body; the four plot paths are sent by the client and ignored. */
export const NewRun = z.object({
  model_session_id: Id,
  model_name: z.string().max(200),
  name: z.string().max(200),
  parameters: JsonObject,
  optimizer_name: z.string().max(200).default(''),
  optimizer_parameters: JsonObject.default({}),
  plot_history_path: z.string().nullish(),
  plot_slice_path: z.string().nullish(),
  plot_contour_path: z.string().nullish(),
  plot_importance_path: z.string().nullish(),
  goal_metric: z.string().max(200).default(''),
  description: z.string().max(10_000).nullish(),
  nested: JsonObject.nullish(),
});
export type NewRun = z.infer<typeof NewRun>;

/** The patch body, in the client's names and in the names of the create body. */
export const RunChange = z.object({
  run_name: z.string().max(200).optional(),
  name: z.string().max(200).optional(),
  run_description: z.string().max(10_000).nullable().optional(),
  description: z.string().max(10_000).nullable().optional(),
  parameters: JsonObject.optional(),
  optimizer: z.string().max(200).optional(),
  optimizer_name: z.string().max(200).optional(),
  optimizer_parameters: JsonObject.optional(),
  goal_metric: z.string().max(200).optional(),
  nested: JsonObject.nullable().optional(),
});
export type RunChange = z.infer<typeof RunChange>;

const PLOT_NAMES = { history: 1, slice: 2, contour: 3, importance: 4 } as const;
const PlotType = z.union([
  z.enum(['history', 'slice', 'contour', 'importance']).transform((name) => PLOT_NAMES[name]),
  z.coerce.number().int(),
]);
const count = z.int();
/** Values of one metric fold by fold; null where it is undefined. */
const perFold = z.record(z.string(), z.array(z.number().nullable()));
/** Which rows of the folds: those learnt from, or those judged by, which some clients call `test`. */
const FoldSplit = z
  .enum(['train', 'validation', 'val', 'test'])
  .default('validation')
  .transform((name) => (name === 'train' ? 'train' : 'validation'));
/** Metrics by name, or by `rep_0`, `rep_1`, … and name when the folds were made several times. */
const FoldMetrics = z.union([perFold, z.record(z.string(), perFold)]);
/** Metrics of a run fold by fold. */
export type FoldMetrics = z.infer<typeof FoldMetrics>;
const tag = 'run';
const one = { tag, params: IdParams, errors: ['run-not-found'] } as const;

/** `/run/`: trainings of models. */
export const runRoutes = {
  list: route({
    method: 'GET',
    path: '/run/',
    tag,
    summary: 'List runs with their metrics',
    query: z.object({ model_session_id: Id.optional() }),
    status: 200,
    answer: z.array(WireRunWithMetrics),
    errors: ['model-session-not-found'],
  }),
  plot: route({
    method: 'GET',
    path: '/run/plot/:id/:plotType',
    tag,
    summary: 'One of the four plots of a search: 1 history, 2 slice, 3 contour, 4 importance',
    params: IdParams.extend({ plotType: PlotType }),
    status: 200,
    answer: LeafArtifact,
    errors: ['run-not-found', 'run-not-finished', 'plot-not-found'],
  }),
  create: route({
    method: 'POST',
    path: '/run/',
    tag,
    summary: 'Create a run; a ModelJob trains it',
    body: NewRun,
    status: 201,
    answer: WireRun,
    errors: [
      'model-session-not-found',
      'component-not-registered',
      'name-empty',
      'parameters-invalid',
      'model-task-mismatch',
      'goal-metric-missing',
      'splits-invalid',
    ],
  }),
  get: route({
    ...one,
    method: 'GET',
    path: '/run/:id',
    summary: 'Read one run with its metrics',
    status: 200,
    answer: WireRunWithMetrics,
  }),
  patch: route({
    method: 'PATCH',
    path: '/run/:id',
    tag,
    summary: 'Change a run; new parameters reset it',
    params: IdParams,
    body: RunChange,
    status: 200,
    answer: WireRunWithMetrics,
    errors: [
      'run-not-found',
      'not-modified',
      'name-empty',
      'parameters-invalid',
      'component-not-registered',
      'model-task-mismatch',
      'goal-metric-missing',
      'splits-invalid',
      'entity-busy',
    ],
  }),
  reset: route({
    method: 'PATCH',
    path: '/run/:id/reset',
    tag,
    params: IdParams,
    summary: 'Return a run to not started',
    status: 200,
    answer: WireRunWithMetrics,
    errors: ['run-not-found', 'entity-busy'],
  }),
  remove: route({
    ...one,
    method: 'DELETE',
    path: '/run/:id',
    summary: 'Delete a run with its predictions and metrics',
    status: 204,
    answer: Nothing,
  }),
  foldMetrics: route({
    method: 'GET',
    path: '/run/:id/fold-metrics',
    tag,
    summary: 'Metrics of a run fold by fold, by repetition where there are several',
    description:
      'With scope `outer` those of the outer folds of nested cross-validation. A fold is judged by its validation rows; `test` means the same.',
    params: IdParams,
    query: z.object({ metric_split: FoldSplit, scope: z.enum(['default', 'outer']).default('default') }),
    status: 200,
    answer: FoldMetrics,
    errors: ['run-not-found', 'fold-metrics-not-found'],
    example: { answer: { Accuracy: [0.94, 0.97, 0.91] } },
  }),
  outerFoldMetrics: route({
    method: 'GET',
    path: '/run/:id/outer-fold-metrics',
    tag,
    summary: 'Metrics of the outer folds of nested cross-validation',
    params: IdParams,
    query: z.object({ metric_split: FoldSplit }),
    status: 200,
    answer: FoldMetrics,
    errors: ['run-not-found', 'fold-metrics-not-found'],
    example: { answer: { rep_0: { Accuracy: [0.94, 0.97] }, rep_1: { Accuracy: [0.91, 0.95] } } },
  }),
  outerAveragedMetrics: route({
    method: 'GET',
    path: '/run/:id/outer-averaged-metrics',
    tag,
    summary: 'Means and deviations over the outer folds of nested cross-validation',
    params: IdParams,
    status: 200,
    answer: z.object(RunMetrics),
    errors: ['run-not-found', 'run-not-nested'],
  }),
  modelArtifacts: route({
    ...one,
    method: 'GET',
    path: '/run/:id/model_artifacts',
    summary: 'What the fitted model says of itself; `status` is reserved',
    status: 200,
    answer: z.object({ status: z.string().nullable(), artifacts: z.array(z.unknown()) }),
  }),
  countOperations: route({
    ...one,
    method: 'GET',
    path: '/run/:id/operations/count',
    summary: 'Count what hangs on a run',
    status: 200,
    answer: z.object({ explainers: count, predictions: count, reports: count }),
  }),
  removeOperations: route({
    ...one,
    method: 'DELETE',
    path: '/run/:id/operations',
    summary: 'Delete explainers and predictions of a run',
    status: 200,
    answer: z.object({
      deleted: z.boolean(),
      count: z.object({ global_explainers: count, local_explainers: count, predictions: count, reports: count }),
      total: count,
    }),
  }),
} as const;
