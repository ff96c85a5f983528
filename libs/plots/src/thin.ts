import { extent } from './extent.js';

const FINEST = 64;

/**
 * At most about `budget` of the points (x, y), as row numbers in rising order; null when all of them fit. The plane is cut into
 * cells; each keeps a share that grows with the square root of its count, so that thin regions stay visible and dense ones stay
 * dense. The outermost points in each direction are always kept. Points without finite coordinates are left out. Equal input,
 * equal output: no randomness.
 */
export function thin(x: Float64Array, y: Float64Array, budget: number): Uint32Array | null {
  const xs = extent(x);
  const ys = extent(y);
  if (!xs || !ys || x.length <= budget) return null;
  // Fewer cells than points to keep, because each occupied cell keeps one.
  const side = Math.min(FINEST, Math.max(1, Math.floor(Math.sqrt(budget / 1.25))));
  const cells = new Int32Array(x.length);
  const counts = new Uint32Array(side * side);
  const [toX, toY] = [scale(xs, side), scale(ys, side)];
  for (let row = 0; row < x.length; row++) {
    const cell = Number.isFinite(x[row]) && Number.isFinite(y[row]) ? toX(x[row]!) * side + toY(y[row]!) : -1;
    cells[row] = cell;
    if (cell >= 0) counts[cell]!++;
  }
  const quotas = shares(counts, budget);
  const seen = new Uint32Array(side * side);
  const kept: number[] = [];
  const extremes = outermost(x, y, xs, ys);
  for (let row = 0; row < x.length; row++) {
    const cell = cells[row]!;
    if (cell < 0) continue;
    const [rank, count, quota] = [seen[cell]!++, counts[cell]!, quotas[cell]!];
    const chosen = Math.floor((rank * quota) / count) !== Math.floor(((rank + 1) * quota) / count);
    if (chosen || extremes.has(row)) kept.push(row);
  }
  return Uint32Array.from(kept);
}

function scale([min, max]: readonly [number, number], side: number): (value: number) => number {
  const perCell = max / side - min / side;
  return perCell === 0 ? () => 0 : (value) => Math.min(side - 1, Math.floor((value - min) / perCell));
}

/** How many points each cell may keep: min(count, ⌈f √count⌉) with the largest f whose sum stays within the budget. */
function shares(counts: Uint32Array, budget: number): Uint32Array {
  const at = (factor: number): Uint32Array =>
    counts.map((count) => Math.min(count, Math.ceil(factor * Math.sqrt(count))));
  const total = (quotas: Uint32Array): number => quotas.reduce((sum, quota) => sum + quota, 0);
  let low = Number.MIN_VALUE;
  let high = budget;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (total(at(middle)) <= budget) low = middle;
    else high = middle;
  }
  return at(low);
}

/** Rows of the smallest and largest x and y. */
function outermost(
  x: Float64Array,
  y: Float64Array,
  xs: readonly [number, number],
  ys: readonly [number, number],
): Set<number> {
  return new Set([x.indexOf(xs[0]), x.indexOf(xs[1]), y.indexOf(ys[0]), y.indexOf(ys[1])]);
}

/**
 * The smallest and largest value of each stretch of a long line, as row numbers in rising order: at most `budget` rows, and the
 * line drawn through them looks the same. Null when all rows fit.
 */
export function thinLine(y: ArrayLike<number>, budget: number): Uint32Array | null {
  if (y.length <= budget) return null;
  const stretches = Math.floor(budget / 2);
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * y.length) / stretches);
    const to = Math.floor(((stretch + 1) * y.length) / stretches);
    let [low, high] = [from, from];
    for (let row = from; row < to; row++) {
      if (y[row]! < y[low]! || Number.isNaN(y[low])) low = row;
      if (y[row]! > y[high]! || Number.isNaN(y[high])) high = row;
    }
    kept.push(...new Set([Math.min(low, high), Math.max(low, high)]));
  }
  return Uint32Array.from(kept);
}
