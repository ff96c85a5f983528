import { type Matrix, NumericError, column } from '#linalg';

/** Points of a receiver operating characteristic, from (0, 0) to (1, 1); arrays of equal length, thresholds falling from ∞. */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  readonly thresholds: Float64Array;
}

export interface Steps {
  readonly positives: number;
  readonly negatives: number;
  /** Per distinct score, falling: how many of each kind lie at or above it. */
  readonly above: readonly { threshold: number; hits: number; alarms: number }[];
}

/** Sorting the two kinds apart and merging them keeps the native sort of numbers, which is far faster than one by index. */
export function steps(truth: Int32Array, scores: Float64Array, positive: number): Steps {
  if (truth.length !== scores.length)
    throw new NumericError('bad-shape', { truth: truth.length, predicted: scores.length });
  if (truth.length === 0) throw new NumericError('no-rows');
  if (scores.some((score) => Number.isNaN(score))) throw new NumericError('missing-values');
  const hits = scores.filter((_, i) => truth[i] === positive).sort();
  const alarms = scores.filter((_, i) => truth[i] !== positive).sort();
  const above: { threshold: number; hits: number; alarms: number }[] = [];
  let h = hits.length - 1;
  let a = alarms.length - 1;
  while (h >= 0 || a >= 0) {
    const threshold = Math.max(h < 0 ? -Infinity : hits[h]!, a < 0 ? -Infinity : alarms[a]!);
    while (h >= 0 && hits[h] === threshold) h--;
    while (a >= 0 && alarms[a] === threshold) a--;
    above.push({ threshold, hits: hits.length - 1 - h, alarms: alarms.length - 1 - a });
  }
  return { positives: hits.length, negatives: alarms.length, above };
}

/**
 * The curve of class `positive` against the rest for its scores (higher = more likely). Points on a straight line between
 * their neighbours are left out, as scikit-learn's roc_curve does. A rate without rows to count is NaN throughout.
 */
export function rocCurve(truth: Int32Array, scores: Float64Array, positive = 1): RocCurve {
  const { positives, negatives, above } = steps(truth, scores, positive);
  const kept = above.filter((here, i) => {
    const before = above[i - 1];
    const after = above[i + 1];
    if (!before || !after) return true;
    return (
      after.hits - here.hits !== here.hits - before.hits || after.alarms - here.alarms !== here.alarms - before.alarms
    );
  });
  const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
  const points = [{ threshold: Infinity, hits: 0, alarms: 0 }, ...kept];
  return {
    falsePositiveRate: Float64Array.from(points, (point) => share(point.alarms, negatives)),
    truePositiveRate: Float64Array.from(points, (point) => share(point.hits, positives)),
    thresholds: Float64Array.from(points, (point) => point.threshold),
  };
}

/** Area under the curve of one class against the rest by the trapezoid rule; NaN when only one of the two kinds occurs. */
function area(truth: Int32Array, scores: Float64Array, positive: number): number {
  const { positives, negatives, above } = steps(truth, scores, positive);
  if (positives === 0 || negatives === 0) return Number.NaN;
  let doubled = 0;
  let hits = 0;
  let alarms = 0;
  for (const step of above) {
    doubled += (step.alarms - alarms) * (step.hits + hits);
    hits = step.hits;
    alarms = step.alarms;
  }
  return doubled / 2 / positives / negatives;
}

/** scikit-learn refuses several-class scores whose rows do not sum to one (numpy.allclose). */
function sumToOne(probabilities: Matrix): boolean {
  const { rows, cols, data } = probabilities;
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let k = 0; k < cols; k++) total += data[k * rows + i]!;
    if (!(Math.abs(total - 1) <= 1e-8 + 1e-5 * Math.abs(total))) return false;
  }
  return true;
}

/**
 * Area under the ROC curve. Two columns: column 1 against the truth. More: the mean over classes, each against the rest.
 * NaN when a class does not occur in the truth, when there is one column only, or when rows of several classes do not sum
 * to one. Errors as in the other classification metrics.
 */
export function rocAuc(truth: Int32Array, probabilities: Matrix): number {
  const { rows, cols } = probabilities;
  if (truth.length !== rows) throw new NumericError('bad-shape', { truth: truth.length, predicted: rows });
  if (rows === 0) throw new NumericError('no-rows');
  if (cols < 2) return Number.NaN;
  if (cols === 2) return area(truth, column(probabilities, 1), 1);
  if (!sumToOne(probabilities)) return Number.NaN;
  let total = 0;
  for (let k = 0; k < cols; k++) total += area(truth, column(probabilities, k), k);
  return total / cols;
}
