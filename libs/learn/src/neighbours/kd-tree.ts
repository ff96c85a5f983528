import type { DistanceMetric, Matrix } from '#linalg';

import { type NearestList, offer } from './nearest-list.js';

/**
 * Points in a tree of boxes (Bentley 1975; median split of the widest side). Node i covers the places starts[i] … ends[i]
 * of `order`; its children are left[i] and right[i], −1 in a leaf; its box is low then high, 2 × cols numbers.
 */
export interface KdTree {
  /** Row-major copy of the points in the order of `order`. */
  readonly points: Float64Array;
  readonly order: Int32Array;
  readonly cols: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly boxes: Float64Array;
}

/** Rearranges order[from..to) so that place `middle` holds the value it would hold if sorted (Hoare's selection). */
function select(
  order: Int32Array,
  values: Float64Array,
  offset: number,
  from: number,
  to: number,
  middle: number,
): void {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const pivot = values[offset + order[(low + high) >> 1]!]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[offset + order[i]!]! < pivot) i++;
      while (values[offset + order[j]!]! > pivot) j--;
      if (i > j) break;
      const swap = order[i]!;
      order[i++] = order[j]!;
      order[j--] = swap;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

/** Builds the tree with at most `leafSize` points in a leaf. */
export function buildKdTree({ rows, cols, data }: Matrix, leafSize: number): KdTree {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const starts: number[] = [];
  const ends: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const boxes: number[] = [];
  const grow = (from: number, to: number): number => {
    const node = starts.length;
    starts.push(from);
    ends.push(to);
    left.push(-1);
    right.push(-1);
    const low = new Float64Array(cols).fill(Infinity);
    const high = new Float64Array(cols).fill(-Infinity);
    for (let j = 0; j < cols; j++) {
      const offset = j * rows;
      for (let i = from; i < to; i++) {
        const value = data[offset + order[i]!]!;
        if (value < low[j]!) low[j] = value;
        if (value > high[j]!) high[j] = value;
      }
    }
    boxes.push(...low, ...high);
    let widest = 0;
    for (let j = 1; j < cols; j++) if (high[j]! - low[j]! > high[widest]! - low[widest]!) widest = j;
    if (to - from <= leafSize || high[widest] === low[widest]) return node;
    const middle = (from + to) >> 1;
    select(order, data, widest * rows, from, to, middle);
    left[node] = grow(from, middle);
    right[node] = grow(middle, to);
    return node;
  };
  grow(0, rows);
  const points = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) points[i * cols + j] = data[j * rows + order[i]!]!;
  const ints = (values: number[]): Int32Array => Int32Array.from(values);
  return {
    points,
    order,
    cols,
    starts: ints(starts),
    ends: ints(ends),
    left: ints(left),
    right: ints(right),
    boxes: Float64Array.from(boxes),
  };
}

/** Adds one coordinate's difference to a distance; squared for the euclidean metric. */
function added(metric: DistanceMetric, sum: number, difference: number): number {
  if (metric === 'manhattan') return sum + Math.abs(difference);
  if (metric === 'chebyshev') return Math.max(sum, Math.abs(difference));
  return sum + difference * difference;
}

/**
 * Offers the list every point of the tree that may belong to the nearest of `query` (its `cols` numbers). Sums run over the
 * columns in the order that brute force takes them, so both give the same bits.
 */
export function searchKdTree(
  tree: KdTree,
  metric: DistanceMetric,
  query: Float64Array,
  list: NearestList,
  at: number,
): void {
  const { points, order, cols, starts, ends, left, right, boxes } = tree;
  const squared = metric === 'minkowski' || metric === 'euclidean';
  let worst = Infinity;
  const gap = (node: number): number => {
    let sum = 0;
    const low = node * 2 * cols;
    for (let j = 0; j < cols; j++) {
      const value = query[j]!;
      const below = boxes[low + j]! - value;
      const above = value - boxes[low + cols + j]!;
      const outside = below > 0 ? below : above;
      if (outside > 0) sum = squared ? sum + outside * outside : added(metric, sum, outside);
    }
    return sum;
  };
  const scan = (node: number): void => {
    for (let i = starts[node]!; i < ends[node]!; i++) {
      let sum = 0;
      const from = i * cols;
      if (squared) {
        for (let j = 0; j < cols; j++) {
          const difference = points[from + j]! - query[j]!;
          sum += difference * difference;
        }
      } else {
        for (let j = 0; j < cols; j++) sum = added(metric, sum, points[from + j]! - query[j]!);
      }
      if (sum <= worst) worst = offer(list, at, order[i]!, sum);
    }
  };
  const visit = (node: number, distance: number): void => {
    if (distance > worst) return;
    const first = left[node]!;
    if (first < 0) {
      scan(node);
      return;
    }
    const second = right[node]!;
    const near = gap(first);
    const far = gap(second);
    if (near <= far) {
      visit(first, near);
      visit(second, far);
    } else {
      visit(second, far);
      visit(first, near);
    }
  };
  visit(0, gap(0));
}
