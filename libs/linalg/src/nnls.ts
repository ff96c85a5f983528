import { cholesky, choleskySolve } from './cholesky.js';
import { type Matrix, matrix } from './matrix.js';
import { NumericError } from './numeric-error.js';

/**
 * The w ≥ 0 that minimises wᵀ G w / 2 − bᵀ w for a symmetric positive semidefinite G (cols × cols), b of length cols:
 * least squares without negative weights, from its normal equations. Source: Lawson and Hanson, Solving Least Squares
 * Problems (1974), with Bro and de Jong's use of the Gram matrix (1997). No end in 3 × cols + 30 rounds: `not-converged`.
 */
export function nonNegative(g: Matrix, b: Float64Array, tick?: (done: number) => void): Float64Array {
  const n = b.length;
  const w = new Float64Array(n);
  const free: number[] = [];
  const refused = new Set<number>();
  const tolerance = 10 * Number.EPSILON * n * Math.max(...b.map(Math.abs), Number.MIN_VALUE);
  const solve = (): Float64Array | undefined => {
    const part = matrix(free.length, free.length);
    free.forEach((row, i) => free.forEach((col, j) => (part.data[j * free.length + i] = g.data[col * n + row]!)));
    const factor = cholesky(part);
    return (
      factor &&
      choleskySolve(
        factor,
        Float64Array.from(free, (i) => b[i]!),
      )
    );
  };
  for (let round = 0; round < 3 * n + 30; round++) {
    tick?.(round);
    let best = -1;
    let steepest = tolerance;
    for (let i = 0; i < n; i++) {
      if (free.includes(i) || refused.has(i)) continue;
      let slope = b[i]!;
      for (const j of free) slope -= g.data[j * n + i]! * w[j]!;
      if (slope > steepest) [best, steepest] = [i, slope];
    }
    if (best < 0) return w;
    free.push(best);
    let solution = solve();
    // A column that depends on the free ones, or one that rounding alone made look useful, stays out.
    if (!solution || solution.at(-1)! <= 0) {
      free.pop();
      refused.add(best);
      continue;
    }
    refused.clear();
    while (solution?.some((value) => value <= 0)) {
      let alpha = 1;
      let limiting = -1;
      solution.forEach((value, k) => {
        const old = w[free[k]!]!;
        if (value <= 0 && old / (old - value) < alpha) [alpha, limiting] = [old / (old - value), k];
      });
      solution.forEach((value, k) => (w[free[k]!]! += alpha * (value - w[free[k]!]!)));
      for (let k = free.length - 1; k >= 0; k--) {
        if (k !== limiting && w[free[k]!]! > 0) continue;
        w[free[k]!] = 0;
        free.splice(k, 1);
      }
      solution = solve();
    }
    w.fill(0);
    solution?.forEach((value, k) => (w[free[k]!] = value));
  }
  throw new NumericError('not-converged', { method: 'nnls' });
}
