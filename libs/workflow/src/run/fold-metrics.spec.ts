import { describe, expect, it } from 'vitest';

import { LEVELS, type MetricPoint } from '#contract';

import { foldMetrics, outerAveragedMetrics } from './fold-metrics.js';
import { getRun } from './get-run.js';
import { finish, newRun, point, ports, runsHouse } from './runs.fixture.js';
import { watchMetrics } from './watch-metrics.js';

runsHouse();

describe('metrics of folds', () => {
  const scores = (level: MetricPoint['level'], values: readonly (number | null)[]): MetricPoint[] =>
    values.flatMap((value, foldIndex) => (value === null ? [] : [point({ level, step: foldIndex, foldIndex, value })]));

  it('fold by fold, with a hole where a metric is undefined', async () => {
    const id = await newRun({ splitter_name: 'KFoldSplitter', n_splits: 3 });
    await finish(id, [
      ...scores('fold', [0.5, null, 0.75]),
      point({ split: 'train', foldIndex: 0, value: 1 }),
      point({ level: 'last', value: 0.625, stdValue: 0.125 }),
    ]);
    const ask = (metric_split: 'train' | 'validation', scope: 'default' | 'outer' = 'default') =>
      foldMetrics(ports, id, { metric_split, scope });
    expect(await ask('validation')).toEqual({ Accuracy: [0.5, null, 0.75] });
    expect(await ask('train')).toEqual({ Accuracy: [1] });
    await expect(ask('validation', 'outer')).rejects.toThrow('fold-metrics-not-found');
    expect(await getRun(ports, id)).toMatchObject({
      validation_metrics: { Accuracy: 0.625 },
      validation_metrics_std: { Accuracy: 0.125 },
      test_metrics: null,
    });
  });

  it('by repetition where the session repeats its folds, inner and outer ones', async () => {
    const id = await newRun({ splitter_name: 'RepeatedKFoldSplitter', n_splits: 2, n_repeats: 2 });
    await finish(id, [...scores('outer_fold', [0.1, 0.2, 0.3, 0.4]), ...scores('fold', [0.5, 0.6, 0.7, 0.8])]);
    expect(await foldMetrics(ports, id, { metric_split: 'validation', scope: 'default' })).toEqual({
      rep_0: { Accuracy: [0.5, 0.6] },
      rep_1: { Accuracy: [0.7, 0.8] },
    });
    expect(await foldMetrics(ports, id, { metric_split: 'validation', scope: 'outer' })).toEqual({
      rep_0: { Accuracy: [0.1, 0.2] },
      rep_1: { Accuracy: [0.3, 0.4] },
    });
  });

  it('averages of outer folds only of nested runs', async () => {
    const nested = { splitter_name: 'KFoldSplitter', n_splits: 2 };
    const id = await newRun({ splitter_name: 'KFoldSplitter' }, { nested });
    const plain = await newRun({ splitter_name: 'KFoldSplitter' });
    await finish(id, [point({ level: 'last_outer', value: 0.9, stdValue: 0.1 })]);
    expect(await outerAveragedMetrics(ports, id)).toMatchObject({
      validation_metrics: { Accuracy: 0.9 },
      validation_metrics_std: { Accuracy: 0.1 },
      train_metrics: null,
    });
    await expect(outerAveragedMetrics(ports, plain)).rejects.toMatchObject({ code: 'run-not-nested', status: 400 });
    await expect(outerAveragedMetrics(ports, 4711)).rejects.toThrow('run-not-found');
  });
});

it('live metrics come at the levels trial, fold, step and epoch', async () => {
  const id = await newRun();
  await finish(
    id,
    LEVELS.map((level) => point({ level, step: 2 })),
  );
  const messages: unknown[] = [];
  for await (const message of watchMetrics(ports, id, new AbortController().signal)) messages.push(message);
  const own = { Accuracy: [{ step: 2, value: 0.5, timestamp: expect.any(String) as string }] };
  expect(messages).toEqual([{ VALIDATION: { TRIAL: own, FOLD: own, STEP: own, EPOCH: own }, run_status: 'FINISHED' }]);
});
