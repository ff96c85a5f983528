import {
  type Matrix,
  NumericError,
  columnMeans,
  crossProducts,
  logGamma,
  matrix,
  symmetricEigen,
  thinSvd,
} from '#linalg';

/** Principal axes of some rows. */
export interface Pca {
  readonly means: Float64Array;
  /** Columns × axes, falling by variance; the entry of an axis that is largest in size is positive. */
  readonly axes: Matrix;
  /** Variance along each axis, with rows − 1 in the denominator. */
  readonly variances: Float64Array;
}

/** How many axes are kept: a number, the share of the variance (0 to 1) to be explained, Minka's estimate, or all. */
export type AxisCount = number | 'mle' | null;

/**
 * Principal component analysis by a full decomposition: of the covariance where rows are many times the columns, else of the
 * centred rows. A whole number above the smaller of rows and columns: `bad-parameter` {parameter, value, most}; so is `mle`
 * with fewer rows than columns. Missing values are not looked for.
 */
export function fitPca(x: Matrix, count: AxisCount): Pca {
  const most = Math.min(x.rows, x.cols);
  if (typeof count === 'number' && count >= 1 && count > most)
    throw new NumericError('bad-parameter', { parameter: 'n_components', value: count, most });
  if (count === 'mle' && x.rows < x.cols)
    throw new NumericError('bad-parameter', { parameter: 'n_components', value: 'mle', rows: x.rows, columns: x.cols });
  const means = columnMeans(x);
  const { variances, axes } = x.rows >= 10 * x.cols ? ofCovariance(x, means) : ofRows(x, means);
  const kept = axesKept(variances, count, x.rows);
  const taken = matrix(x.cols, kept);
  taken.data.set(axes.data.subarray(0, x.cols * kept));
  turnPositive(taken);
  return { means, axes: taken, variances: variances.slice(0, kept) };
}

/** The rows along the axes, rows × axes; a row with a missing value has none along any axis. */
export function projected({ means, axes }: Pick<Pca, 'means' | 'axes'>, x: Matrix): Matrix {
  const scores = matrix(x.rows, axes.cols);
  for (let k = 0; k < axes.cols; k++) {
    const into = scores.data.subarray(k * x.rows, (k + 1) * x.rows);
    for (let j = 0; j < x.cols; j++) {
      const weight = axes.data[k * axes.rows + j]!;
      const from = x.data.subarray(j * x.rows, (j + 1) * x.rows);
      for (let i = 0; i < into.length; i++) into[i]! += weight * (from[i]! - means[j]!);
    }
  }
  return scores;
}

interface Decomposed {
  readonly variances: Float64Array;
  readonly axes: Matrix;
}

function ofCovariance(x: Matrix, centre: Float64Array): Decomposed {
  const columns = Array.from({ length: x.cols }, (_, j) => x.data.subarray(j * x.rows, (j + 1) * x.rows));
  const products = crossProducts(columns, { centre });
  const { values, vectors } = symmetricEigen(products);
  return { variances: values.map((value) => Math.max(0, value) / Math.max(1, x.rows - 1)), axes: vectors };
}

function ofRows(x: Matrix, means: Float64Array): Decomposed {
  const centred = matrix(x.rows, x.cols);
  for (let j = 0; j < x.cols; j++)
    for (let i = 0; i < x.rows; i++) centred.data[j * x.rows + i] = x.data[j * x.rows + i]! - means[j]!;
  const { singular, v } = thinSvd(centred);
  return { variances: singular.map((value) => value ** 2 / Math.max(1, x.rows - 1)), axes: v };
}

function axesKept(variances: Float64Array, count: AxisCount, rows: number): number {
  if (count === null) return Math.min(rows, variances.length);
  if (count === 'mle') return Math.max(1, likeliestRank(variances, rows));
  if (count >= 1) return count;
  const total = variances.reduce((sum, value) => sum + value, 0);
  let explained = 0;
  const enough = variances.findIndex((value) => (explained += value / total) > count);
  return enough < 0 ? variances.length : enough + 1;
}

/** Each axis so that its largest entry in size, the first of equal ones, is positive. */
function turnPositive(axes: Matrix): void {
  for (let k = 0; k < axes.cols; k++) {
    const axis = axes.data.subarray(k * axes.rows, (k + 1) * axes.rows);
    const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    if (largest < 0) for (let j = 0; j < axis.length; j++) axis[j] = -axis[j]!;
  }
}

const SMALLEST = 1e-15;

/** The number of axes most likely behind these variances. Source: T. Minka, Automatic choice of dimensionality for PCA, 2000. */
function likeliestRank(variances: Float64Array, rows: number): number {
  let [best, most] = [0, -Infinity];
  for (let rank = 1; rank < variances.length; rank++) {
    const evidence = logEvidence(variances, rank, rows);
    if (evidence > most) [best, most] = [rank, evidence];
  }
  return best;
}

function logEvidence(variances: Float64Array, rank: number, rows: number): number {
  const n = variances.length;
  if (variances[rank - 1]! < SMALLEST) return -Infinity;
  let prior = -rank * Math.LN2;
  for (let i = 1; i <= rank; i++) prior += logGamma((n - i + 1) / 2) - (Math.log(Math.PI) * (n - i + 1)) / 2;
  let logs = 0;
  for (let i = 0; i < rank; i++) logs += Math.log(variances[i]!);
  const noise = Math.max(SMALLEST, variances.subarray(rank).reduce((sum, value) => sum + value, 0) / (n - rank));
  const freedom = n * rank - (rank * (rank + 1)) / 2;
  const level = (j: number): number => (j < rank ? variances[j]! : noise);
  let curvature = 0;
  for (let i = 0; i < rank; i++)
    for (let j = i + 1; j < n; j++)
      curvature += Math.log((variances[i]! - variances[j]!) * (1 / level(j) - 1 / level(i))) + Math.log(rows);
  return (
    prior -
    (logs * rows) / 2 -
    (Math.log(noise) * rows * (n - rank)) / 2 +
    (Math.log(2 * Math.PI) * (freedom + rank)) / 2 -
    curvature / 2 -
    (rank * Math.log(rows)) / 2
  );
}
