/** A series' statistics while its row is locked; times in microseconds. */
export interface Stats {
  n: number;
  firstX: number | null;
  firstValue: number | null;
  lastX: number | null;
  lastValue: number | null;
  lastTs: number | null;
  min: number | null;
  max: number | null;
  sum: number;
  nonfinite: number;
  dirty: boolean;
}

/** Points ascending in x, each x once. */
export interface Ascending {
  readonly xs: readonly number[];
  readonly values: readonly number[];
  readonly ts: readonly number[];
}

/**
 * Counts points in; `old` has the value of every x that was there before. What an overwrite took away from minimum, maximum and sum
 * only the points can tell: the statistics are then marked for repair.
 */
export function countIn(stats: Stats, { xs, values, ts }: Ascending, old: ReadonlyMap<number, number>): void {
  for (const [index, value] of values.entries()) {
    const before = old.size === 0 ? undefined : old.get(xs[index]!);
    if (before === undefined) stats.n++;
    else if (Object.is(before, value)) continue;
    else if (Number.isFinite(before)) stats.dirty = true;
    else stats.nonfinite--;
    if (!Number.isFinite(value)) {
      stats.nonfinite++;
      continue;
    }
    if (stats.min === null || value < stats.min) stats.min = value;
    if (stats.max === null || value > stats.max) stats.max = value;
    stats.sum += value;
  }
  const end = xs.length - 1;
  if (end < 0) return;
  if (stats.firstX === null || xs[0]! <= stats.firstX) {
    stats.firstX = xs[0]!;
    stats.firstValue = values[0]!;
  }
  if (stats.lastX !== null && xs[end]! < stats.lastX) return;
  stats.lastX = xs[end]!;
  stats.lastValue = values[end]!;
  stats.lastTs = ts[end]!;
}
