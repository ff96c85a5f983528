import { type Matrix, matrix, type Tick, requireFinite } from '#linalg';

import { eachLeaf } from './each-leaf.js';
import type { Trees } from './trees.js';

/** Adds output `k` of the leaves to the rows from `start` on. */
function addValues(out: Float64Array, start: number, leaves: Uint32Array, trees: Trees, k: number): void {
  const { value, outputs } = trees;
  for (let i = 0; i < leaves.length; i++) out[start + i]! += value[leaves[i]! * outputs + k]!;
}

/**
 * The mean of the trees' values for every row: rows × outputs, class probabilities or one column of numbers. NaN in `x`
 * is refused (`missing-values`).
 */
export function predictTrees(trees: Trees, x: Matrix, tick?: Tick): Matrix {
  const { outputs, roots } = trees;
  const result = matrix(x.rows, outputs);
  if (x.rows === 0) return result;
  requireFinite(x);
  const visit = (_: number, start: number, leaves: Uint32Array): void => {
    for (let k = 0; k < outputs; k++) addValues(result.data, k * x.rows + start, leaves, trees, k);
  };
  eachLeaf(trees, x, visit, tick);
  for (let i = 0; i < result.data.length; i++) result.data[i]! /= roots.length;
  return result;
}
