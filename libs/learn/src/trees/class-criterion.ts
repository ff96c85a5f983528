import type { BinnedCriterion, SideLimits } from './criterion.js';
import { addByClass, addClasses, countRows, gatherCodes, gatherFloats, readBins, sumOf } from './node-loops.js';

/** v·log(v) of whole numbers up to `max`. */
function xlogxTable(max: number): Float64Array {
  return Float64Array.from({ length: max + 1 }, (_, v) => (v === 0 ? 0 : v * Math.log(v)));
}

const largestTable = 4_000_000;

/**
 * Gini impurity or entropy of classes. The score of a side is Σ w²/W for gini and Σ w·log w − W·log W for entropy, over
 * the weights w of its classes, kept up to date row by row.
 */
export class ClassCriterionState implements BinnedCriterion {
  readonly ordered = false;
  readonly scale: number;
  weight = 0;
  impurity = 0;
  score = 0;
  readonly value: Float64Array;
  cut = 0;
  constant = false;
  private readonly total: Float64Array;
  private readonly side: Float64Array;
  /** Σ w² (gini) or Σ w·log w (entropy) over the node's classes. */
  private sum = 0;
  private readonly table: Float64Array | null;
  private readonly nodeClass: Int32Array;
  private readonly nodeWeight: Float64Array;
  private readonly bins: Float64Array;
  private readonly binRows = new Int32Array(256);
  private readonly nodeBins: Uint8Array;
  private readonly words = new Int32Array(8);

  /** `codes` are class codes 0…outputs−1 and `weights` positive, both by row. */
  constructor(
    readonly outputs: number,
    private readonly codes: ArrayLike<number> & Int32Array,
    private readonly weights: Float64Array,
    private readonly entropy: boolean,
    private readonly limits: SideLimits,
  ) {
    this.scale = entropy ? 1 / Math.LN2 : 1;
    this.value = new Float64Array(outputs);
    this.total = new Float64Array(outputs);
    this.side = new Float64Array(outputs);
    this.nodeClass = new Int32Array(codes.length);
    this.nodeWeight = new Float64Array(codes.length);
    this.bins = new Float64Array(256 * outputs);
    this.nodeBins = new Uint8Array(codes.length);
    const heaviest = weights.reduce((sum, w) => sum + w, 0);
    const tabled = entropy && heaviest <= largestTable && weights.every((w) => Number.isInteger(w));
    this.table = tabled ? xlogxTable(heaviest) : null;
  }

  private xlogx(v: number): number {
    if (this.table) return this.table[v]!;
    return v > 0 ? v * Math.log(v) : 0;
  }

  enter(rows: Uint32Array, start: number, end: number): void {
    const { total, nodeClass, nodeWeight, outputs } = this;
    const size = end - start;
    gatherCodes(this.codes, rows, start, end, nodeClass);
    gatherFloats(this.weights, rows, start, end, nodeWeight);
    total.fill(0);
    addByClass(total, nodeClass, nodeWeight, size);
    const weight = sumOf(total, outputs);
    let sum = 0;
    let largest = 0;
    for (let k = 0; k < outputs; k++) {
      const w = total[k]!;
      sum += this.entropy ? this.xlogx(w) : w * w;
      largest = Math.max(largest, w);
      this.value[k] = w / weight;
    }
    this.sum = sum;
    this.weight = weight;
    this.score = this.entropy ? sum - this.xlogx(weight) : sum / weight;
    // A node of one class is pure exactly, whatever rounding says.
    if (largest === weight) this.impurity = 0;
    else this.impurity = this.entropy ? -this.score / weight / Math.LN2 : 1 - this.score / weight;
  }

