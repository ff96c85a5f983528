import { type Matrix, matrix } from './matrix.js';
import { NumericError } from './numeric-error.js';
import { qr } from './qr.js';

/** A = U diag(s) Vᵀ with k = min(rows, cols): U is rows × k, V is cols × k, s falls; columns of U for s = 0 are zero. */
export interface Svd {
  readonly u: Matrix;
  readonly singular: Float64Array;
  readonly v: Matrix;
}

function transposed(a: Matrix): Matrix {
  const t = matrix(a.cols, a.rows);
  for (let j = 0; j < a.cols; j++) {
    for (let i = 0; i < a.rows; i++) t.data[i * a.cols + j] = a.data[j * a.rows + i]!;
  }
  return t;
}

/** Rotates columns p and q (length n) of m by (c, s). */
function rotate(m: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let i = 0; i < n; i++) {
    const a = m[p * n + i]!;
    const b = m[q * n + i]!;
    m[p * n + i] = c * a - s * b;
    m[q * n + i] = s * a + c * b;
  }
}

/** Turns the columns of w until they are orthogonal, turning v along. */
function orthogonalise(w: Float64Array, rows: number, v: Float64Array, cols: number): void {
  const tolerance = Number.EPSILON * Math.sqrt(rows);
  for (let sweep = 0; ; sweep++) {
    if (sweep === 60) throw new NumericError('not-converged', { method: 'svd' });
    let turned = false;
    for (let p = 0; p < cols - 1; p++) {
      for (let q = p + 1; q < cols; q++) {
        let alpha = 0;
        let beta = 0;
        let gamma = 0;
        for (let i = 0; i < rows; i++) {
          const a = w[p * rows + i]!;
          const b = w[q * rows + i]!;
          alpha += a * a;
          beta += b * b;
          gamma += a * b;
        }
        if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha * beta)) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        rotate(w, rows, p, q, c, c * t);
        rotate(v, cols, p, q, c, c * t);
      }
    }
    if (!turned) return;
  }
}

/**
 * Thin singular value decomposition: Householder QR, then one-sided Jacobi on R, which finds small singular values to
 * high relative accuracy. Source: Golub and Van Loan, Matrix Computations, 4th ed., 8.6.3. No convergence: `not-converged`.
 */
export function thinSvd(a: Matrix): Svd {
  if (a.rows < a.cols) {
    const { u, singular, v } = thinSvd(transposed(a));
    return { u: v, singular, v: u };
  }
  const n = a.cols;
  const { q, r } = qr(a);
  const v = matrix(n, n);
  for (let j = 0; j < n; j++) v.data[j * n + j] = 1;
  orthogonalise(r.data, n, v.data, n);
  const norms = Float64Array.from({ length: n }, (_, j) => Math.hypot(...r.data.subarray(j * n, (j + 1) * n)));
  const order = Array.from(norms.keys()).sort((i, j) => norms[j]! - norms[i]!);
  const turned = matrix(n, n);
  const right = matrix(n, n);
  order.forEach((from, to) => {
    const scale = norms[from] === 0 ? 0 : 1 / norms[from]!;
    for (let i = 0; i < n; i++) {
      turned.data[to * n + i] = r.data[from * n + i]! * scale;
      right.data[to * n + i] = v.data[from * n + i]!;
    }
  });
  return { u: product(q, turned), singular: Float64Array.from(order, (i) => norms[i]!), v: right };
}

function product(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.cols);
  for (let j = 0; j < b.cols; j++) {
    const into = result.data.subarray(j * a.rows, (j + 1) * a.rows);
    for (let k = 0; k < a.cols; k++) {
      const scale = b.data[j * b.rows + k]!;
      const from = a.data.subarray(k * a.rows, (k + 1) * a.rows);
      for (let i = 0; i < into.length; i++) into[i]! += scale * from[i]!;
    }
  }
  return result;
}
