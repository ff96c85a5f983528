import { column, KernelMemoryPlan, type Matrix, type Tick, treeKernels } from '#linalg';

/** What walking an ensemble needs of it; `missingLeft` where values may be missing. */
interface Walkable {
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly missingLeft?: Uint8Array;
}

/** Hears the leaves of tree number `tree` for the rows from `start` on; the array is used again. */
type LeafVisit = (tree: number, start: number, leaves: Uint32Array) => void;

const blockRows = 4096;
/** Nodes laid out for the kernels at once (64 MB). */
const groupNodes = 4_000_000;

/** Lays out nodes from `first` on as the kernels want them, for blocks whose columns are `columnBytes` long. */
function layNodes(trees: Walkable, first: number, columnBytes: number, floats: Float64Array, words: Uint32Array): void {
  const { feature, threshold, left, missingLeft } = trees;
  for (let node = first, at = 0; 2 * at < floats.length; node++, at++) {
    const tested = feature[node]!;
    const leaf = tested < 0;
    const missingRight = leaf || (missingLeft ? missingLeft[node]! : 1) ? 0 : 1;
    floats[2 * at] = leaf ? Infinity : threshold[node]!;
    words[4 * at + 2] = leaf ? 0 : columnBytes * tested + missingRight;
    words[4 * at + 3] = leaf ? at : left[node]! - first;
  }
}

function shift(leaves: Uint32Array, by: number): void {
  if (by > 0) for (let i = 0; i < leaves.length; i++) leaves[i]! += by;
}

/** The leaves of all rows as they lie, without laying out anything. */
function walk(trees: Walkable, root: number, x: Matrix, leaves: Uint32Array): void {
  const { feature, threshold, left, missingLeft } = trees;
  for (let i = 0; i < leaves.length; i++) {
    let node = root;
    for (let f = feature[node]!; f >= 0; f = feature[node]!) {
      const value = x.data[f * x.rows + i]!;
      const goesLeft = Number.isNaN(value) ? !missingLeft || missingLeft[node] === 1 : value <= threshold[node]!;
      node = left[node]! + (goesLeft ? 0 : 1);
    }
    leaves[i] = node;
  }
}

/** Tells `visit` the leaf of every row in every tree, tree after tree in order for any one row. */
export function eachLeaf(trees: Walkable, x: Matrix, visit: LeafVisit, tick?: Tick): void {
  const { roots, feature } = trees;
  // Laying out nodes pays when they are met often.
  if (20 * x.rows * roots.length < feature.length) {
    const leaves = new Uint32Array(x.rows);
    roots.forEach((root, tree) => {
      walk(trees, root, x, leaves);
      visit(tree, 0, leaves);
    });
    return;
  }
  const endOf = (tree: number): number => roots[tree + 1] ?? feature.length;
  for (let tree = 0; tree < roots.length;) {
    let last = tree + 1;
    while (last < roots.length && endOf(last) - roots[tree]! <= groupNodes) last++;
    walkGroup(trees, tree, last, x, visit, (done) =>
      tick?.(tree * x.rows + (last - tree) * done, roots.length * x.rows),
    );
    tree = last;
  }
}

/** The trees [from, to) by the kernels, block after block of rows. */
function walkGroup(
  trees: Walkable,
  from: number,
  to: number,
  x: Matrix,
  visit: LeafVisit,
  tick: (doneRows: number) => void,
): void {
  const { roots, feature } = trees;
  const first = roots[from]!;
  const end = roots[to] ?? feature.length;
  const most = Math.min(blockRows, x.rows);
  const plan = new KernelMemoryPlan();
  const nodes = plan.reserve(16 * (end - first));
  const block = plan.reserve(8 * most * x.cols);
  const leaves = plan.reserve(4 * most);
  const memory = plan.memory();
  const { buffer } = memory;
  const { descend } = treeKernels(memory);
  const count = 2 * (end - first);
  layNodes(trees, first, 8 * most, new Float64Array(buffer, nodes, count), new Uint32Array(buffer, nodes, 2 * count));
  const blockView = new Float64Array(buffer, block, most * x.cols);
  for (let start = 0; start < x.rows; start += blockRows) {
    const rows = Math.min(blockRows, x.rows - start);
    for (let j = 0; j < x.cols; j++) blockView.set(column(x, j).subarray(start, start + rows), j * most);
    const leavesView = new Uint32Array(buffer, leaves, rows);
    for (let tree = from; tree < to; tree++) {
      descend(nodes, roots[tree]! - first, block, rows, leaves);
      shift(leavesView, first);
      visit(tree, start, leavesView);
    }
    tick(start + rows);
  }
}
