import { type Matrix, matrix } from './matrix.js';
import { NumericError } from './numeric-error.js';

/** Eigenvalues, falling, and unit eigenvectors, column j belonging to value j. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/** Householder reduction of the symmetric v (overwritten by the orthogonal transform) to tridiagonal (d, e). */
function tridiagonalise(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  for (let j = 0; j < n; j++) d[j] = v[j * n + n - 1]!;
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
    if (scale === 0) {
      e[i] = d[i - 1]!;
      for (let j = 0; j < i; j++) {
        d[j] = v[j * n + i - 1]!;
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k]! /= scale;
        h += d[k]! ** 2;
      }
      let f = d[i - 1]!;
      let g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      e.fill(0, 0, i);
      for (let j = 0; j < i; j++) {
        f = d[j]!;
        v[i * n + j] = f;
        g = e[j]! + v[j * n + j]! * f;
        for (let k = j + 1; k < i; k++) {
          g += v[j * n + k]! * d[k]!;
          e[k]! += v[j * n + k]! * f;
        }
        e[j] = g;
      }
      f = 0;
      for (let j = 0; j < i; j++) {
        e[j]! /= h;
        f += e[j]! * d[j]!;
      }
      const hh = f / (h + h);
      for (let j = 0; j < i; j++) e[j]! -= hh * d[j]!;
      for (let j = 0; j < i; j++) {
        f = d[j]!;
        g = e[j]!;
        for (let k = j; k < i; k++) v[j * n + k]! -= f * e[k]! + g * d[k]!;
        d[j] = v[j * n + i - 1]!;
        v[j * n + i] = 0;
      }
    }
    d[i] = h;
  }
  for (let i = 0; i < n - 1; i++) {
    v[i * n + n - 1] = v[i * n + i]!;
    v[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[(i + 1) * n + k]! / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[(i + 1) * n + k]! * v[j * n + k]!;
        for (let k = 0; k <= i; k++) v[j * n + k]! -= g * d[k]!;
      }
    }
    for (let k = 0; k <= i; k++) v[(i + 1) * n + k] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[j * n + n - 1]!;
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
  e[0] = 0;
}

/** QL iteration with implicit shifts on the tridiagonal (d, e), turning the columns of v along. */
function diagonalise(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  e[n - 1] = 0;
  let f = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * largest) m++;
    for (let round = 0; m > l && Math.abs(e[l]!) > Number.EPSILON * largest; round++) {
      if (round > 60) throw new NumericError('not-converged', { method: 'eigen' });
      let g = d[l]!;
      let p = (d[l + 1]! - g) / (2 * e[l]!);
      let r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
      d[l] = e[l]! / (p + r);
      d[l + 1] = e[l]! * (p + r);
      const next = d[l + 1]!;
      let h = g - d[l]!;
      for (let i = l + 2; i < n; i++) d[i]! -= h;
      f += h;
      p = d[m]!;
      let c = 1;
      let c2 = 1;
      let c3 = 1;
      const el1 = e[l + 1]!;
      let s = 0;
      let s2 = 0;
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        g = c * e[i]!;
        h = c * p;
        r = Math.hypot(p, e[i]!);
        e[i + 1] = s * r;
        s = e[i]! / r;
        c = p / r;
        p = c * d[i]! - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]!);
        const left = i * n;
        const right = left + n;
        for (let k = 0; k < n; k++) {
          h = v[right + k]!;
          v[right + k] = s * v[left + k]! + c * h;
          v[left + k] = c * v[left + k]! - s * h;
        }
      }
      p = (-s * s2 * c3 * el1 * e[l]!) / next;
      e[l] = s * p;
      d[l] = c * p;
    }
    d[l]! += f;
    e[l] = 0;
  }
}

/**
 * Eigenvalues and vectors of a symmetric matrix, O(n³). No convergence: `not-converged`.
 * Source: tred2 and tql2 of EISPACK in the form of JAMA (Hicklin et al., public domain).
 */
export function symmetricEigen(a: Matrix): Eigen {
  const n = a.rows;
  const v = a.data.slice();
  const d = new Float64Array(n);
  if (n > 0) {
    const e = new Float64Array(n);
    tridiagonalise(v, n, d, e);
    diagonalise(v, n, d, e);
  }
  const order = Array.from(d.keys()).sort((i, j) => d[j]! - d[i]!);
  const vectors = matrix(n, n);
  order.forEach((from, to) => vectors.data.set(v.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (i) => d[i]!), vectors };
}
