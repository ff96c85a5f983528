import { type Matrix, NumericError, matrix } from '#linalg';

/**
 * The class of each row of an n × K probability matrix: the index of the largest probability, the first of equals.
 * No rows: `no-rows`; no columns: `no-columns`; NaN: `missing-values`.
 */
export function predictedClasses(probabilities: Matrix): Int32Array {
  const { rows, cols, data } = probabilities;
  if (rows === 0) throw new NumericError('no-rows');
  if (cols === 0) throw new NumericError('no-columns');
  const best = data.slice(0, rows);
  const classes = new Int32Array(rows);
  for (let k = 0; k < cols; k++) {
    for (let i = 0; i < rows; i++) {
      const value = data[k * rows + i]!;
      if (Number.isNaN(value)) throw new NumericError('missing-values', { row: i, column: k });
      if (value > best[i]!) {
        best[i] = value;
        classes[i] = k;
      }
    }
  }
  return classes;
}

/**
 * Counts of rows as a K × K matrix: row = true class, column = predicted class.
 * Lengths that differ: `bad-shape`; a class outside [0, K): `bad-parameter`.
 */
export function confusionMatrix(truth: Int32Array, predicted: Int32Array, classes: number): Matrix {
  if (truth.length !== predicted.length) {
    throw new NumericError('bad-shape', { truth: truth.length, predicted: predicted.length });
  }
  const counts = matrix(classes, classes);
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]!;
    const p = predicted[i]!;
    if (t < 0 || t >= classes || p < 0 || p >= classes) {
      throw new NumericError('bad-parameter', { parameter: 'class', value: t < 0 || t >= classes ? t : p, row: i });
    }
    counts.data[p * classes + t]!++;
  }
  return counts;
}

/** What the label metrics need of a confusion matrix. */
export interface ClassCounts {
  readonly classes: number;
  readonly total: number;
  readonly hits: Float64Array;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

/** Per class: rows predicted right, rows of the class, rows predicted as it; from truth and an n × K probability matrix. */
export function classCounts(truth: Int32Array, probabilities: Matrix): ClassCounts {
  const classes = probabilities.cols;
  const { data } = confusionMatrix(truth, predictedClasses(probabilities), classes);
  const hits = new Float64Array(classes);
  const actual = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  for (let p = 0; p < classes; p++) {
    hits[p] = data[p * classes + p]!;
    for (let t = 0; t < classes; t++) {
      actual[t]! += data[p * classes + t]!;
      predicted[p]! += data[p * classes + t]!;
    }
  }
  return { classes, total: truth.length, hits, actual, predicted };
}
