import {
  type Matrix,
  type Tick,
  cholesky,
  choleskySolve,
  column,
  columnMeans,
  crossProducts,
  matrix,
  nonNegative,
  requireFinite,
  requireFiniteVector,
  thinSvd,
  timesVector,
  transposeTimesVector,
  upperFactor,
} from '#linalg';

import type { LinearFit } from './linear-fit.js';
import { requireWeights } from './weights.js';

/** Options of a linear least-squares fit. */
export interface LeastSquaresOptions {
  /** Weight of the squared coefficients, ≥ 0, not scaled by the number of rows; 0 is ordinary least squares. */
  readonly alpha?: number;
  /** Learn a constant term, which is never penalised. Default true. */
  readonly fitIntercept?: boolean;
  /** Hold every coefficient at 0 or above. */
  readonly positive?: boolean;
  /** One weight ≥ 0 per row. */
  readonly weights?: Float64Array;
  readonly tick?: Tick;
}

interface Normal {
  /** (X − centre)ᵀ W (X − centre), without the penalty. */
  readonly gram: Matrix;
  readonly moment: Float64Array;
}

/** Below this share of its diagonal a pivot has lost half of its digits, and the normal equations are not trusted. */
const safePivot = 1e-8;

/** The coefficients from the normal equations, scaled to a unit diagonal; undefined when they are too ill-conditioned. */
function fromNormal({ gram, moment }: Normal, alpha: number): Float64Array | undefined {
  const n = moment.length;
  const scale = Float64Array.from({ length: n }, (_, j) => 1 / Math.sqrt(gram.data[j * n + j]! + alpha));
  if (!scale.every(Number.isFinite)) return undefined;
  const scaled = matrix(n, n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) scaled.data[j * n + i] = i === j ? 1 : gram.data[j * n + i]! * scale[i]! * scale[j]!;
  }
  const factor = cholesky(scaled, safePivot);
  if (!factor) return undefined;
  const solution = choleskySolve(
    factor,
    moment.map((value, j) => value * scale[j]!),
  );
  return solution.map((value, j) => value * scale[j]!);
}

/** X − centre, rows scaled by the roots of the weights, with y − its centre as an extra last column. */
function centredCopy(x: Matrix, y: Float64Array, centre: Float64Array, weights?: Float64Array): Matrix {
  const copy = matrix(x.rows, x.cols + 1);
  for (let j = 0; j <= x.cols; j++) {
    const from = j < x.cols ? column(x, j) : y;
    const into = column(copy, j);
    for (let i = 0; i < x.rows; i++) into[i] = (from[i]! - centre[j]!) * (weights ? Math.sqrt(weights[i]!) : 1);
  }
  return copy;
}

/**
 * The solution of least norm by singular values: those below ε × max(rows, cols) of the largest count as zero. (scikit-learn
 * 1.9 cuts at 1e-6, which drops columns merely for being measured in a large unit.)
 */
function fromSingularValues(copy: Matrix, alpha: number): Float64Array {
  const cols = copy.cols - 1;
  const tall = copy.rows >= copy.cols;
  const r = tall ? upperFactor(copy) : copy;
  const left = matrix(r.rows, cols, r.data.subarray(0, r.rows * cols));
  const { u, singular, v } = thinSvd(left);
  const cut = singular[0]! * Number.EPSILON * Math.max(copy.rows, cols);
  const turned = transposeTimesVector(u, column(r, cols));
  return timesVector(
    v,
    turned.map((value, k) => (singular[k]! > cut ? (value * singular[k]!) / (singular[k]! ** 2 + alpha) : 0)),
  );
}

/**
 * Least squares with an optional penalty on the squared coefficients (ridge), exact by one closed form: normal equations
 * where they are well conditioned, else QR and singular values, which give the solution of least norm when the rank is
 * deficient. With `positive`, an active set. Stands for all of scikit-learn's solvers of LinearRegression and Ridge; the
 * iterative ones approach the same solution. Refuses missing and infinite values and bad weights; ticks three times.
 */
export function leastSquares(x: Matrix, y: Float64Array, options: LeastSquaresOptions = {}): LinearFit {
  const { alpha = 0, fitIntercept = true, positive = false, weights, tick } = options;
  requireFinite(x);
  requireFiniteVector(y, x.rows);
  requireWeights(weights, x.rows);
  tick?.(0, 3);
  const target = matrix(x.rows, 1, y);
  const centre = new Float64Array(x.cols + 1);
  if (fitIntercept) {
    centre.set(columnMeans(x, weights));
    centre.set(columnMeans(target, weights), x.cols);
  }
  const columns = Array.from({ length: x.cols }, (_, j) => column(x, j));
  const products = crossProducts([...columns, y], weights ? { centre, weights } : { centre });
  tick?.(1, 3);
  const gram = matrix(x.cols, x.cols);
  for (let j = 0; j < x.cols; j++) gram.data.set(column(products, j).subarray(0, x.cols), j * x.cols);
  const moment = column(products, x.cols).slice(0, x.cols);
  let coefficients: Float64Array;
  if (positive) {
    for (let j = 0; j < x.cols; j++) gram.data[j * x.cols + j]! += alpha;
    coefficients = nonNegative(gram, moment, () => tick?.(2, 3));
  } else {
    coefficients = fromNormal({ gram, moment }, alpha) ?? fromSingularValues(centredCopy(x, y, centre, weights), alpha);
  }
  tick?.(3, 3);
  return { coefficients, intercept: coefficients.reduce((sum, w, j) => sum - w * centre[j]!, centre[x.cols]!) };
}
