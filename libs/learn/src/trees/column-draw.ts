import type { Random } from '#linalg';

/** Draws the columns to try at a node: all of them in order, or `count` without replacement, a constant one counting too. */
export class ColumnDraw {
  private readonly columns: Int32Array;
  private left = 0;

  constructor(
    total: number,
    private readonly count: number,
    private readonly random: Random,
  ) {
    this.columns = Int32Array.from({ length: total }, (_, i) => i);
  }

  start(): void {
    this.left = this.columns.length;
  }

  /** The next column, or −1 at the end. `usable`: some column drawn before was not constant at this node. */
  next(usable: boolean): number {
    const { columns, count } = this;
    const total = columns.length;
    if (this.left === 0 || (usable && total - this.left >= count)) return -1;
    if (count === total) return columns[total - this.left--]!;
    const at = this.random.below(this.left--);
    const column = columns[at]!;
    columns[at] = columns[this.left]!;
    columns[this.left] = column;
    return column;
  }
}
