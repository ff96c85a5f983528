/**
 * Measures a node and ranks its splits. A split's score is larger when the sides are purer; gains in score times
 * `scale` are gains in weighted impurity. Methods leave their results in the fields: they run millions of times.
 */
export interface Criterion {
  /** Length of a node's value. */
  readonly outputs: number;
  readonly scale: number;
  /** True when `enter` needs the rows in ascending order of the target. */
  readonly ordered: boolean;
  /** Of the node entered last. */
  weight: number;
  impurity: number;
  score: number;
  readonly value: Float64Array;
  /** Set by a search that found a better score than it was given. */
  cut: number;
  /** Set by a search: the column takes one value only. */
  constant: boolean;

  enter(rows: Uint32Array, start: number, end: number): void;
  /**
   * The best score above `best` over the cuts of a column whose rows [start, end) are in ascending order; `best` when
   * there is none. `cut` becomes the number of rows on the left.
   */
  searchSorted(x: Float64Array, order: Uint32Array, start: number, end: number, best: number): number;
}

/** A criterion that also searches columns of at most 256 bins, for the node entered last. */
export interface BinnedCriterion extends Criterion {
  /** As {@link Criterion.searchSorted}; `cut` becomes the last bin of the left side. */
  searchBins(bins: Uint8Array, rows: Uint32Array, start: number, end: number, best: number): number;
}

/** What both sides of a split must keep. */
export interface SideLimits {
  readonly leafRows: number;
  readonly leafWeight: number;
}
