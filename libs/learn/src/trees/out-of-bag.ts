import type { Matrix } from '#linalg';

import { drawRows, type ForestTask, treeStream } from './forest-kernel.js';
import type { Trees } from './trees.js';

function accuracy(votes: Float64Array, classes: number, target: ArrayLike<number>): number {
  let right = 0;
  for (let row = 0; row < target.length; row++) {
    const own = votes.subarray(row * classes, (row + 1) * classes);
    if (own.indexOf(Math.max(...own)) === target[row]) right++;
  }
  return right / target.length;
}

function determination(predicted: Float64Array, target: ArrayLike<number>): number {
  const n = target.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += target[i]! / n;
  let residual = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    residual += (target[i]! - predicted[i]!) ** 2;
    total += (target[i]! - mean) ** 2;
  }
  return total > 0 ? 1 - residual / total : 0;
}

/** Accuracy or R² when each row is asked of the trees that did not draw it; null when some row was drawn by all. */
export function outOfBag(
  trees: Trees,
  x: Matrix,
  task: Pick<ForestTask, 'seed' | 'drawn' | 'target' | 'classes'>,
  pulse: () => void,
): number | null {
  const { outputs, feature, threshold, left, value } = trees;
  const sums = new Float64Array(x.rows * outputs);
  const asked = new Uint32Array(x.rows);
  trees.roots.forEach((root, tree) => {
    const counts = drawRows(x.rows, task.drawn, treeStream(task.seed, tree));
    for (let row = 0; row < x.rows; row++) {
      if (counts[row]! > 0) continue;
      let node = root;
      for (let f = feature[node]!; f >= 0; f = feature[node]!) {
        node = left[node]! + (x.data[f * x.rows + row]! <= threshold[node]! ? 0 : 1);
      }
      for (let k = 0; k < outputs; k++) sums[row * outputs + k]! += value[node * outputs + k]!;
      asked[row]!++;
    }
    pulse();
  });
  if (asked.includes(0)) return null;
  if (task.classes > 0) return accuracy(sums, outputs, task.target);
  return determination(
    sums.map((sum, row) => sum / asked[row]!),
    task.target,
  );
}
