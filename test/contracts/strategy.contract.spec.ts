import { describe, expect, it } from 'vitest';

import {
  type Division,
  type Evaluation,
  type EvaluationStrategy,
  type Fold,
  Pruned,
  registry,
  rowSet,
  type RowSet,
  type Trainer,
} from '#components';
import { AppError, type MetricPoint, SPLITS } from '#contract';

import { type Check, runChecks } from './waivers.js';

const strategies = registry.all.filter((component): component is EvaluationStrategy => component.kind === 'strategy');
const TRIALS = [1, 4, 9, 2];
const ITERATION = 50;

/** Folds of these rows: every n-th row is held by the n-th of them. */
const foldsOf = (rows: Int32Array, count: number): Fold[] =>
  Array.from({ length: count }, (_, k) => ({
    train: rowSet(rows.filter((_row, i) => i % count !== k)),
    validation: rowSet(rows.filter((_row, i) => i % count === k)),
  }));
const pool = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
const divisions: Readonly<Record<EvaluationStrategy['partitioning'], Division>> = {
  holdout: { train: rowSet([0, 1, 2]), validation: rowSet([3]), test: rowSet([8, 9]), folds: [] },
  folds: { train: rowSet(pool), validation: rowSet([]), test: rowSet([8, 9]), folds: foldsOf(pool, 3) },
};

interface Told {
  readonly fits: { rows: number[]; values: unknown }[];
  readonly scored: number[][];
  readonly reported: MetricPoint[];
  readonly fractions: number[];
}
interface Fake {
  readonly goalMetric?: string | null;
  readonly nested?: boolean;
}

/** A trainer whose model is its values and whose every metric is their `k`, plus the number of the first row it is scored on. */
function fakeTrainer({ goalMetric = null, nested = false }: Fake = {}): Told & {
  trainer: Trainer<Fitted>;
} {
  const told: Told = { fits: [], scored: [], reported: [], fractions: [] };
  return {
    ...told,
    trainer: {
      metrics: { train: ['A'], validation: ['B'], test: ['C'] },
      goalMetric,
      level: 'step',
      nested: nested
        ? (rows: RowSet) => ({
            train: rows,
            validation: rowSet([]),
            test: rowSet([]),
            folds: foldsOf(rows.list(), 2),
          })
        : null,
      fit: (rows, values, [from, to], watch) => {
        told.fits.push({ rows: [...rows.list()], values });
        told.fractions.push(from, to);
        const fitted = { k: Number(values['k'] ?? 0) };
        watch?.(fitted, ITERATION, { level: 'step', splits: ['train', 'validation'] });
        return fitted;
      },
      score: ({ k }, rows, metrics) => {
        told.scored.push([...rows.list()]);
        return Object.fromEntries(metrics.map((name) => [name, k + rows.list()[0]! / 10]));
      },
      report: (points) => void told.reported.push(...points),
      progress: (fraction) => void told.fractions.push(fraction),
    },
  };
}

type Fitted = { k: number };

/** Every search of the plan, trial by trial, then the evaluation of what they found. */
function evaluate(
  strategy: EvaluationStrategy,
  trainer: Trainer<Fitted>,
  division: Division,
  hopeless?: number,
): Evaluation<Fitted> {
  const found = strategy.searches(trainer, division, TRIALS.length).map(({ span, message }, search) => {
    trainer.progress(span[0], message);
    const at = (number: number): number => span[0] + ((span[1] - span[0]) * number) / TRIALS.length;
    const check = (): void => {
      throw new Pruned();
    };
    const judged = TRIALS.map((k, number) => {
      const run = { search, number, values: { k }, span: [at(number), at(number + 1)] as const };
      try {
        const { value, points } = strategy.trial(trainer, division, { ...run, ...(k === hopeless && { check }) });
        trainer.report(points);
        return { k, value: value! };
      } catch (error) {
        if (!(error instanceof Pruned)) throw error;
        return { k, value: -Infinity };
      }
    });
    return { values: { k: judged.sort((a, b) => b.value - a.value)[0]!.k }, span };
  });
  return strategy.evaluate(trainer, division, found);
}

