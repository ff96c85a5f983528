import { cholesky, choleskySolve, matrix, NumericError } from '#linalg';

import type { Coalitions } from './coalitions.js';

/**
 * Shapley values by weighted least squares over coalitions: what each feature adds on the way from the value of the empty set to that
 * of the whole one. They sum to the difference exactly. `values[target][coalition]`; answers `[target][feature]`.
 * Source: as {@link coalitionsOf}. Coalitions that do not determine the values: `not-converged`.
 */
export function shapleyValues(
  { features, members, weights }: Coalitions,
  values: readonly Float64Array[],
  empty: ArrayLike<number>,
  whole: ArrayLike<number>,
): Float64Array[] {
  if (features === 0) return values.map(() => new Float64Array(0));
  const free = features - 1;
  const normal = matrix(free, free);
  const contrast = (coalition: number, feature: number): number =>
    members[coalition * features + feature]! - members[coalition * features + free]!;
  for (let c = 0; c < weights.length; c++)
    for (let j = 0; j < free; j++) {
      const left = weights[c]! * contrast(c, j);
      if (left !== 0) for (let i = j; i < free; i++) normal.data[j * free + i]! += left * contrast(c, i);
    }
  const factor = cholesky(normal);
  if (!factor) throw new NumericError('not-converged');
  return values.map((answers, target) => {
    const gap = whole[target]! - empty[target]!;
    const right = new Float64Array(free);
    for (let c = 0; c < weights.length; c++) {
      const rest = answers[c]! - empty[target]! - members[c * features + free]! * gap;
      for (let j = 0; j < free; j++) right[j]! += weights[c]! * contrast(c, j) * rest;
    }
    const found = choleskySolve(factor, right);
    const last = found.reduce((sum, value) => sum - value, gap);
    return Float64Array.of(...found, last);
  });
}
