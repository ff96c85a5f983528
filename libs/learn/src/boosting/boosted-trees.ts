import { column, type Matrix, matrix, type Tick } from '#linalg';

import { eachLeaf } from '../trees/each-leaf.js';

/**
 * A boosted ensemble as flat arrays over all nodes, a plain value. Node `i` sends a value left, to `left[i]`, when it is
 * at most `threshold[i]` or is missing and `missingLeft[i]` is 1; otherwise right, to `left[i] + 1`.
 */
export interface BoostedTrees {
  /** Raw scores per row: one per class, or 1 for two classes or a regression. Tree `t` adds to score `t % outputs`. */
  readonly outputs: number;
  /** The raw scores before the first tree. */
  readonly baseline: Float64Array;
  /** The first node of every tree. */
  readonly roots: Int32Array;
  /** Column tested at a node; −1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly missingLeft: Uint8Array;
  /** What a leaf adds, the learning rate included; 0 at inner nodes. */
  readonly value: Float64Array;
  /** Training rows that reached the node. */
  readonly samples: Int32Array;
  /** Loss reduction of the split; 0 at a leaf. */
  readonly gain: Float64Array;
}

function addValues(scores: Float64Array, start: number, leaves: Uint32Array, value: Float64Array): void {
  for (let i = 0; i < leaves.length; i++) scores[start + i]! += value[leaves[i]!]!;
}

/** The raw scores of every row, rows × outputs: log-odds, logits or numbers. */
export function boostedScores(trees: BoostedTrees, x: Matrix, tick?: Tick): Matrix {
  const { outputs, baseline, value } = trees;
  const result = matrix(x.rows, outputs);
  for (let k = 0; k < outputs; k++) column(result, k).fill(baseline[k]!);
  const visit = (tree: number, start: number, leaves: Uint32Array): void =>
    addValues(result.data, (tree % outputs) * x.rows + start, leaves, value);
  if (x.rows > 0) eachLeaf(trees, x, visit, tick);
  return result;
}
