import type { Team } from '#linalg';

import { blockRows, type BoostingTask, foundFields, leavesAtOnce, stepFields } from './boosting-memory.js';
import { field, nodeFields, stepKind } from './boosting-step.js';
import { type BoostedSplit, type NodeSums, SplitSearch } from './split-search.js';

/** How one boosted tree grows. */
export interface GrowerParams {
  readonly maxDepth: number | null;
  readonly maxLeafNodes: number | null;
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
  readonly learningRate: number;
}

/** One node of a boosted tree, of the training rows [start, start + sums.rows) of the order. */
export interface BoostedNode {
  readonly start: number;
  readonly depth: number;
  readonly sums: NodeSums;
  /** Place of its histogram; −1 when it has none. */
  histogram: number;
  split: BoostedSplit | null;
  /** Place of its left child, the right one next to it; 0 for a leaf. */
  left: number;
}

const minHessian = 1e-3;

/**
 * How many histograms are open at once: one per leaf when growth is best first, else, smaller side first, about one per
 * halving of the rows.
 */
export function histogramsNeeded(params: GrowerParams, rows: number): number {
  const halvings = Math.ceil(Math.log2(rows + 1)) + 3;
  const leaves = Math.max(1, Math.floor(rows / params.minSamplesLeaf));
  return params.maxLeafNodes === null ? halvings : Math.min(params.maxLeafNodes, leaves) + 2;
}

/** Columns are dealt out in so many parts: enough for many threads to end at the same time. */
const columnParts = 32;
/** `pulse` is called about every so many values. */
const pulseValues = 1_000_000;

/**
 * Grows trees on histograms of gradients: the smaller child's is counted, the larger one's is what remains of the
 * parent's. Best first under a limit of leaves. It decides; the steps are done by the team, and the result does not depend
 * on its size. Source: scikit-learn 1.9, `_hist_gradient_boosting/grower.py`.
 */
export class TreeGrower {
  private readonly search: SplitSearch;
  private readonly floats: Float64Array;
  private readonly step: Float64Array;
  private readonly cols: number;
  private free: number[] = [];
  private done = 0;

  constructor(
    private readonly task: BoostingTask,
    private readonly params: GrowerParams,
    private readonly team: Team,
    private readonly pulse: () => void,
  ) {
    this.search = new SplitSearch(task.shape, params);
    this.floats = new Float64Array(task.memory.buffer);
    this.step = new Float64Array(task.memory.buffer, task.step, stepFields);
    this.cols = task.shape.missing.length;
  }

  /** The nodes of a tree for the gradients of one output, the root first; adds its leaves to the raw scores. */
  grow(output: number): BoostedNode[] {
    const { task, params } = this;
    this.free = task.histograms.map((_, i) => i).reverse();
    this.run(stepKind.begin, Math.ceil(task.rows / blockRows), 4 * blockRows, { output });
    const root = this.root(output);
    const nodes: BoostedNode[] = [root];
    const open: BoostedNode[] = [];
    if (task.rows >= 2 * params.minSamplesLeaf && root.sums.hessian >= minHessian) {
      this.runColumns({ output }, [root]);
      this.consider(root, 0, open);
    }
    const limit = params.maxLeafNodes ?? Infinity;
    for (let leaves = 1; leaves < limit; leaves++) {
      const node = this.take(open);
      if (!node) break;
      const last = leaves + 1 >= limit;
      this.divide(node, output, nodes, last ? null : open);
    }
    this.addLeaves(nodes, output);
    return nodes;
  }

  /** Has the team do a step in `parts` of about `values` values each. */
  private run(kind: number, parts: number, values: number, fields: Partial<Record<keyof typeof field, number>>): void {
    const { step } = this;
    step[field.kind] = kind;
    step[field.parts] = parts;
    for (const name in fields) step[field[name as keyof typeof field]] = fields[name as keyof typeof field]!;
    this.team.run(parts, () => {
      this.done += Math.max(values, pulseValues / 20);
      if (this.done < pulseValues) return;
      this.done = 0;
      this.pulse();
    });
  }

  /** Counts rows when `fields` say so, and looks for splits of up to two nodes. */
  private runColumns(fields: Partial<Record<keyof typeof field, number>>, nodes: readonly BoostedNode[]): void {
    const { step, task } = this;
    step.fill(0, field.nodes);
    nodes.forEach(({ histogram, sums }, i) => {
      const { gradient, hessian, rows, value } = sums;
      step.set([task.histograms[histogram]!, gradient, hessian, rows, value], field.nodes + i * nodeFields);
    });
    const parts = Math.min(this.cols, columnParts);
    const values = ((fields.rows ?? 0) * this.cols) / parts;
    this.run(stepKind.columns, parts, values, { count: 0, subtract: 0, ...fields });
  }

