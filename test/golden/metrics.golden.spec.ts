import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import * as learn from '#learn';
import { fromRows } from '#linalg';

interface ClassificationCase {
  name: string;
  truth: number[];
  probabilities: number[][];
  expected: Record<ClassificationMetric, number | null>;
  confusion: number[][];
  roc?: { fpr: number[]; tpr: number[]; thresholds: (number | null)[] };
}
interface RegressionCase {
  name: string;
  truth: number[];
  predicted: number[];
  expected: Record<RegressionMetric, number | null>;
}

const classificationMetrics = [
  ...(['accuracy', 'balancedAccuracy', 'precision', 'recall', 'f1', 'rocAuc', 'logLoss'] as const),
  ...(['hammingDistance', 'cohenKappa', 'matthewsCorrCoef'] as const),
] as const;
const regressionMetrics = [
  ...(['meanAbsoluteError', 'meanSquaredError', 'rootMeanSquaredError', 'medianAbsoluteError'] as const),
  ...(['r2', 'explainedVariance', 'mape', 'smape'] as const),
] as const;
type ClassificationMetric = (typeof classificationMetrics)[number];
type RegressionMetric = (typeof regressionMetrics)[number];

const golden = JSON.parse(readFileSync(new URL('metrics.json', import.meta.url), 'utf8')) as {
  classification: ClassificationCase[];
  regression: RegressionCase[];
};

/** Null stands for NaN: the metric is undefined there. */
function expectClose(actual: number, expected: number | null): void {
  if (expected === null) expect(actual).toBeNaN();
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
}

describe.each(golden.classification)(
  'classification metrics: $name',
  ({ truth, probabilities, expected, confusion }) => {
    const classes = Int32Array.from(truth);
    const matrix = fromRows(probabilities);

    it.each(classificationMetrics)('%s', (metric) => expectClose(learn[metric](classes, matrix), expected[metric]));

    it('confusion matrix', () => {
      const counts = learn.confusionMatrix(classes, learn.predictedClasses(matrix), matrix.cols);
      expect(counts.data).toEqual(fromRows(confusion).data);
    });
  },
);

it.each(golden.classification.filter((example) => example.roc))(
  'ROC points: $name',
  ({ truth, probabilities, roc }) => {
    const scores = Float64Array.from(probabilities, (row) => row[1]!);
    const curve = learn.rocCurve(Int32Array.from(truth), scores);
    expect([...curve.thresholds]).toEqual(roc!.thresholds.map((threshold) => threshold ?? Infinity));
    roc!.fpr.forEach((rate, i) => expectClose(curve.falsePositiveRate[i]!, rate));
    roc!.tpr.forEach((rate, i) => expectClose(curve.truePositiveRate[i]!, rate));
  },
);

describe.each(golden.regression)('regression metrics: $name', ({ truth, predicted, expected }) => {
  it.each(regressionMetrics)('%s', (metric) => {
    expectClose(learn[metric](Float64Array.from(truth), Float64Array.from(predicted)), expected[metric]);
  });
});
