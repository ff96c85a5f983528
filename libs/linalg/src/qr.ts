import { type Matrix, matrix } from './matrix.js';
import { NumericError } from './numeric-error.js';

/** A = Q R with rows ≥ cols: Q is rows × cols with orthonormal columns, R is upper triangular. */
export interface Qr {
  readonly q: Matrix;
  readonly r: Matrix;
}

/** v ← v − tau (h · v) h over the rows from `start`. */
function reflect(v: Float64Array, h: Float64Array, tau: number, start: number): void {
  let dot = 0;
  for (let i = start; i < v.length; i++) dot += h[i]! * v[i]!;
  dot *= tau;
  for (let i = start; i < v.length; i++) v[i]! -= dot * h[i]!;
}

/** Householder vectors (below and on the diagonal, head 1), their scales and R. */
function reflectors(a: Matrix): { work: Float64Array; taus: Float64Array; r: Matrix } {
  const { rows, cols } = a;
  if (rows < cols) throw new NumericError('bad-shape', { rows, cols });
  const work = a.data.slice();
  const taus = new Float64Array(cols);
  const r = matrix(cols, cols);
  for (let j = 0; j < cols; j++) {
    const h = work.subarray(j * rows, (j + 1) * rows);
    let largest = 0;
    for (let i = j; i < rows; i++) largest = Math.max(largest, Math.abs(h[i]!));
    let squares = 0;
    if (largest > 0) for (let i = j; i < rows; i++) squares += (h[i]! / largest) ** 2;
    const norm = largest * Math.sqrt(squares) * (h[j]! > 0 ? -1 : 1);
    r.data.set(h.subarray(0, j), j * cols);
    r.data[j * cols + j] = norm;
    if (norm === 0) continue;
    const head = h[j]! - norm;
    for (let i = j + 1; i < rows; i++) h[i]! /= head;
    h[j] = 1;
    const tau = -head / norm;
    taus[j] = tau;
    for (let k = j + 1; k < cols; k++) reflect(work.subarray(k * rows, (k + 1) * rows), h, tau, j);
  }
  return { work, taus, r };
}

/** The R of {@link qr} alone, which saves the work of forming Q. */
export function upperFactor(a: Matrix): Matrix {
  return reflectors(a).r;
}

/** Thin QR by Householder reflections (Golub and Van Loan, 5.2). Fewer rows than columns: `bad-shape`. */
export function qr(a: Matrix): Qr {
  const { rows, cols } = a;
  const { work, taus, r } = reflectors(a);
  const q = matrix(rows, cols);
  for (let j = cols - 1; j >= 0; j--) {
    const target = q.data.subarray(j * rows, (j + 1) * rows);
    target[j] = 1;
    for (let k = j; k >= 0; k--) reflect(target, work.subarray(k * rows, (k + 1) * rows), taus[k]!, k);
  }
  return { q, r };
}
