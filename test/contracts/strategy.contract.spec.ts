import { describe, expect, it } from 'vitest';

import { type EvaluationStrategy, registry, type Trainer } from '#components';
import { AppError, type MetricPoint, type SplitIndexes, SPLITS } from '#contract';

import { type Check, runChecks } from './waivers.js';

const strategies = registry.all.filter((component): component is EvaluationStrategy => component.kind === 'strategy');
const split: SplitIndexes = { train_indexes: [0, 1, 2], validation_indexes: [3], test_indexes: [4, 5] };
const TRIALS = [1, 4, 9, 2];
const ITERATION = 50;

interface Told {
  readonly fits: { rows: readonly number[]; values: unknown }[];
  readonly scored: (readonly number[])[];
  readonly reported: MetricPoint[];
  readonly fractions: number[];
}

/** A trainer whose model is its values and whose every metric is their `k`. */
function fakeTrainer(goalMetric: string | null): Told & { trainer: Trainer<{ k: number }> } {
  const told: Told = { fits: [], scored: [], reported: [], fractions: [] };
  return {
    ...told,
    trainer: {
      metrics: { train: ['A'], validation: ['B'], test: ['C'] },
      goalMetric,
      fit: (rows, values, [from, to], watch) => {
        told.fits.push({ rows, values });
        told.fractions.push(from, to);
        const fitted = { k: Number(values['k'] ?? 0) };
        watch?.(fitted, ITERATION);
        return fitted;
      },
      score: ({ k }, rows, metrics) => {
        told.scored.push(rows);
        return Object.fromEntries(metrics.map((name) => [name, k]));
      },
      tune: (objective) => {
        const values = TRIALS.map((k, trial) => ({ k, value: objective({ k }, trial, TRIALS.length) }));
        return { k: values.sort((a, b) => b.value! - a.value!)[0]!.k };
      },
      report: (points) => void told.reported.push(...points),
      progress: (fraction) => void told.fractions.push(fraction),
    },
  };
}

const strategyChecks: readonly Check<EvaluationStrategy>[] = [
  {
    name: 'without a search one fit is scored on every part it declares',
    run: (strategy) => {
      const { trainer, reported } = fakeTrainer(null);
      const { metrics, values } = strategy.evaluate(trainer, [split]);
      expect(new Set(metrics.map((point) => point.split))).toEqual(new Set(strategy.scoredSplits));
      expect(values).toEqual({});
      for (const { level } of [...metrics, ...reported]) expect(strategy.levels).toContain(level);
    },
  },
  {
    name: 'a search ends in a fit with the values it found',
    run: (strategy) => {
      const { trainer, fits } = fakeTrainer('B');
      const { fitted, values } = strategy.evaluate(trainer, [split]);
      expect(values).toEqual({ k: 9 });
      expect(fitted).toEqual({ k: 9 });
      expect(fits.at(-1)!.values).toEqual({ k: 9 });
    },
  },
  {
    name: 'the test rows are never learnt from, and scored after the last fit only',
    run: (strategy) => {
      const { trainer, fits, scored, reported } = fakeTrainer('G');
      strategy.evaluate(trainer, [split]);
      const test = new Set(split.test_indexes);
      for (const { rows } of fits) expect(rows.some((row) => test.has(row))).toBe(false);
      expect(scored.filter((rows) => rows.some((row) => test.has(row)))).toHaveLength(1);
      expect(reported.some((point) => point.split === 'test')).toBe(false);
    },
  },
  {
    name: 'progress never runs backwards',
    run: (strategy) => {
      const { trainer, fractions } = fakeTrainer('B');
      strategy.evaluate(trainer, [split]);
      expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
      expect(fractions.at(-1)).toBeLessThanOrEqual(1);
    },
  },
  {
    name: 'a part it needs and that is empty is named',
    run: (strategy) => {
      const evaluate = (change: Partial<SplitIndexes>, goal: string | null) => () =>
        strategy.evaluate(fakeTrainer(goal).trainer, [{ ...split, ...change }]);
      expect(evaluate({ train_indexes: [] }, null)).toThrow(AppError);
      expect(evaluate({ validation_indexes: [] }, 'B')).toThrow(AppError);
    },
  },
];

describe.each(strategies.map((strategy) => [strategy.name, strategy] as const))('%s', (_, strategy) =>
  runChecks(strategy, strategyChecks),
);

describe('HoldoutEvaluationStrategy', () => {
  const holdout = registry.find('HoldoutEvaluationStrategy', 'strategy');

  it('scores trials on training and validation rows, by number', () => {
    const { trainer, reported } = fakeTrainer('G');
    holdout.evaluate(trainer, [split]);
    expect(reported.filter(({ step }) => step === 2)).toEqual([
      { split: 'train', level: 'trial', name: 'A', step: 2, value: 9 },
      { split: 'validation', level: 'trial', name: 'B', step: 2, value: 9 },
      { split: 'validation', level: 'trial', name: 'G', step: 2, value: 9 },
    ]);
  });

  it('scores the last fit as it grows on training and validation rows, and no trial', () => {
    const { trainer, reported } = fakeTrainer('G');
    holdout.evaluate(trainer, [split]);
    expect(reported.filter(({ level }) => level === 'step')).toEqual([
      { split: 'train', level: 'step', name: 'A', step: ITERATION, value: 9 },
      { split: 'validation', level: 'step', name: 'B', step: ITERATION, value: 9 },
    ]);
  });

  it('leaves parts without rows out of the final metrics', () => {
    const { metrics } = holdout.evaluate(fakeTrainer(null).trainer, [
      { ...split, validation_indexes: [], test_indexes: [] },
    ]);
    expect(metrics.map((point) => point.split)).toEqual(SPLITS.slice(0, 1));
  });
});
