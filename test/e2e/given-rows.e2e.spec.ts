import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { session, trained } from './training.js';

const between = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
/** Rows 0–19 tell the rule, 3 of 20–29 and all of 30–39 break it, and 40–79 would teach its opposite. */
const breaksRule = (row: number): boolean => row >= 30 || [21, 24, 25].includes(row);
const CSV = [
  'x,kind',
  ...between(0, 80).map((row) => {
    const high = row % 2 === 1;
    return `${(high ? 10 : 0) + row / 100},${high === breaksRule(row) ? 'low' : 'high'}`;
  }),
].join('\n');
const TRAIN = between(0, 20).toReversed();
const TEST = between(20, 30);
const VALIDATION = between(30, 40);
const ROWS = { train_indexes: TRAIN, test_indexes: TEST, val_indexes: VALIDATION };

let millrace: RunningMillrace;
let api: Caller;
let dataset: { id: number };
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
  dataset = await api.dataset('rule', CSV);
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

it.each<[string, object]>([
  ['manual', { splitter_name: 'HoldoutSplitter', splitType: 'manual', splitted_indexes: ROWS, is_random: false }],
  ['predefined', { splitter_name: 'HoldoutSplitter', splitType: 'predefined', splitted_indexes: ROWS }],
  ['row numbers under shares', { train: TRAIN, test: TEST, validation: VALIDATION }],
])('a split by given rows, %s, trains and judges by exactly those', async (name, splits) => {
  const { id } = await api.ok<{ id: number }>(
    'POST',
    '/model-session/',
    session(dataset.id, name, { input_columns: ['x'], output_columns: ['kind'], splits: JSON.stringify(splits) }),
  );
  const run = await trained(api, id, 'GaussianNB');
  expect(JSON.parse(run.split_indexes)).toEqual({
    train_indexes: TRAIN.toSorted((a, b) => a - b),
    val_indexes: VALIDATION,
    test_indexes: TEST,
  });
  expect(run.train_metrics).toMatchObject({ Accuracy: 1 });
  expect(run.validation_metrics).toMatchObject({ Accuracy: 0 });
  expect(run.test_metrics).toMatchObject({ Accuracy: 0.7 });
});
