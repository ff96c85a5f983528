import { type Tick, NumericError } from '#linalg';

import type { Criterion } from './criterion.js';
import type { GrowthLimits } from './tree-params.js';
import { NodeBuffer, type Trees } from './trees.js';

/** A split of a node: rows whose `feature` is at most `threshold` go left. `cut` says the same in the splitter's own terms. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly cut: number;
  /** What the criterion's score gains by the split. */
  readonly gain: number;
}

/** Keeps the rows of every node together and finds splits. A node is a range [start, end) of its rows. */
export interface Splitter {
  readonly criterion: Criterion;
  /** Rows of the root. */
  readonly rows: number;
  /** Reads the node into the criterion. */
  enter(start: number, end: number): void;
  /** The best split of the node entered last. */
  search(start: number, end: number): Split | null;
  /** Moves the rows of a split to both sides; returns where the right side starts. */
  divide(start: number, end: number, split: Split): number;
}

interface Open {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly split: Split;
  readonly improvement: number;
}

/** A node whose impurity is not above this is pure. */
const epsilon = Number.EPSILON;

/** A heap of open nodes, the largest improvement first. */
class Frontier {
  private readonly heap: Open[] = [];

  push(item: Open): void {
    let i = this.heap.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.heap[parent]!.improvement >= item.improvement) break;
      this.heap[i] = this.heap[parent]!;
      i = parent;
    }
    this.heap[i] = item;
  }

  pop(): Open | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    const length = this.heap.length;
    if (!last || length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= length) break;
      if (child + 1 < length && this.heap[child + 1]!.improvement > this.heap[child]!.improvement) child++;
      if (this.heap[child]!.improvement <= last.improvement) break;
      this.heap[i] = this.heap[child]!;
      i = child;
    }
    this.heap[i] = last;
    return top;
  }
}

/**
 * Grows one tree, depth first, or best first when the leaves are limited. `tick` hears how many rows are in finished
 * leaves. Source: the builders of scikit-learn 1.9 (`_tree.pyx`), whose stopping rules these are.
 */
export function grow(splitter: Splitter, limits: GrowthLimits, tick: Tick): Trees {
  if (splitter.rows === 0) throw new NumericError('no-rows');
  const { criterion } = splitter;
  const nodes = new NodeBuffer(criterion.outputs);
  const bestFirst = limits.leaves !== Infinity;
  const stack: Open[] = [];
  const frontier = new Frontier();
  let totalWeight = 0;
  let finished = 0;
  let unreported = 0;

  const visit = (node: number, start: number, end: number, depth: number): void => {
    splitter.enter(start, end);
    if (node === 0) totalWeight = criterion.weight;
    nodes.samples[node] = end - start;
    nodes.weight[node] = criterion.weight;
    nodes.impurity[node] = criterion.impurity;
    nodes.value.set(criterion.value, node * nodes.outputs);
    unreported += end - start;
    if (unreported > 20_000) {
      unreported = 0;
      tick(finished, splitter.rows);
    }
    const closed =
      depth >= limits.depth ||
      end - start < limits.splitRows ||
      criterion.weight < 2 * limits.leafWeight ||
      criterion.impurity <= epsilon;
    const split = closed ? null : splitter.search(start, end);
    const improvement = split ? (split.gain * criterion.scale) / totalWeight : 0;
    if (split && improvement + epsilon >= limits.decrease) {
      const open = { node, start, end, depth, split, improvement };
      if (bestFirst) frontier.push(open);
      else stack.push(open);
    } else finished += end - start;
  };

  visit(nodes.add(1), 0, splitter.rows, 0);
  for (let leaves = 1; leaves < limits.leaves; leaves++) {
    const open = bestFirst ? frontier.pop() : stack.pop();
    if (!open) break;
    const middle = splitter.divide(open.start, open.end, open.split);
    const left = nodes.add(2);
    nodes.feature[open.node] = open.split.feature;
    nodes.threshold[open.node] = open.split.threshold;
    nodes.left[open.node] = left;
    visit(left + 1, middle, open.end, open.depth + 1);
    visit(left, open.start, middle, open.depth + 1);
  }
  return nodes.tree();
}
