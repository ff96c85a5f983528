import { steps } from './roc.js';

/** Points from the lowest threshold to (recall 0, precision 1); `thresholds` has one fewer. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly thresholds: Float64Array;
  /** Σ (Rₙ − Rₙ₋₁) Pₙ, not interpolated. */
  readonly averagePrecision: number;
}

/**
 * Precision against recall of class `positive` for its scores, a point per distinct score; recall is 1 throughout where the class does
 * not occur. Errors as in `rocCurve`. Source: scikit-learn's precision_recall_curve and average_precision_score.
 */
export function precisionRecallCurve(truth: Int32Array, scores: Float64Array, positive = 1): PrecisionRecallCurve {
  const { positives, above } = steps(truth, scores, positive);
  const points = above.map(({ threshold, hits, alarms }) => ({
    threshold,
    precision: hits / (hits + alarms),
    recall: positives === 0 ? 1 : hits / positives,
  }));
  const average = points.reduce(
    (sum, { precision, recall }, at) => sum + (recall - (points[at - 1]?.recall ?? 0)) * precision,
    0,
  );
  const rising = points.toReversed();
  return {
    precision: Float64Array.from([...rising.map(({ precision }) => precision), 1]),
    recall: Float64Array.from([...rising.map(({ recall }) => recall), 0]),
    thresholds: Float64Array.from(rising, ({ threshold }) => threshold),
    averagePrecision: average,
  };
}
