import { z } from 'zod';

import { mlDashMetricRoutes } from './ml-dash-metric-routes.js';
import { mlDashNodeRoutes } from './ml-dash-node-routes.js';
import { mlDashTrackRoutes } from './ml-dash-track-routes.js';
import {
  ExperimentParams, MlDashLevel, MlDashTime,
  MlDashTimeText, WireMlDashLog, WireMlDashParameters,
} from './ml-dash-wire.js'; // prettier-ignore
import { route } from './route.js';
import { storableText } from './storable.js';

const common = { root: true, dialect: 'ml-dash', tag: 'ml-dash' } as const;
const runErrors = ['tracked-run-gone', 'tracked-run-not-found'] as const;

/** Levels in a query, comma-joined. */
const Levels = z.preprocess(
  (text) => (typeof text === 'string' ? text.split(',') : text),
  z.array(MlDashLevel).max(5).optional(),
);

/** What the ML-Dash client calls, at the addresses it knows. */
export const mlDashRoutes = {
  ...mlDashNodeRoutes,
  ...mlDashMetricRoutes,
  ...mlDashTrackRoutes,
  parameters: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/parameters',
    summary: 'Read the parameters, flat',
    params: ExperimentParams,
    status: 200,
    answer: WireMlDashParameters,
    errors: runErrors,
  }),
  setParameters: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/parameters',
    summary: 'Merge parameters, key by key',
    params: ExperimentParams,
    body: z.object({ data: z.record(z.string(), z.unknown()) }),
    status: 200,
    answer: WireMlDashParameters,
    errors: [...runErrors, 'tracked-limit-passed', 'tracked-run-protected'],
    example: { body: { data: { 'model.lr': 0.001, 'model.layers': 50 } } },
  }),
  logs: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/logs',
    summary: 'Read lines of the log',
    params: ExperimentParams,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(10_000).default(100),
      offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
      orderBy: z.enum(['timestamp', 'sequenceNumber']).default('sequenceNumber'),
      order: z.enum(['asc', 'desc']).default('asc'),
      level: Levels,
      startTime: MlDashTime.optional(),
      endTime: MlDashTime.optional(),
      search: z.string().max(1000).optional(),
    }),
    status: 200,
    answer: z.object({ logs: z.array(WireMlDashLog), hasMore: z.boolean() }),
    errors: runErrors,
  }),
  appendLogs: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/logs',
    summary: 'Append lines to the log, all or none',
    description:
      'The same lines again within a day are taken for the same batch. What a message holds that cannot be stored is replaced by U+FFFD.',
    params: ExperimentParams,
    body: z.object({
      logs: z
        .array(
          z.object({
            timestamp: MlDashTimeText,
            level: MlDashLevel.default('info'),
            message: z.string().transform(storableText),
            metadata: z.record(z.string(), z.unknown()).nullish(),
          }),
        )
        .min(1)
        .max(10_000),
    }),
    status: 200,
    answer: z.object({
      created: z.int(),
      startSequence: z.int(),
      endSequence: z.int(),
      experimentId: z.string(),
    }),
    errors: [...runErrors, 'tracked-limit-passed', 'tracked-run-protected'],
    example: { body: { logs: [{ timestamp: '2026-01-31T10:22:05.123456Z', level: 'info', message: 'started' }] } },
  }),
  graphql: route({
    ...common,
    method: 'POST',
    path: '/graphql',
    summary: 'Ask in GraphQL',
    description:
      'Fields of the schema nest 25 deep at the most, pages hold 500, and what a query may cost is bounded. Errors of the query are ' +
      '`{"errors": [{"message"}]}` with status 200; introspection tells the schema.',
    body: z.object({
      query: z.string().max(100_000),
      variables: z.record(z.string(), z.unknown()).nullish(),
      operationName: z.string().max(255).nullish(),
    }),
    status: 200,
    answer: z.object({
      data: z.record(z.string(), z.unknown()).nullish(),
      errors: z.array(z.looseObject({ message: z.string() })).optional(),
    }),
    example: { body: { query: '{ me { username } }' } },
  }),
} as const;
