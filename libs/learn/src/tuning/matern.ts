import { type Matrix, type Objective, cholesky, choleskySolve, matrix, minimise } from '#linalg';

/** A Gaussian process of zero mean with a Matérn 5/2 kernel, conditioned on points of the unit box. */
export interface GaussianProcess {
  readonly points: readonly Float64Array[];
  /** Per coordinate one over the squared length scale. */
  readonly scales: Float64Array;
  readonly variance: number;
  readonly factor: Matrix;
  /** K⁻¹ y. */
  readonly dual: Float64Array;
}

/** Whether a coordinate is a category, which is either equal or not. */
export type Kinds = readonly boolean[];

const leastNoise = 1e-6;

function squared(a: Float64Array, b: Float64Array, categorical: Kinds, d: number): number {
  if (categorical[d]) return a[d] === b[d] ? 0 : 1;
  return (a[d]! - b[d]!) ** 2;
}

function distance2(a: Float64Array, b: Float64Array, scales: Float64Array, categorical: Kinds): number {
  let sum = 0;
  for (let d = 0; d < scales.length; d++) sum += scales[d]! * squared(a, b, categorical, d);
  return sum;
}

function matern(r2: number): number {
  const root = Math.sqrt(5 * r2);
  return (1 + root + (5 / 3) * r2) * Math.exp(-root);
}

/** L⁻¹ of a lower factor, lower and column-major. */
function inverseFactor({ rows: n, data: l }: Matrix): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const at = j * n;
    inverse[at + j] = 1;
    for (let k = j; k < n; k++) {
      const value = inverse[at + k]! / l[k * n + k]!;
      inverse[at + k] = value;
      for (let i = k + 1; i < n; i++) inverse[at + i] = inverse[at + i]! - l[k * n + i]! * value;
    }
  }
  return inverse;
}

function covariance(
  points: readonly Float64Array[],
  scales: Float64Array,
  variance: number,
  noise: number,
  categorical: Kinds,
): Matrix {
  const n = points.length;
  const k = matrix(n, n);
  for (let j = 0; j < n; j++) {
    k.data[j * n + j] = variance + noise;
    for (let i = j + 1; i < n; i++) {
      const value = variance * matern(distance2(points[i]!, points[j]!, scales, categorical));
      k.data[j * n + i] = value;
      k.data[i * n + j] = value;
    }
  }
  return k;
}

/** Negative log-posterior of (ln scales, ln variance, ln noise), with the priors of Optuna's GPSampler. */
function posterior(points: readonly Float64Array[], y: Float64Array, categorical: Kinds): Objective {
  const n = points.length;
  const dims = categorical.length;
  return (theta, gradient) => {
    gradient.fill(0);
    const scales = theta.subarray(0, dims).map(Math.exp);
    const variance = Math.exp(theta[dims]!);
    const free = Math.exp(theta[dims + 1]!);
    const noise = leastNoise + free;
    const factor = cholesky(covariance(points, scales, variance, noise, categorical), 0);
    if (!factor) return Infinity;
    const dual = choleskySolve(factor, y);
    let value = 0;
    for (let i = 0; i < n; i++) value += 0.5 * y[i]! * dual[i]! + Math.log(factor.data[i * n + i]!);
    const roots = inverseFactor(factor);
    for (let j = 0; j < n; j++) {
      for (let i = j; i < n; i++) {
        let inverse = 0;
        for (let k = i; k < n; k++) inverse += roots[i * n + k]! * roots[j * n + k]!;
        // Each pair off the diagonal counts twice, which takes the half away.
        const pull = (inverse - dual[i]! * dual[j]!) * (i === j ? 0.5 : 1);
        if (i === j) {
          gradient[dims]! += pull * variance;
          gradient[dims + 1]! += pull * free;
          continue;
        }
        const r2 = distance2(points[i]!, points[j]!, scales, categorical);
        const root = Math.sqrt(5 * r2);
        const decay = pull * variance * Math.exp(-root);
        gradient[dims]! += decay * (1 + root + (5 / 3) * r2);
        // The kernel's derivative by r² is −5/6 (1 + √5 r) e^(−√5 r).
        const slope = (-5 / 6) * (1 + root) * decay;
        for (let d = 0; d < dims; d++) {
          gradient[d]! += slope * scales[d]! * squared(points[i]!, points[j]!, categorical, d);
        }
      }
    }
    for (let d = 0; d < dims; d++) {
      value += 0.1 / scales[d]! + 0.1 * scales[d]!;
      gradient[d]! += 0.1 * scales[d]! - 0.1 / scales[d]!;
    }
    value += variance - Math.log(variance) + 30 * noise - 0.1 * Math.log(noise);
    gradient[dims]! += variance - 1;
    gradient[dims + 1]! += free * (30 - 0.1 / noise);
    return value;
  };
}

/** Fits the kernel to standardised targets by the most probable parameters, and conditions on them. */
export function fitGaussianProcess(
  points: readonly Float64Array[],
  y: Float64Array,
  categorical: Kinds,
): GaussianProcess & { noise: number } {
  const start = new Float64Array(categorical.length + 2);
  start[categorical.length + 1] = Math.log(1e-2);
  const { x } = minimise(posterior(points, y, categorical), start, { gradientTolerance: 1e-2, maxIterations: 60 });
  const scales = x.slice(0, categorical.length).map(Math.exp);
  const variance = Math.exp(x[categorical.length]!);
  const noise = leastNoise + Math.exp(x[categorical.length + 1]!);
  return { ...condition(points, y, { scales, variance, noise }, categorical), noise };
}

/** The process with given kernel parameters after seeing the points. */
export function condition(
  points: readonly Float64Array[],
  y: Float64Array,
  { scales, variance, noise }: { scales: Float64Array; variance: number; noise: number },
  categorical: Kinds,
): GaussianProcess {
  let jitter = noise;
  let factor = cholesky(covariance(points, scales, variance, jitter, categorical), 0);
  while (!factor) {
    jitter *= 10;
    factor = cholesky(covariance(points, scales, variance, jitter, categorical), 0);
  }
  return { points, scales, variance, factor, dual: choleskySolve(factor, y) };
}

/** Mean and standard deviation of the process at a point. */
export function predictGaussianProcess(
  { points, scales, variance, factor, dual }: GaussianProcess,
  at: Float64Array,
  categorical: Kinds,
) {
  const n = points.length;
  const cross = Float64Array.from(points, (point) => variance * matern(distance2(point, at, scales, categorical)));
  let mean = 0;
  for (let i = 0; i < n; i++) mean += cross[i]! * dual[i]!;
  // The squared length of L⁻¹ k is what the points explain of the variance.
  let explained = 0;
  for (let j = 0; j < n; j++) {
    const value = (cross[j]! /= factor.data[j * n + j]!);
    explained += value * value;
    for (let i = j + 1; i < n; i++) cross[i]! -= factor.data[j * n + i]! * value;
  }
  return { mean, deviation: Math.sqrt(Math.max(variance - explained, 1e-12)) };
}