  private root(output: number): BoostedNode {
    const { task, floats } = this;
    const { shape, rows } = task;
    const histogram = this.free.pop()!;
    this.runColumns({ output, start: 0, rows, count: task.histograms[histogram]! }, []);
    let gradient = 0;
    let hessian = 0;
    const first = task.histograms[histogram]! / 8;
    for (let at = first; at < first + 4 * shape.offsets[1]!; at += 4) {
      gradient += floats[at]!;
      hessian += floats[at + 1]!;
    }
    return { start: 0, depth: 0, sums: { gradient, hessian, rows, value: 0 }, histogram, split: null, left: 0 };
  }

  /** Takes the best split found for a node, the first or second of its step, and opens it, or gives its histogram back. */
  private consider(node: BoostedNode, place: number, open: BoostedNode[]): void {
    const found = this.task.found / 8 + place * foundFields * this.cols;
    node.split = this.search.best(this.floats, found, foundFields, node.sums);
    if (node.split) open.push(node);
    else this.release(node);
  }

  private release(node: BoostedNode): void {
    if (node.histogram >= 0) this.free.push(node.histogram);
    node.histogram = -1;
  }

  /** The open node of the largest gain, or without a limit of leaves the last one: the order makes no difference then. */
  private take(open: BoostedNode[]): BoostedNode | undefined {
    if (this.params.maxLeafNodes === null) return open.pop();
    let best = 0;
    for (let i = 1; i < open.length; i++) if (open[i]!.split!.gain > open[best]!.split!.gain) best = i;
    return open.splice(best, 1)[0];
  }

  private divide(node: BoostedNode, output: number, nodes: BoostedNode[], open: BoostedNode[] | null): void {
    const { task, params } = this;
    const { left, right } = node.split!;
    const { start } = node;
    node.left = nodes.length;
    const child = (at: number, own: NodeSums): BoostedNode => {
      return { start: at, depth: node.depth + 1, sums: own, histogram: -1, split: null, left: 0 };
    };
    const children = [child(start, left), child(start + left.rows, right)] as const;
    nodes.push(...children);
    const deep = params.maxDepth !== null && node.depth + 1 >= params.maxDepth;
    const wanted = children.filter(({ sums: own }) => open && !deep && own.rows >= 2 * params.minSamplesLeaf);
    const [smaller, larger] = left.rows < right.rows ? children : ([children[1], children[0]] as const);
    this.moveRows(node, output, wanted.length === 0 ? 0 : smaller === children[0] ? 1 : 2);
    if (!open || wanted.length === 0) {
      this.release(node);
      return;
    }
    smaller.histogram = this.free.pop()!;
    larger.histogram = node.histogram;
    node.histogram = -1;
    // The larger one first, so that a stack takes the smaller one off first and few histograms are open.
    const order = [larger, smaller].filter((one) => wanted.includes(one));
    const count = task.histograms[smaller.histogram]!;
    const subtract = task.histograms[larger.histogram]!;
    this.runColumns({ output, start: smaller.start, rows: smaller.sums.rows, count, subtract }, order);
    order.forEach((one, place) => this.consider(one, place, open));
    for (const one of children) if (!wanted.includes(one)) this.release(one);
  }

  /** Puts the rows of a node in the order of its children, and gathers the pairs of one: 1 the left, 2 the right. */
  private moveRows(node: BoostedNode, output: number, gather: number): void {
    const { shape } = this.task;
    const { feature, bin, missingLeft, left } = node.split!;
    const { start, sums } = node;
    const alsoLeft = missingLeft && shape.missing[feature] === 1 ? shape.bins[feature]! : bin;
    const parts = Math.ceil(sums.rows / blockRows);
    const leftRows = left.rows;
    const fields = { output, start, rows: sums.rows, feature, bin, alsoLeft, leftRows, gather };
    this.run(stepKind.divide, parts, blockRows, fields);
    this.run(stepKind.join, parts, blockRows, {});
  }

  private addLeaves(nodes: readonly BoostedNode[], output: number): void {
    const { task, params } = this;
    const leaves = nodes.filter(({ left }) => left === 0);
    for (let first = 0; first < leaves.length; first += leavesAtOnce) {
      const some = leaves.slice(first, first + leavesAtOnce);
      const table = some.flatMap(({ start, sums }) => [start, sums.rows, sums.value * params.learningRate]);
      this.floats.set(table, task.leafTable / 8);
      this.run(stepKind.leaves, some.length, task.rows / leaves.length, { output });
    }
  }
}
