import type { Column } from '#frame';

/** How fine a grid is, and between which quantiles of the values it lies. */
export interface GridOptions {
  readonly grid_resolution: number;
  readonly lower_percentile: number;
  readonly upper_percentile: number;
}

/**
 * The values a column is set to in turn: its levels, or its distinct numbers where there are fewer than the resolution, else numbers
 * at equal distances between two quantiles. Missing values are no part of it. Source: scikit-learn's partial_dependence.
 */
export function gridOf(source: Column, options: GridOptions): readonly (string | number)[] {
  if (source.kind === 'text') return [];
  if (source.kind === 'categorical') {
    const present = new Set(source.codes);
    return source.dictionary.filter((_, code) => present.has(code));
  }
  const sorted = source.values.filter(Number.isFinite).sort();
  const distinct = [...new Set(sorted)];
  const { grid_resolution: count, lower_percentile, upper_percentile } = options;
  if (distinct.length < count) return distinct;
  const [low, high] = [unbiasedQuantile(sorted, lower_percentile), unbiasedQuantile(sorted, upper_percentile)];
  // Quantiles of a column that is almost constant coincide; its whole range then is the grid.
  const [from, to] = high > low ? [low, high] : [sorted[0]!, sorted.at(-1)!];
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? from : i === count - 1 ? to : from + (i * (to - from)) / (count - 1),
  );
}

/** The quantile with plotting positions (0.4, 0.4), approximately unbiased whatever the distribution: scipy's mquantiles. */
function unbiasedQuantile(sorted: Float64Array, fraction: number): number {
  const last = sorted.length;
  if (last === 1) return sorted[0]!;
  const place = last * fraction + 0.4 + 0.2 * fraction;
  const below = Math.floor(Math.min(Math.max(place, 1), last - 1));
  const part = Math.min(Math.max(place - below, 0), 1);
  return (1 - part) * sorted[below - 1]! + part * sorted[below]!;
}
