import { checkPair } from './regression.js';

/** Mean absolute percentage error in percent, over the rows whose truth is not 0; NaN when all are. Errors as in regression. */
export function mape(truth: Float64Array, predicted: Float64Array): number {
  checkPair(truth, predicted);
  let total = 0;
  let counted = 0;
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]!;
    if (t === 0) continue;
    total += Math.abs(t - predicted[i]!) / Math.abs(t);
    counted++;
  }
  return (100 * total) / counted;
}

/** Symmetric mean absolute percentage error in percent, 0 to 200; a row of two zeros counts as 0. Errors as in regression. */
export function smape(truth: Float64Array, predicted: Float64Array): number {
  checkPair(truth, predicted);
  let total = 0;
  for (let i = 0; i < truth.length; i++) {
    const size = Math.abs(truth[i]!) + Math.abs(predicted[i]!);
    if (size !== 0) total += (2 * Math.abs(truth[i]! - predicted[i]!)) / size;
  }
  return (100 * total) / truth.length;
}
