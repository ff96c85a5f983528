import { NodeBuffer, type Trees } from './trees.js';

/** The nodes of `tree` that remain when `cut` nodes become leaves. */
function copyUncut(tree: Trees, cut: Uint8Array): Trees {
  const { outputs } = tree;
  const nodes = new NodeBuffer(outputs);
  const copy = (from: number, to: number): void => {
    nodes.samples[to] = tree.samples[from]!;
    nodes.weight[to] = tree.weight[from]!;
    nodes.impurity[to] = tree.impurity[from]!;
    nodes.value.set(tree.value.subarray(from * outputs, (from + 1) * outputs), to * outputs);
  };
  const pairs: [from: number, to: number][] = [[0, nodes.add(1)]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [from, to] = pair;
    copy(from, to);
    if (tree.feature[from]! < 0 || cut[from]) continue;
    const left = nodes.add(2);
    nodes.feature[to] = tree.feature[from]!;
    nodes.threshold[to] = tree.threshold[from]!;
    nodes.left[to] = left;
    pairs.push([tree.left[from]! + 1, left + 1], [tree.left[from]!, left]);
  }
  return nodes.tree();
}

/**
 * One tree after minimal cost-complexity pruning: the smallest subtree of least cost, where a leaf costs `alpha` beside
 * its share of the root's weighted impurity. Bottom up, a node becomes a leaf when that is no dearer than its branch.
 * Source: Breiman et al., Classification and Regression Trees, 1984, chapter 3.
 */
export function prune(tree: Trees, alpha: number): Trees {
  const count = tree.feature.length;
  if (alpha === 0) return tree;
  const branchCost = tree.impurity.map((impurity, i) => (impurity * tree.weight[i]!) / tree.weight[0]!);
  const leaves = new Int32Array(count).fill(1);
  const cut = new Uint8Array(count);
  // A child has a larger index than its parent, so backwards is bottom up.
  for (let i = count - 1; i >= 0; i--) {
    if (tree.feature[i]! < 0) continue;
    const left = tree.left[i]!;
    const branch = branchCost[left]! + branchCost[left + 1]!;
    const ends = leaves[left]! + leaves[left + 1]!;
    if (branchCost[i]! - branch <= alpha * (ends - 1)) cut[i] = 1;
    else {
      branchCost[i] = branch;
      leaves[i] = ends;
    }
  }
  return copyUncut(tree, cut);
}
