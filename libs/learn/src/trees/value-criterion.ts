import type { BinnedCriterion, SideLimits } from './criterion.js';
import { addValues, allEqual, gatherFloats, readBins, sumOf, sumOfLogs, sumOfSquares, weigh } from './node-loops.js';

/** A mean at or below this has no Poisson deviance. Source: scikit-learn's `_criterion.pyx`. */
const smallestSum = 10 * Number.EPSILON;

/** Squared error or half the Poisson deviance. The score of a side is S²/W or S·log(S/W) over its weighted sum S. */
export class ValueCriterionState implements BinnedCriterion {
  readonly ordered = false;
  readonly outputs = 1;
  readonly scale = 1;
  weight = 0;
  impurity = 0;
  score = 0;
  readonly value = new Float64Array(1);
  cut = 0;
  constant = false;
  private sum = 0;
  private readonly nodeSum: Float64Array;
  private readonly nodeWeight: Float64Array;
  /** Weight, weighted sum and rows of each bin. */
  private readonly bins = new Float64Array(256 * 4);
  private readonly nodeBins: Uint8Array;
  private readonly words = new Int32Array(8);
  private readonly y: Float64Array;

  /** `y` less `offset` is what the sums run over (near their mean they lose less); `weights` are positive. */
  constructor(
    y: Float64Array,
    private readonly offset: number,
    private readonly weights: Float64Array,
    private readonly poisson: boolean,
    private readonly limits: SideLimits,
  ) {
    this.nodeSum = new Float64Array(y.length);
    this.nodeWeight = new Float64Array(y.length);
    this.nodeBins = new Uint8Array(y.length);
    this.y = offset === 0 ? y : y.map((value) => value - offset);
  }

  enter(rows: Uint32Array, start: number, end: number): void {
    const { nodeSum, nodeWeight, offset } = this;
    const size = end - start;
    gatherFloats(this.y, rows, start, end, nodeSum);
    gatherFloats(this.weights, rows, start, end, nodeWeight);
    const first = nodeSum[0]!;
    const equal = allEqual(nodeSum, size);
    const spread = (this.poisson ? sumOfLogs : sumOfSquares)(nodeSum, nodeWeight, size);
    weigh(nodeSum, nodeWeight, size);
    this.weight = sumOf(nodeWeight, size);
    this.sum = sumOf(nodeSum, size);
    this.score = this.scored(this.sum, this.weight);
    this.value[0] = (equal ? first : this.sum / this.weight) + offset;
    // Equal values are pure exactly, whatever rounding says.
    this.impurity = equal ? 0 : Math.max(0, (spread - this.score) / this.weight);
  }

  private scored(sum: number, weight: number): number {
    if (!this.poisson) return (sum * sum) / weight;
    return sum > smallestSum ? sum * Math.log(sum / weight) : -Infinity;
  }

  searchSorted(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number {
    const { y, weights, weight, sum } = this;
    const { leafRows, leafWeight } = this.limits;
    this.constant = x[order[start]!] === x[order[end - 1]!];
    if (this.constant) return best;
    let here = 0;
    let left = 0;
    let row = order[start]!;
    let current = x[row]!;
    const last = end - leafRows;
    for (let i = start + 1; i <= last; i++) {
      const w = weights[row]!;
      left += w * y[row]!;
      here += w;
      row = order[i]!;
      const next = x[row]!;
      if (next === current) continue;
      current = next;
      const there = weight - here;
      if (i - start < leafRows || here < leafWeight || there < leafWeight) continue;
      const score = this.scored(left, here) + this.scored(sum - left, there);
      if (score > best) {
        best = score;
        this.cut = i - start;
      }
    }
    return best;
  }

  searchBins(column: Uint8Array, rows: Uint32Array, start: number, end: number, best: number): number {
    const { nodeBins } = this;
    const size = end - start;
    const top = readBins(column, rows, start, end, nodeBins, this.words);
    addValues(this.bins, nodeBins, this.nodeWeight, this.nodeSum, size);
    return this.scanBins(top, size, best);
  }

  /** Goes over the filled bins up to `top` and leaves them empty. */
  private scanBins(top: number, size: number, best: number): number {
    const { bins, words, weight, sum } = this;
    const { leafRows, leafWeight } = this.limits;
    let here = 0;
    let left = 0;
    let hereRows = 0;
    let cutBin = -1;
    let previous = -1;
    for (let word = 0; word <= top >> 5; word++) {
      let bits = words[word]!;
      while (bits !== 0) {
        const low = bits & -bits;
        bits ^= low;
        const bin = (word << 5) | (31 - Math.clz32(low));
        const cell = bin << 2;
        const inBin = bins[cell + 2]!;
        if (inBin === 0) continue;
        if (previous < 0) this.constant = bin === top;
        else if (cutBin === previous) this.cut = (cutBin + bin - 1) >> 1;
        previous = bin;
        hereRows += inBin;
        here += bins[cell]!;
        left += bins[cell + 1]!;
        bins[cell] = 0;
        bins[cell + 1] = 0;
        bins[cell + 2] = 0;
        if (bin === top) break;
        const there = weight - here;
        if (hereRows < leafRows || size - hereRows < leafRows || here < leafWeight || there < leafWeight) continue;
        const score = this.scored(left, here) + this.scored(sum - left, there);
        if (score > best) {
          best = score;
          cutBin = bin;
        }
      }
    }
    return best;
  }
}
