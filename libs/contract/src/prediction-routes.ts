import { z } from 'zod';

import { WireDataset } from './dataset-routes.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { wireWork } from './wire.js';

/** A prediction; `results_path` is a path token, null until it has finished. */
export const WirePrediction = z
  .object({
    ...wireWork,
    run_id: z.int(),
    dataset_id: z.int().nullable(),
    split: z.string().nullable(),
    results_path: z.string().nullable(),
  })
  .meta({ id: 'Prediction' });
export type WirePrediction = z.infer<typeof WirePrediction>;

/** Parts of a run's rows that can be chosen, with their sizes. */
export const NamedSplits = z.array(z.object({ name: z.string(), rows: z.int() }));
const tag = 'predict';

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
    form: z.object({ run_id: Id, manual_input_data: z.string().max(10_000_000) }),
    files: [],
    status: 200,
    answer: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }),
    errors: ['run-not-found', 'run-not-finished', 'manual-input-invalid', 'unavailable'],
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
    body: z.object({ run_id: Id, dataset_id: Id.nullish(), split: z.string().max(50).nullish() }),
    status: 200,
    answer: WirePrediction,
    errors: ['run-not-found', 'dataset-not-found'],
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