  searchSorted(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number {
    this.constant = x[order[start]!] === x[order[end - 1]!];
    if (this.constant) return best;
    return this.entropy ? this.searchEntropy(x, order, start, end, best) : this.searchGini(x, order, start, end, best);
  }

  private searchGini(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number {
    const { codes, weights, total, side, weight } = this;
    const { leafRows, leafWeight } = this.limits;
    side.fill(0);
    let here = 0;
    let left = 0;
    let right = this.sum;
    let row = order[start]!;
    let current = x[row]!;
    const last = end - leafRows;
    for (let i = start + 1; i <= last; i++) {
      const k = codes[row]!;
      const w = weights[row]!;
      const before = side[k]!;
      left += w * (2 * before + w);
      right -= w * (2 * (total[k]! - before) - w);
      side[k] = before + w;
      here += w;
      row = order[i]!;
      const next = x[row]!;
      if (next === current) continue;
      current = next;
      const there = weight - here;
      if (i - start < leafRows || here < leafWeight || there < leafWeight) continue;
      const score = left / here + right / there;
      if (score > best) {
        best = score;
        this.cut = i - start;
      }
    }
    return best;
  }

  private searchEntropy(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number {
    const { codes, weights, total, side, weight } = this;
    const { leafRows, leafWeight } = this.limits;
    side.fill(0);
    let here = 0;
    let sums = this.sum;
    let row = order[start]!;
    let current = x[row]!;
    const last = end - leafRows;
    for (let i = start + 1; i <= last; i++) {
      const k = codes[row]!;
      const w = weights[row]!;
      const before = side[k]!;
      const rest = total[k]! - before;
      sums += this.xlogx(before + w) - this.xlogx(before) + this.xlogx(rest - w) - this.xlogx(rest);
      side[k] = before + w;
      here += w;
      row = order[i]!;
      const next = x[row]!;
      if (next === current) continue;
      current = next;
      const there = weight - here;
      if (i - start < leafRows || here < leafWeight || there < leafWeight) continue;
      const score = sums - this.xlogx(here) - this.xlogx(there);
      if (score > best) {
        best = score;
        this.cut = i - start;
      }
    }
    return best;
  }

  searchBins(column: Uint8Array, rows: Uint32Array, start: number, end: number, best: number): number {
    const { nodeBins, outputs } = this;
    const size = end - start;
    const top = readBins(column, rows, start, end, nodeBins, this.words);
    addClasses(this.bins, nodeBins, this.nodeClass, this.nodeWeight, size, outputs);
    if (this.limits.leafRows > 1) countRows(this.binRows, nodeBins, size);
    return outputs === 2 && !this.entropy ? this.scanTwo(top, size, best) : this.scanBins(top, size, best);
  }

  /** {@link scanBins} for the Gini impurity of two classes, the most frequent case. */
  private scanTwo(top: number, size: number, best: number): number {
    const { bins, binRows, words, total } = this;
    const { leafRows, leafWeight } = this.limits;
    const counted = leafRows > 1;
    let left0 = 0;
    let left1 = 0;
    let right0 = total[0]!;
    let right1 = total[1]!;
    let hereRows = 0;
    let cutBin = -1;
    let previous = -1;
    for (let word = 0; word <= top >> 5; word++) {
      let bits = words[word]!;
      while (bits !== 0) {
        const low = bits & -bits;
        bits ^= low;
        const bin = (word << 5) | (31 - Math.clz32(low));
        const w0 = bins[2 * bin]!;
        const w1 = bins[2 * bin + 1]!;
        if (w0 + w1 === 0) continue;
        bins[2 * bin] = 0;
        bins[2 * bin + 1] = 0;
        if (previous < 0) this.constant = bin === top;
        else if (cutBin === previous) this.cut = (cutBin + bin - 1) >> 1;
        previous = bin;
        if (counted) {
          hereRows += binRows[bin]!;
          binRows[bin] = 0;
        }
        if (bin === top) break;
        left0 += w0;
        left1 += w1;
        right0 -= w0;
        right1 -= w1;
        if (counted && (hereRows < leafRows || size - hereRows < leafRows)) continue;
        const here = left0 + left1;
        const there = right0 + right1;
        if (here < leafWeight || there < leafWeight) continue;
        const score = (left0 * left0 + left1 * left1) / here + (right0 * right0 + right1 * right1) / there;
        if (score > best) {
          best = score;
          cutBin = bin;
        }
      }
    }
    return best;
  }

  /** Goes over the filled bins up to `top` and leaves them empty. */
  private scanBins(top: number, size: number, best: number): number {
    const { outputs, bins, binRows, words, total, side, weight, entropy } = this;
    const { leafRows, leafWeight } = this.limits;
    const counted = leafRows > 1;
    side.fill(0);
    let here = 0;
    let hereRows = 0;
    let left = 0;
    let right = this.sum;
    let cutBin = -1;
    let previous = -1;
    for (let word = 0; word <= top >> 5; word++) {
      let bits = words[word]!;
      while (bits !== 0) {
        const low = bits & -bits;
        bits ^= low;
        const bin = (word << 5) | (31 - Math.clz32(low));
        const cell = bin * outputs;
        let inBin = 0;
        for (let k = 0; k < outputs; k++) {
          const w = bins[cell + k]!;
          if (w === 0) continue;
          bins[cell + k] = 0;
          inBin += w;
          const before = side[k]!;
          const rest = total[k]! - before;
          if (entropy) {
            left += this.xlogx(before + w) - this.xlogx(before) + this.xlogx(rest - w) - this.xlogx(rest);
          } else {
            left += w * (2 * before + w);
            right -= w * (2 * rest - w);
          }
          side[k] = before + w;
        }
        if (inBin === 0) continue;
        if (previous < 0) this.constant = bin === top;
        else if (cutBin === previous) this.cut = (cutBin + bin - 1) >> 1;
        previous = bin;
        here += inBin;
        if (counted) {
          hereRows += binRows[bin]!;
          binRows[bin] = 0;
        }
        if (bin === top) break;
        const there = weight - here;
        if (counted && (hereRows < leafRows || size - hereRows < leafRows)) continue;
        if (here < leafWeight || there < leafWeight) continue;
        const score = entropy ? this.sum + left - this.xlogx(here) - this.xlogx(there) : left / here + right / there;
        if (score > best) {
          best = score;
          cutBin = bin;
        }
      }
    }
    return best;
  }
}
