import { type Matrix, NumericError } from '#linalg';

/** Refuses an empty matrix (`no-rows`, `no-columns`) and infinite cells, naming the first column; NaN may stay. */
export function requireNoInfinities(x: Matrix): void {
  if (x.rows === 0) throw new NumericError('no-rows');
  if (x.cols === 0) throw new NumericError('no-columns');
  const at = x.data.findIndex((value) => Math.abs(value) === Infinity);
  if (at >= 0) throw new NumericError('infinite-values', { row: at % x.rows, column: Math.floor(at / x.rows) });
}

/** Refuses a target of the wrong length (`bad-shape`) or with values that are no numbers. */
export function requireTarget(x: Matrix, y: ArrayLike<number>): void {
  if (y.length !== x.rows) throw new NumericError('bad-shape', { rows: x.rows, cols: x.cols, length: y.length });
  for (let i = 0; i < y.length; i++) {
    if (!Number.isFinite(y[i])) throw new NumericError(Number.isNaN(y[i]) ? 'missing-values' : 'infinite-values');
  }
}

/** The weight of each class that makes all classes present weigh the same: rows / (classes present × rows of the class). */
export function balancedWeights(
  codes: ArrayLike<number>,
  classes: number,
  rowWeight?: ArrayLike<number>,
): Float64Array {
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const weight = rowWeight ? rowWeight[i]! : 1;
    sums[codes[i]!]! += weight;
    total += weight;
  }
  const present = sums.filter((sum) => sum > 0).length;
  return sums.map((sum) => (sum > 0 ? total / (present * sum) : 0));
}

/** Weights of rows: the caller's own (at least 0, default 1) times that of the row's class. */
export function rowWeights(
  codes: ArrayLike<number>,
  classWeight: Float64Array | null,
  sampleWeight?: ArrayLike<number>,
): Float64Array {
  const weights = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const own = sampleWeight ? sampleWeight[i]! : 1;
    if (!(own >= 0 && own < Infinity)) throw new NumericError('bad-parameter', { name: 'sampleWeight', value: own });
    weights[i] = own * (classWeight ? classWeight[codes[i]!]! : 1);
  }
  return weights;
}

/** The mean of a target under weights: where its sums lose least. */
export function weightedMean(y: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i]! * y[i]!;
    weight += weights[i]!;
  }
  return sum / weight;
}