const strategyChecks: readonly Check<EvaluationStrategy>[] = [
  {
    name: 'without a search the kept fit is scored on every part it declares',
    run: (strategy) => {
      const { trainer, reported } = fakeTrainer();
      const { metrics, values } = evaluate(strategy, trainer, divisions[strategy.partitioning]);
      expect(new Set(metrics.map((point) => point.split))).toEqual(new Set(strategy.scoredSplits));
      expect(values).toEqual({});
      for (const { level } of [...metrics, ...reported]) expect(strategy.levels).toContain(level);
    },
  },
  {
    name: 'a search ends in a fit of all training rows with the values it found',
    run: (strategy) => {
      const { trainer, fits } = fakeTrainer({ goalMetric: 'B' });
      const division = divisions[strategy.partitioning];
      const { fitted, values } = evaluate(strategy, trainer, division);
      expect(values).toEqual({ k: 9 });
      expect(fitted).toEqual({ k: 9 });
      expect(fits.at(-1)).toEqual({ rows: [...division.train.list()], values: { k: 9 } });
    },
  },
  {
    name: 'a trial that is given up is not finished and not chosen',
    run: (strategy) => {
      const division = divisions[strategy.partitioning];
      const { trainer, reported } = fakeTrainer({ goalMetric: 'B' });
      expect(evaluate(strategy, trainer, division, 9).values).toEqual({ k: 4 });
      expect(reported.some(({ level, step }) => level === 'trial' && step === TRIALS.indexOf(9))).toBe(false);
    },
  },
  {
    name: 'the test rows are never learnt from, and scored after the last fit only',
    run: (strategy) => {
      const division = divisions[strategy.partitioning];
      const { trainer, fits, scored, reported } = fakeTrainer({ goalMetric: 'G', nested: true });
      evaluate(strategy, trainer, division);
      const test = new Set(division.test.list());
      for (const { rows } of fits) expect(rows.some((row) => test.has(row))).toBe(false);
      expect(scored.filter((rows) => rows.some((row) => test.has(row)))).toHaveLength(1);
      expect(reported.some((point) => point.split === 'test')).toBe(false);
    },
  },
  {
    name: 'progress never runs backwards',
    run: (strategy) => {
      for (const nested of [false, true]) {
        const { trainer, fractions } = fakeTrainer({ goalMetric: 'B', nested });
        evaluate(strategy, trainer, divisions[strategy.partitioning]);
        fractions.reduce((before, fraction) => {
          expect(fraction).toBeGreaterThanOrEqual(before - 1e-12);
          return fraction;
        });
        expect(fractions.at(-1)).toBeLessThanOrEqual(1);
      }
    },
  },
  {
    name: 'without test rows there are no test scores',
    run: (strategy) => {
      const division = { ...divisions[strategy.partitioning], test: rowSet([]) };
      const { metrics } = evaluate(strategy, fakeTrainer().trainer, division);
      expect(metrics.some((point) => point.split === 'test')).toBe(false);
    },
  },
];

describe.each(strategies.map((strategy) => [strategy.name, strategy] as const))('%s', (_, strategy) =>
  runChecks(strategy, strategyChecks),
);

describe('HoldoutEvaluationStrategy', () => {
  const holdout = registry.find('HoldoutEvaluationStrategy', 'strategy');
  const division = divisions.holdout;

  it('a part it needs and that is empty is named', () => {
    const of = (change: Partial<Division>, goalMetric: string | null) => () =>
      evaluate(holdout, fakeTrainer({ goalMetric }).trainer, { ...division, ...change });
    expect(of({ train: rowSet([]) }, null)).toThrow(AppError);
    expect(of({ validation: rowSet([]) }, 'B')).toThrow(AppError);
  });

  it('scores trials on training and validation rows, by number', () => {
    const { trainer, reported } = fakeTrainer({ goalMetric: 'G' });
    evaluate(holdout, trainer, division);
    expect(reported.filter(({ step }) => step === 2)).toEqual([
      { split: 'train', level: 'trial', name: 'A', step: 2, value: 9 },
      { split: 'validation', level: 'trial', name: 'B', step: 2, value: 9.3 },
      { split: 'validation', level: 'trial', name: 'G', step: 2, value: 9.3 },
    ]);
  });

  it('scores the last fit as it grows on training and validation rows, and no trial', () => {
    const { trainer, reported } = fakeTrainer({ goalMetric: 'G' });
    evaluate(holdout, trainer, division);
    expect(reported.filter(({ level }) => level === 'step')).toEqual([
      { split: 'train', level: 'step', name: 'A', step: ITERATION, value: 9 },
      { split: 'validation', level: 'step', name: 'B', step: ITERATION, value: 9.3 },
    ]);
  });

  it('leaves parts without rows out of the final metrics', () => {
    const none = rowSet([]);
    const { metrics } = evaluate(holdout, fakeTrainer().trainer, { ...division, validation: none, test: none });
    expect(metrics.map((point) => point.split)).toEqual(SPLITS.slice(0, 1));
  });
});

