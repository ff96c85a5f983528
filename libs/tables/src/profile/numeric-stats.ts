import type { NumericStats } from './table-info.js';

/** Where quantile `p` of sorted values lies, linearly between its neighbours (pandas' default). */
function quantile(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.ceil(at)]!;
  return low + (high - low) * (at - Math.floor(at));
}

/**
 * Statistics of the finite values (`n_unique` counts infinities too); null when there are none. Skew and excess kurtosis are bias-corrected as pandas' are, 0 for a
 * constant. Moments are taken about the mean of values scaled by their range, so that neither size nor distance from 0 costs digits.
 */
export function numericStats(values: Float64Array): NumericStats | null {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const n = sorted.length;
  if (n === 0) return null;
  const min = sorted[0]!;
  const max = sorted[n - 1]!;
  const range = max > min ? max - min : 1;
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const [lower, upper] = [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)];
  let sum = 0;
  let unique = 1 + Number(values.includes(Infinity)) + Number(values.includes(-Infinity));
  let outliers = 0;
  for (let at = 0; at < n; at++) {
    const value = sorted[at]!;
    sum += (value - min) / range;
    if (at > 0 && value !== sorted[at - 1]!) unique++;
    if (value < lower || value > upper) outliers++;
  }
  const mean = sum / n;
  let [m2, m3, m4] = [0, 0, 0];
  for (let at = 0; at < n; at++) {
    const distance = (sorted[at]! - min) / range - mean;
    const square = distance * distance;
    m2 += square;
    m3 += square * distance;
    m4 += square * square;
  }
  const constant = min === max;
  const skew = constant ? 0 : ((n * Math.sqrt(n - 1)) / (n - 2)) * (m3 / m2 ** 1.5);
  const kurtosis = constant
    ? 0
    : (n * (n + 1) * (n - 1) * m4) / ((n - 2) * (n - 3) * m2 * m2) - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
  const orNull = (value: number, needs = 1) => (n >= needs && Number.isFinite(value) ? value : null);
  return {
    mean: orNull(min + mean * range),
    std: orNull(range * Math.sqrt(m2 / (n - 1)), 2),
    min,
    lower_bound: orNull(lower),
    upper_bound: orNull(upper),
    max,
    median: orNull(median),
    q1: orNull(q1),
    q3: orNull(q3),
    n_unique: unique,
    skew: orNull(skew, 3),
    kurtosis: orNull(kurtosis, 4),
    outliers_count: outliers,
  };
}
