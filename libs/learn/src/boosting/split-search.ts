/** The histogram layout of all columns: `cells` of four float64 (gradient, hessian, rows, unused), column after column. */
export interface HistogramShape {
  /** First cell of each column, and the end. */
  readonly offsets: Int32Array;
  /** Bins of present values of each column. */
  readonly bins: Int32Array;
  /** One per column: 1 when its last cell holds missing values. */
  readonly missing: Uint8Array;
}

/** What a split must keep on both sides, and the penalty of leaves. */
export interface SplitLimits {
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
}

/** A node's sums, and the value its rows would get. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  readonly value: number;
}

/** The best split of a node: bins up to `bin` go left, and missing values when `missingLeft`. */
export interface BoostedSplit {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

const minHessian = 1e-3;
type Five = [number, number, number, number, number];

/** The Newton step of a leaf before the learning rate. */
export function leafValue(gradient: number, hessian: number, l2: number): number {
  return -gradient / (hessian + l2 + 1e-15);
}

/**
 * Finds the best split of each column of a node from its histogram, and of all. Of equal gains the first column and bin
 * win. Source: scikit-learn 1.9, `_hist_gradient_boosting/splitting.pyx`, and equation 7 of Chen and Guestrin, XGBoost, 2016.
 */
export class SplitSearch {
  private gain = 0;
  private bin = 0;
  private missingLeft = false;
  private gradientLeft = 0;
  private hessianLeft = 0;
  private rowsLeft = 0;

  constructor(
    private readonly shape: HistogramShape,
    private readonly limits: SplitLimits,
  ) {}

  /**
   * Writes the best split of column `j` to `floats[out…]`: gain (0 when nothing is gained), bin, 1 when missing values go
   * left, and gradient, hessian and rows of the left side. `first` is the place of the node's histogram.
   */
  scan(floats: Float64Array, first: number, j: number, node: NodeSums, out: number): void {
    const column = first + 4 * this.shape.offsets[j]!;
    this.gain = 0;
    this.scanRight(floats, column, j, node);
    if (this.shape.missing[j]) this.scanLeft(floats, column, j, node);
    floats[out] = this.gain;
    floats[out + 1] = this.bin;
    floats[out + 2] = this.missingLeft ? 1 : 0;
    floats[out + 3] = this.gradientLeft;
    floats[out + 4] = this.hessianLeft;
    floats[out + 5] = this.rowsLeft;
  }

  /** The best of what was written, `width` apart, for every column; null when no split gains anything. */
  best(floats: Float64Array, found: number, width: number, node: NodeSums): BoostedSplit | null {
    const { missing } = this.shape;
    let feature = -1;
    let gain = 0;
    for (let j = 0; j < missing.length; j++) {
      if (floats[found + width * j]! <= gain) continue;
      gain = floats[found + width * j]!;
      feature = j;
    }
    if (feature < 0) return null;
    const at = found + width * feature;
    const [bin, leftOut, gradientLeft, hessianLeft, rowsLeft] = floats.subarray(at + 1, at + 6) as unknown as Five;
    const { l2Regularization: l2 } = this.limits;
    const gradient = node.gradient - gradientLeft;
    const hessian = node.hessian - hessianLeft;
    const left = {
      gradient: gradientLeft,
      hessian: hessianLeft,
      rows: rowsLeft,
      value: leafValue(gradientLeft, hessianLeft, l2),
    };
    const right = { gradient, hessian, rows: node.rows - rowsLeft, value: leafValue(gradient, hessian, l2) };
    const missingLeft = missing[feature] === 0 ? rowsLeft > right.rows : leftOut === 1;
    return { gain, feature, bin, missingLeft, left, right };
  }

  /** From the left: missing values go right. With some, a split may send them right alone. */
  private scanRight(floats: Float64Array, column: number, feature: number, node: NodeSums): void {
    const { minSamplesLeaf, l2Regularization: l2 } = this.limits;
    const end = this.shape.bins[feature]! - 1 + this.shape.missing[feature]!;
    const { gradient, hessian, rows } = node;
    const loss = gradient * node.value;
    let gradientLeft = 0;
    let hessianLeft = 0;
    let rowsLeft = 0;
    for (let bin = 0, at = column; bin < end; bin++, at += 4) {
      const inBin = floats[at + 2]!;
      if (inBin === 0) continue;
      gradientLeft += floats[at]!;
      hessianLeft += floats[at + 1]!;
      rowsLeft += inBin;
      if (rowsLeft < minSamplesLeaf) continue;
      if (rows - rowsLeft < minSamplesLeaf) break;
      if (hessianLeft < minHessian) continue;
      const hessianRight = hessian - hessianLeft;
      if (hessianRight < minHessian) break;
      const gradientRight = gradient - gradientLeft;
      const left = -gradientLeft / (hessianLeft + l2 + 1e-15);
      const right = -gradientRight / (hessianRight + l2 + 1e-15);
      const gain = loss - gradientLeft * left - gradientRight * right;
      if (gain > this.gain) {
        this.gain = gain;
        this.bin = bin;
        this.missingLeft = false;
        this.gradientLeft = gradientLeft;
        this.hessianLeft = hessianLeft;
        this.rowsLeft = rowsLeft;
      }
    }
  }

  /** From the right: missing values go left. */
  private scanLeft(floats: Float64Array, column: number, feature: number, node: NodeSums): void {
    const { minSamplesLeaf, l2Regularization: l2 } = this.limits;
    const { gradient, hessian, rows } = node;
    const loss = gradient * node.value;
    let gradientRight = 0;
    let hessianRight = 0;
    let rowsRight = 0;
    for (let bin = this.shape.bins[feature]! - 2; bin >= 0; bin--) {
      const at = column + 4 * (bin + 1);
      gradientRight += floats[at]!;
      hessianRight += floats[at + 1]!;
      rowsRight += floats[at + 2]!;
      const rowsLeft = rows - rowsRight;
      if (rowsRight < minSamplesLeaf) continue;
      if (rowsLeft < minSamplesLeaf) break;
      if (hessianRight < minHessian) continue;
      const hessianLeft = hessian - hessianRight;
      if (hessianLeft < minHessian) break;
      const gradientLeft = gradient - gradientRight;
      const left = -gradientLeft / (hessianLeft + l2 + 1e-15);
      const right = -gradientRight / (hessianRight + l2 + 1e-15);
      const gain = loss - gradientLeft * left - gradientRight * right;
      if (gain > this.gain) {
        this.gain = gain;
        this.bin = bin;
        this.missingLeft = true;
        this.gradientLeft = gradientLeft;
        this.hessianLeft = hessianLeft;
        this.rowsLeft = rowsLeft;
      }
    }
  }
}
