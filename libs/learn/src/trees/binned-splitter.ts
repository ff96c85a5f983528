import type { Random } from '#linalg';

import type { Bins } from './bins.js';
import { ColumnDraw } from './column-draw.js';
import type { BinnedCriterion } from './criterion.js';
import type { Split, Splitter } from './grow.js';
import { partitionByBin } from './node-loops.js';

/** Splits between bins: the values of a node are counted into bins instead of sorted. */
export class BinnedSplitter implements Splitter {
  readonly rows: number;
  private readonly order: Uint32Array;
  private readonly spare: Uint32Array;
  private readonly columns: Uint8Array[];
  private readonly draw: ColumnDraw;

  /** Rows of weight 0 take no part. */
  constructor(
    private readonly bins: Bins,
    weights: Float64Array,
    readonly criterion: BinnedCriterion,
    features: number,
    random: Random,
  ) {
    const { rows, cols, data } = bins;
    this.order = new Uint32Array(rows);
    let present = 0;
    for (let row = 0; row < rows; row++) if (weights[row]! > 0) this.order[present++] = row;
    this.rows = present;
    this.spare = new Uint32Array(present);
    this.columns = Array.from({ length: cols }, (_, j) => data.subarray(j * rows, (j + 1) * rows));
    this.draw = new ColumnDraw(cols, features, random);
  }

  enter(start: number, end: number): void {
    this.criterion.enter(this.order, start, end);
  }

  search(start: number, end: number): Split | null {
    const { criterion, draw, order } = this;
    let best = -Infinity;
    let feature = -1;
    let cut = 0;
    let usable = false;
    draw.start();
    for (let j = draw.next(usable); j >= 0; j = draw.next(usable)) {
      const score = criterion.searchBins(this.columns[j]!, order, start, end, best);
      usable ||= !criterion.constant;
      if (score <= best) continue;
      best = score;
      feature = j;
      cut = criterion.cut;
    }
    if (feature < 0) return null;
    return { feature, threshold: this.bins.thresholds[feature]![cut]!, cut, gain: best - criterion.score };
  }

  divide(start: number, end: number, split: Split): number {
    const { order, spare } = this;
    const middle = partitionByBin(this.columns[split.feature]!, split.cut, order, spare, start, end);
    order.set(spare.subarray(0, end - middle), middle);
    return middle;
  }
}
