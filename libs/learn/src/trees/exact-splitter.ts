import { argsort, column, type Matrix, type Random } from '#linalg';

import { ColumnDraw } from './column-draw.js';
import type { Criterion } from './criterion.js';
import type { Split, Splitter } from './grow.js';
import { markSide, partitionBySide } from './node-loops.js';

/** A cut between two neighbouring values that sends exactly the lower one left. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle < high ? middle : low;
}

/** Every column's rows sorted once; a split keeps each list sorted on both sides, so that no node sorts again. */
export class ExactSplitter implements Splitter {
  readonly rows: number;
  private readonly columns: Float64Array[];
  private readonly lists: Uint32Array[] = [];
  /** The list whose order the criterion sees: the target's, or that of the first column. */
  private readonly own: Uint32Array;
  private readonly draw: ColumnDraw;
  private readonly isLeft: Uint8Array;
  private readonly spare: Uint32Array;

  /** Rows of weight 0 take no part. `pulse` is called after every column of a large node. */
  constructor(
    x: Matrix,
    y: ArrayLike<number>,
    weights: Float64Array,
    readonly criterion: Criterion,
    features: number,
    random: Random,
    private readonly pulse: () => void,
  ) {
    this.columns = Array.from({ length: x.cols }, (_, j) => column(x, j));
    const present = (order: Uint32Array): Uint32Array => order.filter((row) => weights[row]! > 0);
    for (const values of this.columns) {
      this.lists.push(present(argsort(values)));
      pulse();
    }
    this.own = this.lists[0]!;
    if (criterion.ordered) {
      this.own = present(argsort(y));
      this.lists.push(this.own);
    }
    this.rows = this.own.length;
    this.draw = new ColumnDraw(x.cols, features, random);
    this.isLeft = new Uint8Array(x.rows);
    this.spare = new Uint32Array(this.rows);
  }

  enter(start: number, end: number): void {
    this.criterion.enter(this.own, start, end);
  }

  search(start: number, end: number): Split | null {
    const { criterion, draw } = this;
    let best = -Infinity;
    let feature = -1;
    let cut = 0;
    let usable = false;
    draw.start();
    for (let j = draw.next(usable); j >= 0; j = draw.next(usable)) {
      const score = criterion.searchSorted(this.columns[j]!, this.lists[j]!, start, end, best);
      usable ||= !criterion.constant;
      if (end - start > 50_000) this.pulse();
      if (score <= best) continue;
      best = score;
      feature = j;
      cut = criterion.cut;
    }
    if (feature < 0) return null;
    const x = this.columns[feature]!;
    const list = this.lists[feature]!;
    const threshold = between(x[list[start + cut - 1]!]!, x[list[start + cut]!]!);
    return { feature, threshold, cut, gain: best - criterion.score };
  }

  divide(start: number, end: number, split: Split): number {
    const { isLeft, spare } = this;
    const middle = start + split.cut;
    const chosen = this.lists[split.feature]!;
    markSide(chosen, start, middle, isLeft, 1);
    markSide(chosen, middle, end, isLeft, 0);
    for (const list of this.lists) {
      if (list === chosen) continue;
      partitionBySide(list, start, end, isLeft, spare);
      list.set(spare.subarray(0, end - middle), middle);
    }
    return middle;
  }
}
