import { NumericError } from '#linalg';

/** What was predicted and what came, bin by bin; bins without rows are left out. */
export interface CalibrationCurve {
  readonly predicted: Float64Array;
  readonly observed: Float64Array;
  readonly counts: Uint32Array;
}

/**
 * How often class `positive` occurs among rows with about the same probability of it. Bins are of equal width, or hold equally many rows.
 * Lengths that differ: `bad-shape`; no rows: `no-rows`. Source: scikit-learn's calibration_curve.
 */
export function calibrationCurve(
  truth: Int32Array,
  probabilities: Float64Array,
  positive: number,
  bins: number,
  strategy: 'uniform' | 'quantile',
): CalibrationCurve {
  if (truth.length !== probabilities.length)
    throw new NumericError('bad-shape', { truth: truth.length, predicted: probabilities.length });
  if (truth.length === 0) throw new NumericError('no-rows');
  const inner = Array.from({ length: bins - 1 }, (_, at) => (at + 1) / bins);
  const edges = strategy === 'uniform' ? inner : quantiles(probabilities, inner);
  const counts = new Uint32Array(bins);
  const sums = new Float64Array(bins);
  const hits = new Float64Array(bins);
  probabilities.forEach((probability, row) => {
    // A value on an edge belongs to the bin below it.
    const above = edges.findIndex((edge) => probability <= edge);
    const bin = above < 0 ? bins - 1 : above;
    counts[bin]!++;
    sums[bin]! += probability;
    if (truth[row] === positive) hits[bin]!++;
  });
  const kept = Array.from(counts.keys()).filter((bin) => counts[bin]! > 0);
  return {
    predicted: Float64Array.from(kept, (bin) => sums[bin]! / counts[bin]!),
    observed: Float64Array.from(kept, (bin) => hits[bin]! / counts[bin]!),
    counts: Uint32Array.from(kept, (bin) => counts[bin]!),
  };
}

/** Quantiles by straight lines between neighbours, as NumPy makes them by default. */
function quantiles(values: Float64Array, fractions: readonly number[]): number[] {
  const sorted = values.slice().sort();
  return fractions.map((fraction) => {
    const place = fraction * (sorted.length - 1);
    const below = Math.floor(place);
    const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
    return low + (high - low) * (place - below);
  });
}
