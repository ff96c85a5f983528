import type { Criterion, SideLimits } from './criterion.js';

/** Sums of weights and of weighted targets over ranks, with the weighted median in logarithmic time (Fenwick trees). */
class MedianSums {
  weight = 0;
  sum = 0;
  private size = 0;
  private readonly weights: Float64Array;
  private readonly sums: Float64Array;

  constructor(rows: number) {
    this.weights = new Float64Array(rows + 1);
    this.sums = new Float64Array(rows + 1);
  }

  clear(size: number): void {
    this.size = size;
    this.weight = 0;
    this.sum = 0;
    this.weights.fill(0, 0, size + 1);
    this.sums.fill(0, 0, size + 1);
  }

  add(rank: number, weight: number, y: number): void {
    this.weight += weight;
    this.sum += weight * y;
    for (let i = rank + 1; i <= this.size; i += i & -i) {
      this.weights[i]! += weight;
      this.sums[i]! += weight * y;
    }
  }

  /** Σ w·|y − median|; `sorted` are the targets by rank. */
  error(sorted: Float64Array): number {
    const { weights, sums, size } = this;
    const half = this.weight / 2;
    let rank = 0;
    let below = 0;
    let belowSum = 0;
    for (let step = 1 << (31 - Math.clz32(size)); step > 0; step >>= 1) {
      const next = rank + step;
      if (next > size || below + weights[next]! >= half) continue;
      rank = next;
      below += weights[next]!;
      belowSum += sums[next]!;
    }
    // Half a weight that rounding put above the last sum still has the last target as its median.
    const median = sorted[Math.min(rank, size - 1)]!;
    return median * below - belowSum + (this.sum - belowSum - median * (this.weight - below));
  }
}

/** Absolute error around the weighted median. The score of a side is minus its summed error. */
export class AbsoluteCriterionState implements Criterion {
  readonly ordered = true;
  readonly outputs = 1;
  readonly scale = 1;
  weight = 0;
  impurity = 0;
  score = 0;
  readonly value = new Float64Array(1);
  cut = 0;
  constant = false;
  /** Targets of the node ascending, and by row the place in them. */
  private readonly sorted: Float64Array;
  private readonly rank: Uint32Array;
  private readonly leftError: Float64Array;
  private readonly medians: MedianSums;

  constructor(
    private readonly y: Float64Array,
    private readonly weights: Float64Array,
    private readonly limits: SideLimits,
  ) {
    this.sorted = new Float64Array(y.length);
    this.rank = new Uint32Array(y.length);
    this.leftError = new Float64Array(y.length);
    this.medians = new MedianSums(y.length);
  }

  enter(rows: Uint32Array, start: number, end: number): void {
    const { y, weights, sorted, rank } = this;
    let weight = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      sorted[i - start] = y[row]!;
      rank[row] = i - start;
      weight += weights[row]!;
    }
    this.weight = weight;
    let below = 0;
    let middle = -1;
    while (below < weight / 2 && middle < end - start - 1) below += weights[rows[start + ++middle]!]!;
    // Exactly half on each side: the median is between two targets.
    const upper = below === weight / 2 ? Math.min(middle + 1, end - start - 1) : middle;
    const median = (sorted[middle]! + sorted[upper]!) / 2;
    let error = 0;
    for (let i = start; i < end; i++) error += weights[rows[i]!]! * Math.abs(sorted[i - start]! - median);
    this.value[0] = median;
    this.score = -error;
    this.impurity = error / weight;
  }

  searchSorted(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number {
    this.constant = x[order[start]!] === x[order[end - 1]!];
    if (this.constant) return best;
    this.medians.clear(end - start);
    this.readLeft(order, start, end);
    this.medians.clear(end - start);
    return this.scanRight(x, order, start, end, best);
  }

  /** The error of every left side. */
  private readLeft(order: Uint32Array, start: number, end: number): void {
    const { y, weights, sorted, rank, medians, leftError } = this;
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      medians.add(rank[row]!, weights[row]!, y[row]!);
      leftError[i - start] = medians.error(sorted);
    }
  }

  private scanRight(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number {
    const { y, weights, sorted, rank, medians, leftError, weight } = this;
    const { leafRows, leafWeight } = this.limits;
    const size = end - start;
    const given = best;
    for (let i = end - 1; i > start; i--) {
      const row = order[i]!;
      medians.add(rank[row]!, weights[row]!, y[row]!);
      if (x[row] === x[order[i - 1]!]) continue;
      const rows = i - start;
      const there = medians.weight;
      if (rows < leafRows || size - rows < leafRows || there < leafWeight || weight - there < leafWeight) continue;
      const score = -leftError[rows - 1]! - medians.error(sorted);
      // From the right, so that of equal scores the leftmost cut is kept.
      if (score > best || (score === best && best > given)) {
        best = score;
        this.cut = rows;
      }
    }
    return best;
  }
}
