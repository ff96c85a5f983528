import { argsort } from '#linalg';

/** A column prepared for correlations: where it has values, and what each method computes once. */
export interface Prepared {
  readonly values: Float64Array;
  /** Rows by rising value; only for methods that rank. */
  readonly order: Uint32Array;
  readonly complete: boolean;
}

export function prepare(values: Float64Array, ranking: boolean): Prepared {
  const order = ranking ? argsort(values) : new Uint32Array(0);
  return { values, order, complete: !values.some((value) => Number.isNaN(value)) };
}

/** The values at these rows; all of them for null. */
export function valuesAt(values: Float64Array, rows: Uint32Array | null): Float64Array {
  if (!rows) return values;
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/** The rows where both columns have values; `null` when all rows have. */
export function rowsOfBoth(a: Prepared, b: Prepared): Uint32Array | null {
  if (a.complete && b.complete) return null;
  const rows = new Uint32Array(a.values.length);
  let count = 0;
  for (let row = 0; row < a.values.length; row++)
    if (!Number.isNaN(a.values[row]) && !Number.isNaN(b.values[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

/** Pearson's correlation of paired values, within [−1, 1]; NaN when either is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  return scale === 0 ? NaN : Math.max(-1, Math.min(1, xy / scale));
}

/** The covariance of paired values with `count − freedom` in the denominator; NaN where that is not positive. */
export function covariance(x: Float64Array, y: Float64Array, freedom: number): number {
  if (x.length <= freedom) return NaN;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - meanX) * (y[i]! - meanY);
  return sum / (x.length - freedom);
}

/** A running mean, because of equal values it is exactly their value. */
function meanOf(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (values[i]! - mean) / (i + 1);
  return mean;
}

/**
 * Ranks from 1 of the values at `rows`, equal values sharing their mean rank, in the order of `rows`. `order` sorts the whole
 * column, so that a subset costs no sorting.
 */
export function ranks({ values, order }: Prepared, rows: Uint32Array | null): Float64Array {
  const place = new Int32Array(values.length).fill(rows ? -1 : 0);
  if (rows) rows.forEach((row, at) => (place[row] = at));
  const kept = rows ? order.filter((row) => place[row]! >= 0) : order;
  const result = new Float64Array(kept.length);
  for (let from = 0; from < kept.length;) {
    let to = from + 1;
    while (to < kept.length && values[kept[to]!] === values[kept[from]!]) to++;
    for (let i = from; i < to; i++) result[rows ? place[kept[i]!]! : kept[i]!] = (from + to + 1) / 2;
    from = to;
  }
  return result;
}

/**
 * Kendall's tau-b of paired values in O(n log n): sorted by x, the discordant pairs are the exchanges a merge sort of y needs.
 * NaN when either is constant. Source: W. R. Knight, JASA 61 (1966).
 */
export function kendall(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const byY = argsort(y);
  const order = argsort(valuesAt(x, byY)).map((at) => byY[at]!);
  const pairs = (n * (n - 1)) / 2;
  let tiedX = 0;
  let tiedBoth = 0;
  for (let from = 0, fromBoth = 0, i = 1; i <= n; i++) {
    const sameX = i < n && x[order[i]!] === x[order[i - 1]!];
    const sameBoth = sameX && y[order[i]!] === y[order[i - 1]!];
    if (!sameBoth) {
      tiedBoth += ((i - fromBoth) * (i - fromBoth - 1)) / 2;
      fromBoth = i;
    }
    if (!sameX) {
      tiedX += ((i - from) * (i - from - 1)) / 2;
      from = i;
    }
  }
  let tiedY = 0;
  for (let from = 0, i = 1; i <= n; i++) {
    if (i < n && y[byY[i]!] === y[byY[i - 1]!]) continue;
    tiedY += ((i - from) * (i - from - 1)) / 2;
    from = i;
  }
  if (n < 2 || tiedX === pairs || tiedY === pairs) return NaN;
  const discordant = exchanges(valuesAt(y, order));
  const score = pairs - tiedX - tiedY + tiedBoth - 2 * discordant;
  return Math.max(-1, Math.min(1, score / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY)));
}

/** How many pairs stand in falling order; sorts the values on the way. */
function exchanges(values: Float64Array): number {
  let from = values;
  let to: Float64Array = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      for (let left = start, right = middle, at = start; at < end; at++) {
        if (left < middle && (right >= end || from[left]! <= from[right]!)) to[at] = from[left++]!;
        else {
          to[at] = from[right++]!;
          count += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