describe('CrossValidationEvaluationStrategy', () => {
  const cross = registry.find('CrossValidationEvaluationStrategy', 'strategy');
  const division = divisions.folds;
  const near = (value: number): unknown => expect.closeTo(value, 12);

  it('scores every fold, and says mean and deviation over them', () => {
    const { trainer, reported } = fakeTrainer();
    const { metrics } = evaluate(cross, trainer, division);
    const held = reported.filter(({ level, split }) => level === 'fold' && split === 'validation');
    expect(held).toEqual(
      [0, 1, 2].map((k) => ({
        split: 'validation',
        level: 'fold',
        name: 'B',
        step: k,
        foldIndex: k,
        value: k / 10,
      })),
    );
    // The first training row of the three folds is 1, 0 and 0.
    expect(metrics).toEqual([
      { split: 'train', level: 'last', step: 0, name: 'A', value: near(0.1 / 3), stdValue: near(Math.SQRT2 / 30) },
      { split: 'validation', level: 'last', step: 0, name: 'B', value: near(0.1), stdValue: near(Math.sqrt(2 / 300)) },
      { split: 'test', level: 'last', step: 0, name: 'C', value: 0.8 },
    ]);
  });

  it('a trial is worth the mean over the folds', () => {
    const { trainer, reported } = fakeTrainer({ goalMetric: 'G' });
    evaluate(cross, trainer, division);
    const trial = reported.filter(({ level, step }) => level === 'trial' && step === 1);
    expect(trial.map(({ split, name, value }) => [split, name, value])).toEqual([
      ['train', 'A', near(4 + 0.1 / 3)],
      ['validation', 'B', near(4.1)],
      ['validation', 'G', near(4.1)],
    ]);
  });

  it('nested: every outer fold is searched within its training rows, then judged by rows no search saw', () => {
    const { trainer, fits, reported } = fakeTrainer({ goalMetric: 'B', nested: true });
    const { metrics } = evaluate(cross, trainer, division);
    const perFold = TRIALS.length * 2;
    const searched = 3 * perFold + TRIALS.length * 3;
    division.folds.forEach((fold, k) => {
      const train = [...fold.train.list()];
      for (const { rows } of fits.slice(k * perFold, (k + 1) * perFold))
        expect(train).toEqual(expect.arrayContaining(rows));
      expect(fits[searched + k]).toEqual({ rows: train, values: { k: 9 } });
    });
    expect(fits).toHaveLength(searched + 3 + 3 + 1);
    expect(reported.filter(({ level }) => level === 'trial').map(({ step }) => step)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    const outer = reported.filter(({ level, split }) => level === 'outer_fold' && split === 'validation');
    expect(outer.map(({ foldIndex, value }) => [foldIndex, value])).toEqual([
      [0, 9],
      [1, 9.1],
      [2, 9.2],
    ]);
    const last = metrics.find(({ level, split }) => level === 'last_outer' && split === 'validation');
    expect(last).toMatchObject({ name: 'B', value: near(9.1), stdValue: near(Math.sqrt(2 / 300)) });
  });

  it('without a search there is nothing to nest', () => {
    const { trainer, fits } = fakeTrainer({ nested: true });
    const { metrics } = evaluate(cross, trainer, division);
    expect(fits).toHaveLength(4);
    expect(metrics.some(({ level }) => level === 'last_outer')).toBe(false);
  });

  it('a metric undefined in a fold is averaged over the others', () => {
    const { trainer } = fakeTrainer({ goalMetric: 'B' });
    const holed: typeof trainer = {
      ...trainer,
      score: (fitted, rows, metrics) => (rows.list()[0] === 1 ? {} : trainer.score(fitted, rows, metrics)),
    };
    const { metrics } = evaluate(cross, holed, division);
    expect(metrics.find(({ split }) => split === 'validation')).toMatchObject({
      value: near(9.1),
      stdValue: near(0.1),
    });
  });
});
