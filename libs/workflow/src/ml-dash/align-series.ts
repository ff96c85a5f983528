/** One run's curve: y over ascending x, finite numbers only. */
export interface Curve {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}
/** Several curves over common x: one list of y for each x. */
export interface Aligned {
  readonly xs: number[];
  readonly columns: number[][];
  /** Values that lie between two of a curve's own points. */
  readonly interpolated: number;
}

/** A curve of pairs in any order; of one x the last y holds. */
export function curveOf(pairs: Iterable<readonly [number, number]>): Curve {
  const points = new Map<number, number>();
  for (const [x, y] of pairs) if (Number.isFinite(x) && Number.isFinite(y)) points.set(x, y);
  const xs = [...points.keys()].sort((one, other) => one - other);
  return { xs, ys: xs.map((x) => points.get(x)!) };
}

/** Curves at `bins` evenly spaced x from the latest start to the earliest end: linear between a curve's points. */
export function interpolate(curves: readonly Curve[], bins: number): Aligned {
  const lived = curves.filter(({ xs }) => xs.length > 0);
  const start = Math.max(...lived.map(({ xs }) => xs[0]!));
  const end = Math.min(...lived.map(({ xs }) => xs.at(-1)!));
  if (lived.length === 0 || !(start <= end)) return { xs: [], columns: [], interpolated: 0 };
  const xs =
    start === end ? [start] : Array.from({ length: bins }, (_none, i) => start + ((end - start) * i) / (bins - 1));
  let interpolated = 0;
  const columns = xs.map((): number[] => []);
  for (const curve of lived) {
    let at = 0;
    for (const [bin, x] of xs.entries()) {
      while (at + 1 < curve.xs.length && curve.xs[at + 1]! <= x) at++;
      const [left, right] = [curve.xs[at]!, curve.xs[at + 1] ?? curve.xs[at]!];
      const [low, high] = [curve.ys[at]!, curve.ys[at + 1] ?? curve.ys[at]!];
      const between = x > left && right > left;
      if (between) interpolated++;
      columns[bin]!.push(between ? low + ((high - low) * (x - left)) / (right - left) : low);
    }
  }
  return { xs, columns, interpolated };
}

/** Curves at the x that all of them have. */
export function commonSteps(curves: readonly Curve[]): Aligned {
  const lived = curves.filter(({ xs }) => xs.length > 0);
  const maps = lived.map(({ xs, ys }) => new Map(xs.map((x, at) => [x, ys[at]!])));
  const xs = (lived[0]?.xs ?? []).filter((x) => maps.every((map) => map.has(x)));
  return { xs, columns: xs.map((x) => maps.map((map) => map.get(x)!)), interpolated: 0 };
}

/** Mean, sample deviation (0 of one value) and quantiles by linear interpolation. */
export function summary(values: readonly number[]): { mean: number; std: number; quantile: (share: number) => number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = [...values].sort((one, other) => one - other);
  const quantile = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return low + (high - low) * (place - Math.floor(place));
  };
  return { mean, std: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)), quantile };
}
