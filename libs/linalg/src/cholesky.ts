import { type Matrix, matrix } from './matrix.js';

/**
 * The lower factor L of a symmetric positive definite A = L Lᵀ (only A's lower half is read), or undefined when a pivot
 * falls below `tolerance` times its diagonal entry: A is not positive definite as far as doubles can tell.
 */
export function cholesky(a: Matrix, tolerance = Number.EPSILON * a.rows): Matrix | undefined {
  const n = a.rows;
  const factor = matrix(n, n);
  const l = factor.data;
  for (let j = 0; j < n; j++) {
    const at = j * n;
    for (let i = j; i < n; i++) l[at + i] = a.data[at + i]!;
    for (let k = 0; k < j; k++) {
      const scale = l[k * n + j]!;
      for (let i = j; i < n; i++) l[at + i]! -= scale * l[k * n + i]!;
    }
    const pivot = l[at + j]!;
    if (!(pivot > tolerance * a.data[at + j]!)) return undefined;
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) l[at + i]! /= root;
  }
  return factor;
}

/** Solves L Lᵀ x = b for the factor of {@link cholesky}; b (length n) is not changed. */
export function choleskySolve(factor: Matrix, b: Float64Array): Float64Array {
  const n = factor.rows;
  const l = factor.data;
  const x = b.slice();
  for (let j = 0; j < n; j++) {
    const value = (x[j]! /= l[j * n + j]!);
    for (let i = j + 1; i < n; i++) x[i]! -= l[j * n + i]! * value;
  }
  for (let j = n - 1; j >= 0; j--) {
    let sum = x[j]!;
    for (let i = j + 1; i < n; i++) sum -= l[j * n + i]! * x[i]!;
    x[j] = sum / l[j * n + j]!;
  }
  return x;
}

/** Solves A x = b for a symmetric positive definite A, or undefined when A is not positive definite. */
export function solveSpd(a: Matrix, b: Float64Array): Float64Array | undefined {
  const factor = cholesky(a);
  return factor && choleskySolve(factor, b);
}
