import type { PointColumns } from './tracked-types.js';

/** Points in columns, ascending in x; times in microseconds. */
export interface Points {
  readonly xs: readonly number[];
  readonly values: readonly number[];
  readonly ts: readonly number[];
  readonly epochs: readonly (number | null)[];
}

/** Points being put together. */
export class PointList implements Points {
  readonly xs: number[] = [];
  readonly values: number[] = [];
  readonly ts: number[] = [];
  readonly epochs: (number | null)[] = [];

  add(from: Points, at: number): void {
    this.xs.push(from.xs[at]!);
    this.values.push(from.values[at]!);
    this.ts.push(from.ts[at]!);
    this.epochs.push(from.epochs[at] ?? null);
  }

  columns(): PointColumns {
    return { xs: this.xs, values: this.values, epochs: this.epochs, times: this.ts.map((micros) => micros / 1000) };
  }
}

/** Where x would go: the number of points below it. */
export function placeOf(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows and chunks as one: at the same x the row wins. Chunks ascend and do not overlap. */
export function merged(
  hot: Points,
  cold: readonly Points[],
  { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
): PointList {
  const list = new PointList();
  let place = placeOf(hot.xs, from);
  const takeHot = (below: number): void => {
    while (place < hot.xs.length && hot.xs[place]! < below && list.xs.length < limit) list.add(hot, place++);
  };
  for (const chunk of cold) {
    for (let at = placeOf(chunk.xs, from); at < chunk.xs.length && chunk.xs[at]! <= to; at++) {
      takeHot(chunk.xs[at]!);
      if (list.xs.length >= limit) return list;
      if (hot.xs[place] !== chunk.xs[at]) list.add(chunk, at);
    }
  }
  takeHot(to + 1);
  return list;
}
