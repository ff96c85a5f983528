import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parametersFor, registry, type Outcome } from '#components';
import { localise } from '#i18n';
import { bartlett, calibrationCurve, levene, precisionRecallCurve, studentizedRangeTail } from '#learn';
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
type Options = { alpha: number; alternative: Side; correction: null };
type Side = 'two-sided' | 'greater' | 'less';
type Tested = readonly [statistic: number, pValue: number];
interface Golden {
  readonly parts: Part[];
  readonly regression: {
    truth: number[];
    predicted: number[];
    residuals: number[];
    mean: number;
    bins: { edges: number[]; heights: number[] };
  };
  readonly tests: {
    plain: Record<Side, Tested>;
    wilcoxon: { runs: number[][]; side: Side; outcome: Tested }[];
    anova: Tested[];
    tukey: number[][];
    range: [q: number, groups: number, degrees: number, tail: number][];
    shapiro: { values: number[]; outcome: Tested }[];
    levene: Tested[];
    bartlett: Tested[];
    spread: number[][];
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
      return (localise(JSON.parse(artifact.payload), 'en') as { data: Trace[] }).data;
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

describe('reports on numbers as scikit-learn computes them', () => {
  const { truth, predicted, residuals, mean, bins } = golden.regression;
  const outcome: Outcome = {
    answers: 'numbers',
    output: 'y',
    truth: Float64Array.from(truth),
    predicted: Float64Array.from(predicted),
  };
  const figure = (name: string): { data: Trace[]; layout: unknown } => {
    const report = registry.find(name, 'report');
    const [artifact] = report.compute({ part: 'test', outcome, history: [] }, parametersFor(report, {}));
    if (artifact?.type !== 'plotly') throw new Error('no figure');
    return localise(JSON.parse(artifact.payload), 'en') as { data: Trace[]; layout: unknown };
  };
  const rows = (name: string): Trace => figure(name).data.find((trace) => trace.name === 'rows')!;
  const guide = (name: string): Trace => figure(name).data.find((trace) => trace.name === 'no error')!;

  it('predicted against actual', () => {
    const { x, y } = rows('PredictedVsActual');
    expect([x, y]).toEqual([truth, predicted]);
    const ends = [Math.min(...truth), Math.max(...truth)];
    expect(guide('PredictedVsActual')).toMatchObject({ x: ends, y: ends });
  });

  it('residuals against predictions', () => {
    const { x, y } = rows('ResidualPlot');
    expect(x).toEqual(predicted);
    close(y, residuals);
    expect(guide('ResidualPlot')).toMatchObject({ x: [Math.min(...predicted), Math.max(...predicted)], y: [0, 0] });
  });

  it('residuals counted', () => {
    const { data, layout } = figure('ResidualHistogram');
    const { edges, heights } = bins;
    close(
      data[0]!.x,
      heights.map((_, at) => (edges[at]! + edges[at + 1]!) / 2),
    );
    expect(data[0]!.y).toEqual(heights);
    expect(JSON.stringify(layout)).toContain(`200 rows, mean ${Number(mean.toPrecision(4))}`);
  });
});

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

  it.each(Object.entries(golden.tests.plain))('paired t-test, %s, as scipy', (alternative, expected) => {
    const { statistic, pValue } = test('PairedTTest').run([runs[1]!, runs[2]!], {
      ...options,
      alternative: alternative as Side,
    });
    close([statistic!, pValue!], expected, 1e-10);
  });

  it.each(golden.tests.wilcoxon.map((one) => [one.runs[0]!.length, one.side, one] as const))(
    'Wilcoxon of %i folds, %s, as scipy',
    (_, alternative, { runs: given, outcome }) => {
      const { statistic, pValue } = test('WilcoxonSRTest').run(given, { ...options, alternative });
      close([statistic!, pValue!], outcome, 1e-10);
    },
  );

  it('analysis of variance as AnovaRM, Tukey after it as its studentised range', () => {
    for (const [at, expected] of golden.tests.anova.entries()) {
      const { statistic, pValue } = test('AnovaTest').run(runs.slice(0, at + 3), options);
      close([statistic!, pValue!], expected, 1e-10);
      const { pairs: found } = test('TukeyHSDTest').run(runs.slice(0, at + 3), options);
      close(
        found!.map((pair) => pair.pValue),
        golden.tests.tukey[at]!,
        1e-8,
      );
    }
    expect(test('AnovaTest').followedBy).toBe('TukeyHSDTest');
  });

  it.each(golden.tests.range)('studentised range beyond %d of %i groups with %i degrees, as scipy', (q, k, df, tail) =>
    close([studentizedRangeTail(q, k, df)], [tail], 1e-8),
  );

  it.each(golden.tests.shapiro.map((one) => [one.values.length, one] as const))(
    'Shapiro-Wilk of %i values as scipy',
    (_, { values, outcome: [statistic, pValue] }) => {
      const found = test('ShapiroTest').run([values], options);
      close([found.statistic!, found.pValue!], [statistic, pValue], 1e-6);
    },
  );

  it('Shapiro-Wilk of several runs goes by the one farthest from normal', () => {
    const shapiro = test('ShapiroTest');
    const each = runs.map((run) => shapiro.run([run], options).pValue!);
    const together = shapiro.run(runs, options);
    expect(together.pValue).toBeCloseTo(Math.min(1, Math.min(...each) * runs.length), 12);
    expect(together.details['p_values']).toEqual(each);
  });

  it('Levene and Bartlett as scipy', () => {
    // Scores of a request all have one length; groups of others are the functions' own matter.
    for (const [at, groups] of [runs, runs.slice(0, 2), golden.tests.spread].entries()) {
      const [ours, theirs] = [levene(groups), golden.tests.levene[at]!];
      close([ours.statistic, ours.pValue], theirs, 1e-10);
      const whole = bartlett(groups);
      close([whole.statistic, whole.pValue], golden.tests.bartlett[at]!, 1e-9);
    }
    const found = test('LeveneTest').run(runs, options);
    close([found.statistic!, found.pValue!], golden.tests.levene[0]!, 1e-10);
    const spread = test('BartlettTest').run(runs, options);
    close([spread.statistic!, spread.pValue!], golden.tests.bartlett[0]!, 1e-9);
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
      ['PairedTTest', [run, run]],
      ['WilcoxonSRTest', [run, run]],
      ['AnovaTest', [run, run, run]],
      ['AnovaTest', [run, run.map((value) => value + 0.1), run.map((value) => value + 0.3)]],
      ['TukeyHSDTest', [run, run, run]],
      ['ShapiroTest', [run, run.map(() => 0.5)]],
      ['ShapiroTest', [run.slice(0, 2)]],
      ['LeveneTest', [run.map(() => 0.5), run.map(() => 0.5)]],
      ['BartlettTest', [run, run.map(() => 0.5)]],
    ] as const)
      expect(() => test(name).run(scores, options)).toThrow('test-impossible');
  });
});
