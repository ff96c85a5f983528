import { type Matrix, NumericError } from '#linalg';

import { type ClassCounts, classCounts } from './confusion.js';

/*
 * Definitions, also of the undefined cases, follow scikit-learn 1.9 (sklearn.metrics). Every function takes the true
 * classes as encoded integers and an n × K probability matrix, and throws `no-rows`, `bad-shape`, `missing-values` or
 * `bad-parameter` (a class outside [0, K)).
 */

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Share of rows predicted right, 0 to 1. */
export function accuracy(truth: Int32Array, probabilities: Matrix): number {
  const counts = classCounts(truth, probabilities);
  return sum(counts.hits) / counts.total;
}

/** Share of rows predicted wrong: 1 − accuracy. */
export function hammingDistance(truth: Int32Array, probabilities: Matrix): number {
  const counts = classCounts(truth, probabilities);
  return (counts.total - sum(counts.hits)) / counts.total;
}

/** Mean recall of the classes that occur in the truth. */
export function balancedAccuracy(truth: Int32Array, probabilities: Matrix): number {
  const { classes, hits, actual } = classCounts(truth, probabilities);
  let total = 0;
  let seen = 0;
  for (let k = 0; k < classes; k++) {
    if (actual[k] === 0) continue;
    total += hits[k]! / actual[k]!;
    seen++;
  }
  return total / seen;
}

/** Two columns: the score of class 1. More: the mean over classes that occur in the truth or among the predictions. */
function perClass(truth: Int32Array, probabilities: Matrix, score: (counts: ClassCounts, k: number) => number): number {
  const counts = classCounts(truth, probabilities);
  if (counts.classes === 2) return score(counts, 1);
  let total = 0;
  let seen = 0;
  for (let k = 0; k < counts.classes; k++) {
    if (counts.actual[k] === 0 && counts.predicted[k] === 0) continue;
    total += score(counts, k);
    seen++;
  }
  return total / seen;
}

/** Of the rows predicted as a class, the share that is right; 0 where none is predicted. Two classes: of class 1; more: macro. */
export function precision(truth: Int32Array, probabilities: Matrix): number {
  return perClass(truth, probabilities, ({ hits, predicted }, k) => ratio(hits[k]!, predicted[k]!));
}

/** Of the rows of a class, the share that is found; 0 where the class has none. Two classes: of class 1; more: macro. */
export function recall(truth: Int32Array, probabilities: Matrix): number {
  return perClass(truth, probabilities, ({ hits, actual }, k) => ratio(hits[k]!, actual[k]!));
}

/** Harmonic mean of precision and recall; 0 where both are. Two classes: of class 1; more: macro. */
export function f1(truth: Int32Array, probabilities: Matrix): number {
  return perClass(truth, probabilities, ({ hits, actual, predicted }, k) =>
    ratio(2 * hits[k]!, actual[k]! + predicted[k]!),
  );
}

/** Unweighted kappa (Cohen 1960), −1 to 1; NaN where truth and predictions hold one and the same class only. */
export function cohenKappa(truth: Int32Array, probabilities: Matrix): number {
  const { classes, total, hits, actual, predicted } = classCounts(truth, probabilities);
  let chance = 0;
  for (let k = 0; k < classes; k++) chance += (actual[k]! * predicted[k]!) / total;
  const expectedWrong = total - chance;
  return expectedWrong === 0 ? Number.NaN : 1 - (total - sum(hits)) / expectedWrong;
}

/** Correlation of truth and prediction for K classes (Gorodkin 2004), −1 to 1; 0 where either holds one class only. */
export function matthewsCorrCoef(truth: Int32Array, probabilities: Matrix): number {
  const { classes, total, hits, actual, predicted } = classCounts(truth, probabilities);
  let both = sum(hits) * total;
  let truthSpread = total * total;
  let predictedSpread = total * total;
  for (let k = 0; k < classes; k++) {
    both -= actual[k]! * predicted[k]!;
    truthSpread -= actual[k]! ** 2;
    predictedSpread -= predicted[k]! ** 2;
  }
  return ratio(both, Math.sqrt(truthSpread) * Math.sqrt(predictedSpread));
}

/**
 * Mean negative log-probability of the true class, clipped to [ε, 1 − ε] with the ε of doubles. All K classes count as
 * labels, so a part that holds one class only is scored too. A matrix of fewer than two columns: `one-class`.
 */
export function logLoss(truth: Int32Array, probabilities: Matrix): number {
  const { rows, cols, data } = probabilities;
  if (rows === 0) throw new NumericError('no-rows');
  if (cols < 2) throw new NumericError('one-class');
  if (truth.length !== rows) throw new NumericError('bad-shape', { truth: truth.length, predicted: rows });
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const k = truth[i]!;
    if (k < 0 || k >= cols) throw new NumericError('bad-parameter', { parameter: 'class', value: k, row: i });
    const p = data[k * rows + i]!;
    if (Number.isNaN(p)) throw new NumericError('missing-values', { row: i, column: k });
    loss -= Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  }
  return loss / rows;
}
