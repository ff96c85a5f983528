import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parametersFor, registry, type Outcome } from '#components';
import { calibrationCurve, precisionRecallCurve } from '#learn';
import { column, fromRows } from '#linalg';

interface Curve {
  readonly class: number;
  readonly roc: { fpr: number[]; tpr: number[]; auc: number };
  readonly pr: { precision: number[]; recall: number[]; ap: number };
  readonly calibration: Record<'uniform' | 'quantile', { observed: number[]; predicted: number[] }>;
}
interface Part {
  readonly classes: number;
  readonly truth: number[];
  readonly probabilities: number[][];
  readonly confusion: number[][];
  readonly curves: Curve[];
}
type Options = { alpha: number; alternative: 'two-sided' | 'greater' | 'less'; correction: null };
interface Golden {
  readonly parts: Part[];
  readonly tests: {
    runs: number[][];
    pairs: { first: number; second: number; alternative: Options['alternative']; outcome: [number, number] }[];
    corrections: Record<'holm' | 'bonferroni' | 'benjamini_hochberg', number[]>;
    friedman: [number, number][];
    nemenyi: number[];
  };
}
const golden = JSON.parse(readFileSync(new URL('reports.json', import.meta.url), 'utf8')) as Golden;

const close = (actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-12): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, at) => expect(Math.abs(actual[at]! - value)).toBeLessThanOrEqual(tolerance));
};

interface Trace {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly z: number[][];
}

describe.each(golden.parts.map((part) => [part.classes, part] as const))(
  'reports on %i classes as scikit-learn draws them',
  (_, { classes, truth, probabilities, confusion, curves }) => {
    const outcome: Outcome = {
      answers: 'classes',
      classes: Array.from({ length: classes }, (_one, k) => `c${k}`),
      truth: Int32Array.from(truth),
      probabilities: fromRows(probabilities),
    };
    const traces = (name: string, given = {}): Trace[] => {
      const report = registry.find(name, 'report');
      const [artifact] = report.compute({ part: 'test', outcome, history: [] }, parametersFor(report, given));
      if (artifact?.type !== 'plotly') throw new Error('no figure');
      return (JSON.parse(artifact.payload) as { data: Trace[] }).data;
    };

    it('confusion matrix', () => expect(traces('ConfusionMatrix')[0]!.z).toEqual(confusion));

    it('ROC, precision-recall and calibration curves', () => {
      const [chance, ...roc] = traces('RocCurve');
      expect(chance).toMatchObject({ x: [0, 1], y: [0, 1] });
      const recall = traces('PrecisionRecallCurve');
      expect([roc.length, recall.length]).toEqual([curves.length, curves.length]);
      curves.forEach((expected, at) => {
        close(roc[at]!.x, expected.roc.fpr);
        close(roc[at]!.y, expected.roc.tpr);
        expect(roc[at]!.name).toBe(`c${expected.class} (AUC ${Number(expected.roc.auc.toFixed(4))})`);
        close(recall[at]!.x, expected.pr.recall);
        close(recall[at]!.y, expected.pr.precision);
        const scores = column(outcome.probabilities, expected.class);
        const { averagePrecision } = precisionRecallCurve(outcome.truth, scores, expected.class);
        expect(Math.abs(averagePrecision - expected.pr.ap)).toBeLessThanOrEqual(1e-12);
        for (const strategy of ['uniform', 'quantile'] as const) {
          const curve = calibrationCurve(outcome.truth, scores, expected.class, 7, strategy);
          close(curve.predicted, expected.calibration[strategy].predicted);
          close(curve.observed, expected.calibration[strategy].observed);
          const drawn = traces('CalibrationCurve', { n_bins: 7, strategy })[at + 1]!;
          close(drawn.y, expected.calibration[strategy].observed);
        }
      });
    });
  },
);

describe('statistical tests', () => {
  const { runs, pairs, corrections, friedman, nemenyi } = golden.tests;
  const options: Options = { alpha: 0.05, alternative: 'two-sided', correction: null };
  const test = (name: string) => registry.find(name, 'statistical-test');

  it.each(pairs.map((pair) => [pair.first, pair.second, pair.alternative, pair] as const))(
    'corrected paired t-test of runs %i and %i, %s, as its formula with scipy',
    (_, __, alternative, { first, second, outcome }) => {
      const found = test('CorrectedPairedTTest').run([runs[first]!, runs[second]!], { ...options, alternative });
      close([found.statistic!, found.pValue!], outcome, 1e-10);
    },
  );

  it.each(Object.entries(corrections))('its pairs corrected by %s as statsmodels does', (correction, expected) => {
    const given = { ...options, correction: correction as keyof typeof corrections };
    const found = test('CorrectedPairedTTest').run(runs, given);
    expect([found.statistic, found.pValue]).toEqual([null, null]);
    close(
      found.pairs!.map(({ pValue }) => pValue),
      expected,
      1e-10,
    );
  });

  it('Friedman as scipy, Nemenyi as its studentised range', () => {
    friedman.forEach((expected, at) => {
      const { statistic, pValue } = test('FriedmanTest').run(runs.slice(0, at + 3), options);
      close([statistic!, pValue!], expected, 1e-10);
    });
    const found = test('NemenyiTest').run(runs, options);
    close(
      found.pairs!.map(({ pValue }) => pValue),
      nemenyi,
      1e-8,
    );
  });

  it('equal runs, or equal differences, are refused', () => {
    const run = runs[0]!;
    for (const [name, scores] of [
      ['CorrectedPairedTTest', [run, run]],
      [
        'CorrectedPairedTTest',
        [
          [0.5, 0.75],
          [0.25, 0.5],
        ],
      ],
      ['FriedmanTest', [run, run, run]],
    ] as const)
      expect(() => test(name).run(scores, options)).toThrow('test-impossible');
  });
});
