import { NumericError } from '#linalg';

/*
 * Definitions, also of the undefined cases, follow scikit-learn 1.9. Every function throws `bad-shape` for lengths that
 * differ, `no-rows` for none and `missing-values` for NaN.
 */

/** The shape checks every metric of numbers makes first. */
export function checkPair(truth: Float64Array, predicted: Float64Array): void {
  if (truth.length !== predicted.length) {
    throw new NumericError('bad-shape', { truth: truth.length, predicted: predicted.length });
  }
  if (truth.length === 0) throw new NumericError('no-rows');
  for (let i = 0; i < truth.length; i++) {
    if (Number.isNaN(truth[i]!) || Number.isNaN(predicted[i]!)) throw new NumericError('missing-values', { row: i });
  }
}

function meanOf(truth: Float64Array, predicted: Float64Array, term: (t: number, p: number) => number): number {
  checkPair(truth, predicted);
  let total = 0;
  for (let i = 0; i < truth.length; i++) total += term(truth[i]!, predicted[i]!);
  return total / truth.length;
}

/** Mean absolute error, in the target's unit. */
export function meanAbsoluteError(truth: Float64Array, predicted: Float64Array): number {
  return meanOf(truth, predicted, (t, p) => Math.abs(t - p));
}

/** Mean squared error, in the target's unit squared. */
export function meanSquaredError(truth: Float64Array, predicted: Float64Array): number {
  return meanOf(truth, predicted, (t, p) => (t - p) ** 2);
}

/** Square root of the mean squared error, in the target's unit. */
export function rootMeanSquaredError(truth: Float64Array, predicted: Float64Array): number {
  return Math.sqrt(meanSquaredError(truth, predicted));
}

/** Median absolute error, in the target's unit; the mean of the two middle errors for an even number of rows. */
export function medianAbsoluteError(truth: Float64Array, predicted: Float64Array): number {
  checkPair(truth, predicted);
  const errors = truth.map((t, i) => Math.abs(t - predicted[i]!)).sort();
  const middle = errors.length >> 1;
  return errors.length % 2 === 1 ? errors[middle]! : (errors[middle - 1]! + errors[middle]!) / 2;
}

/** 1 − left/whole; where the whole is 0: 1 for a perfect prediction, else 0. */
function explained(left: number, whole: number): number {
  if (whole === 0) return left === 0 ? 1 : 0;
  return 1 - left / whole;
}

/** Coefficient of determination, at most 1; NaN for fewer than two rows; a constant truth gives 1 or 0. */
export function r2(truth: Float64Array, predicted: Float64Array): number {
  const mean = meanOf(truth, predicted, (t) => t);
  if (truth.length < 2) return Number.NaN;
  return explained(
    meanOf(truth, predicted, (t, p) => (t - p) ** 2),
    meanOf(truth, predicted, (t) => (t - mean) ** 2),
  );
}

/** Explained variance, at most 1: like {@link r2} but blind to a constant error; a constant truth gives 1 or 0. */
export function explainedVariance(truth: Float64Array, predicted: Float64Array): number {
  const mean = meanOf(truth, predicted, (t) => t);
  const bias = meanOf(truth, predicted, (t, p) => t - p);
  return explained(
    meanOf(truth, predicted, (t, p) => (t - p - bias) ** 2),
    meanOf(truth, predicted, (t) => (t - mean) ** 2),
  );
}
