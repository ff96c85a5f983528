import { z } from 'zod';

import { Id, IdParams, IdsBody, Nothing, route } from './route.js';
import { JsonObject, WireDate, wireRow } from './wire.js';

/** A conversation with a generative model. */
export const WireGenerativeSession = z
  .object({
    ...wireRow,
    task_name: z.string(),
    model_name: z.string(),
    parameters: JsonObject,
    name: z.string(),
    description: z.string().nullable(),
  })
  .meta({ id: 'GenerativeSession' });
export type WireGenerativeSession = z.infer<typeof WireGenerativeSession>;

/** The parameters of a session as they were from a moment on. */
export const WireParameterSnapshot = z
  .object({ id: z.int(), session_id: z.int(), parameters: JsonObject, modified_at: WireDate })
  .meta({ id: 'ParameterSnapshot' });
export type WireParameterSnapshot = z.infer<typeof WireParameterSnapshot>;

/** What one change of a session changed; a change of the model says only that. */
export const WireParameterChange = z
  .object({
    id: z.int(),
    timestamp: WireDate,
    changes: z.array(z.object({ parameter: z.string(), oldValue: z.unknown(), newValue: z.unknown() })),
  })
  .meta({ id: 'ParameterChange' });
export type WireParameterChange = z.infer<typeof WireParameterChange>;

/** Fields of the create body. */
export const NewGenerativeSession = z.object({
  name: z.string().max(200),
  description: z.string().max(10_000).nullish(),
  task_name: z.string().max(200),
  model_name: z.string().max(200),
  parameters: JsonObject.default({}),
});
export type NewGenerativeSession = z.infer<typeof NewGenerativeSession>;

const Change = z.object({
  name: z.string().max(200).optional(),
  description: z.string().max(10_000).nullish(),
  model_name: z.string().max(200).optional(),
});
/** What may change of a session. */
export const GenerativeSessionChange = Change.extend({ parameters: JsonObject.optional() });
export type GenerativeSessionChange = z.infer<typeof GenerativeSessionChange>;

const tag = 'generative-session';
const refusals = ['not-generative', 'generative-parameters-invalid'] as const;

/** `/generative-session/`: conversations and how their parameters changed. */
export const generativeSessionRoutes = {
  /** Before `:id`, which takes digits only. */
  changes: route({
    method: 'GET',
    path: '/generative-session/parameters-history/:id',
    tag,
    summary: 'What each change of a session changed, the oldest first',
    params: IdParams,
    status: 200,
    answer: z.array(WireParameterChange),
    errors: ['generative-session-not-found'],
  }),
  history: route({
    method: 'GET',
    path: '/generative-session/:id/parameters-history',
    tag,
    summary: 'The parameters of a session over time, the oldest first',
    params: IdParams,
    status: 200,
    answer: z.array(WireParameterSnapshot),
    errors: ['generative-session-not-found'],
  }),
  list: route({
    method: 'GET',
    path: '/generative-session/',
    tag,
    summary: 'List generative sessions, the oldest first',
    query: z.object({ task_name: z.string().max(200).optional() }),
    status: 200,
    answer: z.array(WireGenerativeSession),
  }),
  create: route({
    method: 'POST',
    path: '/generative-session/',
    tag,
    summary: 'Create a generative session',
    description: 'Its model must have been downloaded. The parameters become the first entry of the history.',
    body: NewGenerativeSession,
    status: 201,
    answer: WireGenerativeSession.extend({ display_name: z.union([z.string(), JsonObject]) }),
    localised: true,
    errors: [...refusals, 'model-task-mismatch', 'component-not-downloaded', 'name-empty', 'name-exists'],
    example: {
      body: {
        name: 'First talk',
        description: null,
        task_name: 'TextToTextGenerationTask',
        model_name: 'Qwen25_05BInstruct',
        parameters: { max_tokens: 100, temperature: 0.7 },
      },
    },
  }),
  get: route({
    method: 'GET',
    path: '/generative-session/:id',
    tag,
    summary: 'Read one generative session',
    params: IdParams,
    status: 200,
    answer: WireGenerativeSession,
    errors: ['generative-session-not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/generative-session/:id',
    tag,
    summary: 'Change a generative session, by query or by body',
    description:
      'Another model takes the parameters it last had in this session, or its defaults. `parameters` in a body are merged as `PUT …/parameters` does.',
    params: IdParams,
    query: Change,
    body: GenerativeSessionChange.nullish(),
    status: 200,
    answer: WireGenerativeSession,
    errors: [
      'generative-session-not-found',
      ...refusals,
      'model-task-mismatch',
      'name-empty',
      'name-exists',
      'not-modified',
    ],
  }),
  changeParameters: route({
    method: 'PUT',
    path: '/generative-session/:id/parameters',
    tag,
    summary: 'Change parameters of a session; they hold from the next turn on',
    description: 'Keys that are not sent stay as they are.',
    params: IdParams,
    body: JsonObject,
    status: 200,
    answer: z.object({ id: Id, parameters: JsonObject }),
    errors: ['generative-session-not-found', ...refusals],
    example: { body: { temperature: 0.2 } },
  }),
  remove: route({
    method: 'DELETE',
    path: '/generative-session/:id',
    tag,
    summary: 'Delete a session with its turns, files and history',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['generative-session-not-found'],
  }),
  removeMany: route({
    method: 'DELETE',
    path: '/generative-session/',
    tag,
    summary: 'Delete several generative sessions; unknown ids are skipped',
    body: IdsBody,
    status: 204,
    answer: Nothing,
  }),
} as const;
