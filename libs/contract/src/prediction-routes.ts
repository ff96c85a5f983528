import { z } from 'zod';

import { WireDataset } from './dataset-wire.js';
import { ColumnReport, FindingOutcome, PredictionPolicy } from './prediction-policy.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { wireWork } from './wire.js';

/** Something worth knowing about the data of a prediction, in the reader's language. */
export const WirePredictionNote = z
  .object({
    code: z.string(),
    column: z.string().nullable(),
    outcome: FindingOutcome,
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    text: z.string(),
  })
  .meta({ id: 'PredictionNote' });
export type WirePredictionNote = z.infer<typeof WirePredictionNote>;

/** What a prediction would make of its data, column by column, before it runs. */
export const WirePredictionReport = z
  .object({
    rows: z.int(),
    /** Whether the prediction would run under the policy it was asked for with. */
    runnable: z.boolean(),
    policy: PredictionPolicy,
    columns: z.array(ColumnReport.extend({ notes: z.array(WirePredictionNote) })),
    notes: z.array(WirePredictionNote),
  })
  .meta({ id: 'PredictionReport' });
export type WirePredictionReport = z.infer<typeof WirePredictionReport>;

/** A prediction; `results_path` is a path token, null until it has finished. */
export const WirePrediction = z
  .object({
    ...wireWork,
    run_id: z.int(),
    dataset_id: z.int().nullable(),
    split: z.string().nullable(),
    results_path: z.string().nullable(),
    policy: PredictionPolicy,
    probabilities: z.boolean(),
    /** What the last run found in the data; empty before it. */
    notes: z.array(WirePredictionNote),
  })
  .meta({ id: 'Prediction' });
export type WirePrediction = z.infer<typeof WirePrediction>;

/** What a prediction says at a glance; the spellings are DashAI's. */
export const WirePredictionSummary = z
  .object({
    total_data_points: z.int(),
    data_type: z.enum(['string', 'numeric']),
    /** How many different values were predicted. */
    Unique_classes: z.int(),
    /** The most frequent of them, at most 100; a percentage has two decimals. */
    class_distribution: z.array(
      z.object({ id: z.int(), Class: z.string(), Ocurrences: z.int(), Percentage: z.number() }),
    ),
    /** The first 50 rows. */
    sample_data: z.array(z.object({ id: z.int(), value: z.union([z.string(), z.number()]).nullable() })),
  })
  .meta({ id: 'PredictionSummary' });
export type WirePredictionSummary = z.infer<typeof WirePredictionSummary>;

/** Parts of a run's rows that can be chosen, with their sizes. */
export const NamedSplits = z.array(z.object({ name: z.string(), rows: z.int() }));
const tag = 'predict';
const rows = z.array(z.record(z.string(), z.unknown())).min(1).max(10_000);

/** What data may be refused for. */
const dataErrors = [
  'input-columns-missing',
  'input-columns-extra',
  'input-levels-unseen',
  'input-type-differs',
  'missing-values',
  'probabilities-unavailable',
  'values-not-convertible',
] as const;

/** `/predict/`: predictions of finished runs. */
export const predictionRoutes = {
  filterDatasets: route({
    method: 'GET',
    path: '/predict/filter_datasets',
    tag,
    summary: 'Data sets that have every input column of a run',
    query: z.object({ run_id: Id }),
    status: 200,
    answer: z.object({ valid_dataset_ids: z.array(z.int()) }),
    errors: ['run-not-found'],
  }),
  splits: route({
    method: 'GET',
    path: '/predict/splits/:id',
    tag,
    summary: 'Parts of the training data set that can be predicted',
    params: IdParams,
    status: 200,
    answer: z.object({ splits: NamedSplits, training_dataset_id: z.int() }),
    errors: ['run-not-found', 'run-not-finished'],
  }),
  preview: route({
    method: 'POST',
    path: '/predict/preview',
    tag,
    summary: 'Predict rows typed by hand and answer at once',
    description:
      'A file named `file_<row>_<column>` takes the place of the cell that holds this name: text as it is, anything else as a data URI.',
    form: z.object({
      run_id: Id,
      manual_input_data: z.string().max(10_000_000),
      /** The policy as JSON. */
      policy: z.string().max(2000).optional(),
      probabilities: z.enum(['true', 'false', '']).optional(),
    }),
    files: ['file_*'],
    status: 200,
    answer: z.object({
      columns: z.array(z.string()),
      rows: z.array(z.array(z.unknown())),
      notes: z.array(WirePredictionNote),
    }),
    errors: ['run-not-found', 'run-not-finished', 'manual-input-invalid', ...dataErrors, 'unavailable'],
    opening: { words: 'input-refused', at: [422] },
  }),
  check: route({
    method: 'POST',
    path: '/predict/check',
    tag,
    summary: 'Report column by column how data fit a run, before they are predicted',
    description:
      'Nothing is stored. `policy` says what is done with columns that are missing, renamed, superfluous or of another type, and with categories that training had not seen.',
    body: z.object({
      run_id: Id,
      dataset_id: Id.nullish(),
      split: z.string().max(50).nullish(),
      manual_input_data: rows.nullish(),
      policy: PredictionPolicy.optional(),
    }),
    status: 200,
    answer: WirePredictionReport,
    errors: [
      'run-not-found',
      'run-not-finished',
      'dataset-not-found',
      'dataset-not-finished',
      'split-unknown',
      'manual-input-invalid',
      'unavailable',
    ],
    example: { body: { run_id: 1, dataset_id: 2, policy: { missing: 'fill', renamed: 'match' } } },
  }),
  list: route({
    method: 'GET',
    path: '/predict/',
    tag,
    summary: 'List predictions with their data sets',
    query: z.object({ run_id: Id.optional(), prediction_id: Id.optional() }),
    status: 200,
    answer: z.array(WirePrediction.extend({ dataset: WireDataset.nullable() })),
  }),
  create: route({
    method: 'POST',
    path: '/predict/',
    tag,
    summary: 'Create a prediction; a PredictJob computes it',
    body: z.object({
      run_id: Id,
      dataset_id: Id.nullish(),
      split: z.string().max(50).nullish(),
      policy: PredictionPolicy.nullish(),
      /** Also a column for the probability of each class. */
      probabilities: z.boolean().nullish(),
    }),
    status: 200,
    answer: WirePrediction,
    errors: ['run-not-found', 'dataset-not-found', 'probabilities-unavailable'],
  }),
  download: route({
    method: 'GET',
    path: '/predict/download/:id',
    tag,
    summary: 'The rows of a finished prediction as CSV',
    params: IdParams,
    status: 200,
    answer: z.string(),
    stream: 'file',
    errors: ['prediction-not-found', 'prediction-not-finished'],
  }),
  summary: route({
    method: 'GET',
    path: '/predict/summary/',
    tag,
    summary: 'What a finished prediction says: its values, how often each was predicted, its first rows',
    query: z.object({ prediction_id: Id }),
    status: 200,
    answer: WirePredictionSummary,
    errors: ['prediction-not-found', 'prediction-not-finished'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/predict/:id',
    tag,
    summary: 'Delete a prediction and its rows',
    params: IdParams,
    status: 200,
    answer: Nothing,
    errors: ['prediction-not-found'],
  }),
} as const;
