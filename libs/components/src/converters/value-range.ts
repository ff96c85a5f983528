/** Smallest and largest finite value of a column; 0 and 0 without any. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Missing and infinite values are left out. */
export function rangeOf(values: Float64Array): ValueRange {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** What a column is divided by: its spread, or 1 where that is rounding noise. Source of the bound: scikit-learn's scalers. */
export function widthOf({ low, high }: ValueRange): number {
  return nonZero(high - low);
}

/** The divisor, or 1 for one that is too small to divide by. */
export function nonZero(scale: number): number {
  return scale < 10 * Number.EPSILON ? 1 : scale;
}
