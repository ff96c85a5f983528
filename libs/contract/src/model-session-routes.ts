import { z } from 'zod';

import { Id, IdParams, IdsBody, Nothing, route } from './route.js';
import { wireRow } from './wire.js';

const names = z.array(z.string().max(1000)).max(20_000);

/** A session: the columns, splits and metrics all its runs share; `splits` is JSON text. */
export const WireModelSession = z
  .object({
    ...wireRow,
    dataset_id: z.int(),
    name: z.string(),
    task_name: z.string(),
    input_columns: z.array(z.string()),
    output_columns: z.array(z.string()),
    train_metrics: z.array(z.string()),
    validation_metrics: z.array(z.string()),
    test_metrics: z.array(z.string()),
    evaluation_strategy: z.string(),
    splits: z.string().meta({ description: 'JSON text of the splits payload' }),
  })
  .meta({ id: 'ModelSession' });
export type WireModelSession = z.infer<typeof WireModelSession>;

/** Fields of the create body. */
export const NewModelSession = z.object({
  dataset_id: Id,
  task_name: z.string().max(200),
  name: z.string().max(200),
  input_columns: names,
  output_columns: names,
  train_metrics: z.array(z.string()).max(100),
  validation_metrics: z.array(z.string()).max(100),
  test_metrics: z.array(z.string()).max(100),
  evaluation_strategy: z.string().max(200),
  splits: z.string().max(50_000_000),
  /** The newest client's chain of preprocessing; only an empty one is taken. */
  converters: z.array(z.unknown()).max(1000).optional(),
});
export type NewModelSession = z.infer<typeof NewModelSession>;

/** A list, or its JSON text as the real client puts it into the query. */
const sentNames = z
  .preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }, names.optional())
  .meta({ description: 'Names of columns; as JSON text in the query' });
const Change = z.object({
  name: z.string().max(200).optional(),
  dataset_id: Id.optional(),
  task_name: z.string().max(200).optional(),
  input_columns: sentNames,
  output_columns: sentNames,
});
/** What may change of a session. */
export type ModelSessionChange = z.infer<typeof Change>;
const tag = 'model-session';

/** `/model-session/`: what runs have in common. */
export const modelSessionRoutes = {
  list: route({
    method: 'GET',
    path: '/model-session/',
    tag,
    summary: 'List model sessions',
    status: 200,
    answer: z.array(WireModelSession),
  }),
  validate: route({
    method: 'POST',
    path: '/model-session/validation',
    tag,
    summary: 'Check columns against a task before creating a session',
    body: z.object({ task_name: z.string().max(200), dataset_id: Id, inputs_columns: names, outputs_columns: names }),
    status: 200,
    answer: z.object({ dataset_status: z.enum(['valid', 'invalid']), error: z.string().optional() }),
    errors: ['dataset-not-found', 'dataset-not-finished', 'component-not-found', 'column-selection-invalid'],
  }),
  create: route({
    method: 'POST',
    path: '/model-session/',
    tag,
    summary: 'Create a model session',
    body: NewModelSession,
    status: 201,
    answer: WireModelSession,
    errors: [
      'dataset-not-found',
      'dataset-not-finished',
      'component-not-found',
      'column-selection-invalid',
      'column-not-found',
      'input-is-output',
      'name-empty',
      'name-exists',
      'session-converters-not-offered',
      'group-column-missing',
      'splits-invalid',
      'splitter-rows-too-many',
      'task-columns-invalid',
    ],
  }),
  get: route({
    method: 'GET',
    path: '/model-session/:id',
    tag,
    summary: 'Read one model session',
    params: IdParams,
    status: 200,
    answer: WireModelSession,
    errors: ['model-session-not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/model-session/:id',
    tag,
    summary: 'Change a model session, by query or by body',
    description:
      'Another data set, task or choice of columns is checked as at creation, and the trained runs of the session are reset.',
    params: IdParams,
    query: Change,
    body: Change.nullish(),
    status: 200,
    answer: WireModelSession,
    errors: [
      'model-session-not-found',
      'dataset-not-found',
      'dataset-not-finished',
      'component-not-found',
      'column-selection-invalid',
      'column-not-found',
      'input-is-output',
      'splits-invalid',
      'splitter-rows-too-many',
      'task-columns-invalid',
      'entity-busy',
      'name-empty',
      'name-exists',
      'not-modified',
    ],
  }),
  remove: route({
    method: 'DELETE',
    path: '/model-session/:id',
    tag,
    summary: 'Delete a model session with its runs',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['model-session-not-found'],
  }),
  removeMany: route({
    method: 'DELETE',
    path: '/model-session/',
    tag,
    summary: 'Delete several model sessions',
    body: IdsBody,
    status: 204,
    answer: Nothing,
  }),
} as const;
