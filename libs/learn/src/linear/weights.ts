import { NumericError } from '#linalg';

/** Refuses sample weights of the wrong length (`bad-shape`), negative, not finite, or all zero (`bad-parameter`). */
export function requireWeights(weights: Float64Array | undefined, rows: number): void {
  if (!weights) return;
  if (weights.length !== rows) throw new NumericError('bad-shape', { rows, length: weights.length });
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity))
      throw new NumericError('bad-parameter', { parameter: 'weights', value: weight });
    total += weight;
  }
  if (total === 0) throw new NumericError('bad-parameter', { parameter: 'weights', value: 0 });
}

/**
 * Weights that make every class count the same: each row's own weight (1 without `weights`) times
 * total / (classes that occur × total of its class), as scikit-learn's class_weight="balanced".
 */
export function balancedWeights(y: Int32Array, classes: number, weights?: Float64Array): Float64Array {
  const totals = new Float64Array(classes);
  for (let i = 0; i < y.length; i++) totals[y[i]!]! += weights?.[i] ?? 1;
  const present = totals.filter((total) => total > 0).length;
  const all = totals.reduce((sum, total) => sum + total, 0);
  const balanced = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) balanced[i] = ((weights?.[i] ?? 1) * all) / (present * totals[y[i]!]!);
  return balanced;
}
