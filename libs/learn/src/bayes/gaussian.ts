import { type Matrix, NumericError, type Tick, column, matrix, requireFinite } from '#linalg';

import { requireWeights } from '../linear/weights.js';

/** A fitted Gaussian naive Bayes over K classes; per class a prior, and per column (cols × classes) a mean and variance. */
export interface GaussianBayesFit {
  /** Share of each class in training; a class that did not occur has 0 and is never predicted. */
  readonly priors: Float64Array;
  readonly means: Matrix;
  /** Smoothed, so above 0. */
  readonly variances: Matrix;
}

/** Options of {@link fitGaussianBayes}. */
export interface GaussianBayesOptions {
  /** This share of the largest column variance is added to every variance. Default 1e-9. */
  readonly varSmoothing?: number;
  /** One weight ≥ 0 per row. */
  readonly weights?: Float64Array;
  readonly tick?: Tick;
}

/** Keeps densities finite when nothing varies and nothing is smoothed. */
const smallestVariance = 1e-100;

function largestVariance(x: Matrix): number {
  let largest = 0;
  for (let j = 0; j < x.cols; j++) {
    const values = column(x, j);
    let sum = 0;
    for (let i = 0; i < x.rows; i++) sum += values[i]!;
    const mean = sum / x.rows;
    let squares = 0;
    for (let i = 0; i < x.rows; i++) squares += (values[i]! - mean) ** 2;
    largest = Math.max(largest, squares / x.rows);
  }
  return largest;
}

/**
 * Gaussian naive Bayes, as scikit-learn's GaussianNB. `y` holds classes below `classes`. Refuses missing and infinite values, bad
 * weights (`bad-parameter`) and classes out of range; ticks once per column.
 */
export function fitGaussianBayes(
  x: Matrix,
  y: Int32Array,
  classes: number,
  options: GaussianBayesOptions = {},
): GaussianBayesFit {
  const { varSmoothing = 1e-9, weights, tick } = options;
  requireFinite(x);
  if (y.length !== x.rows) throw new NumericError('bad-shape', { rows: x.rows, length: y.length });
  requireWeights(weights, x.rows);
  const weight = weights ?? new Float64Array(x.rows).fill(1);
  const totals = new Float64Array(classes);
  for (let i = 0; i < x.rows; i++) {
    const k = y[i]!;
    if (k < 0 || k >= classes) throw new NumericError('bad-parameter', { parameter: 'class', value: k, row: i });
    totals[k]! += weight[i]!;
  }
  const means = matrix(x.cols, classes);
  const variances = matrix(x.cols, classes);
  const smoothing = varSmoothing * largestVariance(x);
  const sums = new Float64Array(classes);
  for (let j = 0; j < x.cols; j++) {
    tick?.(j, x.cols);
    const values = column(x, j);
    sums.fill(0);
    for (let i = 0; i < x.rows; i++) sums[y[i]!]! += weight[i]! * values[i]!;
    for (let k = 0; k < classes; k++) sums[k]! /= totals[k]! || 1;
    const squares = new Float64Array(classes);
    for (let i = 0; i < x.rows; i++) {
      const k = y[i]!;
      squares[k]! += weight[i]! * (values[i]! - sums[k]!) ** 2;
    }
    for (let k = 0; k < classes; k++) {
      means.data[k * x.cols + j] = sums[k]!;
      variances.data[k * x.cols + j] = Math.max(smallestVariance, squares[k]! / (totals[k]! || 1) + smoothing);
    }
  }
  const all = totals.reduce((sum, total) => sum + total, 0);
  return { priors: totals.map((total) => total / all), means, variances };
}

/** Class probabilities, rows × classes; each row sums to one. */
export function predictGaussianBayes({ priors, means, variances }: GaussianBayesFit, x: Matrix): Matrix {
  const { rows, cols } = x;
  const classes = priors.length;
  const result = matrix(rows, classes);
  for (let k = 0; k < classes; k++) {
    const scores = column(result, k);
    const at = k * cols;
    let base = Math.log(priors[k]!);
    for (let j = 0; j < cols; j++) base -= 0.5 * Math.log(2 * Math.PI * variances.data[at + j]!);
    scores.fill(base);
    if (priors[k] === 0) continue;
    // In blocks of rows whose scores stay in the cache.
    for (let start = 0; start < rows; start += 1024) {
      const end = Math.min(rows, start + 1024);
      for (let j = 0; j < cols; j++) {
        const from = j * rows;
        const mean = means.data[at + j]!;
        const precision = 0.5 / variances.data[at + j]!;
        for (let i = start; i < end; i++) {
          const off = x.data[from + i]! - mean;
          scores[i] = scores[i]! - precision * off * off;
        }
      }
    }
  }
  const { data } = result;
  // Far from every class all densities may vanish; the likeliest class is then unknown, and the shares remain.
  for (let i = 0; i < rows; i++) {
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, data[k * rows + i]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const value = highest === -Infinity ? priors[k]! : Math.exp(data[k * rows + i]! - highest);
      data[k * rows + i] = value;
      sum += value;
    }
    for (let k = 0; k < classes; k++) data[k * rows + i]! /= sum;
  }
  return result;
}
