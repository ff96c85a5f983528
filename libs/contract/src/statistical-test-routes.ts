import { z } from 'zod';

import { Id, IdParams, route } from './route.js';
import { JsonObject, WireDate } from './wire.js';

const Scores = z.array(z.number()).max(1000);
/** Which runs are compared, by which scores, and how. */
export const TestRequest = z.object({
  test_name: z.string().max(200),
  metric_name: z.string().max(200).default(''),
  metric_split: z.string().max(50).default(''),
  run_ids: z.array(Id).max(100),
  run_names: z.record(z.string(), z.string()).default({}),
  fold_metrics: z.record(z.string(), Scores),
  alpha: z.number().gt(0).lt(1).nullish(),
  params: z
    .looseObject({
      alternative: z.enum(['two-sided', 'greater', 'less']).nullish(),
      correction_method: z.string().max(50).nullish(),
    })
    .nullish(),
});
export type TestRequest = z.infer<typeof TestRequest>;

const Pair = z.object({
  run_1: z.int(),
  run_1_name: z.string().nullable(),
  run_2: z.int(),
  run_2_name: z.string().nullable(),
  p_value: z.number(),
  significant: z.boolean(),
});

/** An outcome as a person keeps it. */
export const KeptTest = z.object({
  test_name: z.string().max(200),
  metric_name: z.string().max(200),
  metric_split: z.string().max(50),
  alpha: z.number(),
  significant: z.boolean(),
  name: z.string().max(100).nullish(),
  description: z.string().max(500).nullish(),
  run_ids: z.array(z.int()).max(1000).default([]),
  run_names: z.record(z.string(), z.string()).default({}),
  statistic: z.number().nullish(),
  p_value: z.number().nullish(),
  interpretation: z.string().max(10_000).nullish(),
  params: JsonObject.nullish(),
  details: JsonObject.nullish(),
  posthoc: z.array(JsonObject).max(10_000).nullish(),
  group_id: z.string().max(100).nullish(),
  model_session_id: Id.nullish(),
});
export type KeptTest = z.infer<typeof KeptTest>;

/** An outcome that was kept. */
export const WireStatisticalTest = KeptTest.extend({ id: z.int(), created: WireDate }).meta({ id: 'StatisticalTest' });
export type WireStatisticalTest = z.infer<typeof WireStatisticalTest>;

const tag = 'statistical-test';

/** `/statistical-tests/`: whether runs differ by more than chance. */
export const statisticalTestRoutes = {
  run: route({
    method: 'POST',
    path: '/statistical-tests/run',
    tag,
    summary: 'Compare runs by their scores on the same folds; a test of pairs follows a significant whole',
    body: TestRequest,
    status: 200,
    answer: z.object({
      test_name: z.string(),
      statistic: z.number().nullable(),
      p_value: z.number().nullable(),
      significant: z.boolean(),
      alpha: z.number(),
      details: JsonObject,
      posthoc: z.array(Pair).nullable(),
      interpretation: z.union([z.string(), JsonObject]).nullable(),
    }),
    localised: true,
    errors: ['statistical-test-unknown', 'test-impossible', 'unavailable'],
    example: {
      body: {
        test_name: 'CorrectedPairedTTest',
        metric_name: 'Accuracy',
        metric_split: 'VALIDATION',
        run_ids: [1, 2],
        run_names: { 1: 'Forest', 2: 'Linear' },
        fold_metrics: { 1: [0.91, 0.93, 0.9], 2: [0.88, 0.91, 0.89] },
        alpha: 0.05,
        params: { alternative: 'two-sided' },
      },
    },
  }),
  save: route({
    method: 'POST',
    path: '/statistical-tests/save',
    tag,
    summary: 'Keep outcomes; several at once get a group of their own',
    body: z.array(KeptTest).max(1000),
    status: 201,
    answer: z.array(WireStatisticalTest),
    errors: ['test-impossible', 'model-session-not-found'],
  }),
  saved: route({
    method: 'GET',
    path: '/statistical-tests/saved',
    tag,
    summary: 'List kept outcomes, newest first',
    query: z.object({ model_session_id: Id.optional(), group_id: z.string().max(100).optional() }),
    status: 200,
    answer: z.array(WireStatisticalTest),
  }),
  remove: route({
    method: 'DELETE',
    path: '/statistical-tests/saved/:id',
    tag,
    summary: 'Delete a kept outcome',
    params: IdParams,
    status: 200,
    answer: z.object({ deleted: z.literal(true), id: z.int() }),
    errors: ['statistical-test-not-found'],
  }),
} as const;
