import { type HistogramKernels, histogramKernels, type TeamWork } from '#linalg';

import { blockRows, type BoostingTask, foundFields, lossRows, stepFields } from './boosting-memory.js';
import { field, nodeFields, stepKind } from './boosting-step.js';
import { fillPairs, type LossRows } from './loss.js';
import { SplitSearch } from './split-search.js';

/** The kernel `boost`: the parts of a fit's steps, for {@link Parallel.team}. */
export function openBoosting(task: BoostingTask): TeamWork {
  const thread = new BoostingThread(task);
  return (part) => thread.work(part);
}

function countUp(order: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) order[i] = i;
}

function sum(counts: Uint32Array, end: number): number {
  let total = 0;
  for (let i = 0; i < end; i++) total += counts[i]!;
  return total;
}

/** One thread's view of a fit. Whoever does a part, the result is the same: sums are over rows in their order, in one part. */
class BoostingThread {
  private readonly kernels: HistogramKernels;
  private readonly search: SplitSearch;
  private readonly rows: LossRows;
  private readonly floats: Float64Array;
  private readonly step: Float64Array;
  private readonly order: Uint32Array;
  private readonly leftCounts: Uint32Array;

  constructor(private readonly task: BoostingTask) {
    const { buffer } = task.memory;
    this.kernels = histogramKernels(task.memory);
    this.search = new SplitSearch(task.shape, task.limits);
    this.rows = lossRows(task);
    this.floats = new Float64Array(buffer);
    this.step = new Float64Array(buffer, task.step, stepFields);
    this.order = new Uint32Array(buffer, task.order, task.rows);
    this.leftCounts = new Uint32Array(buffer, task.leftCounts, Math.ceil(task.rows / blockRows));
  }

  work(part: number): void {
    const kind = this.step[field.kind];
    if (kind === stepKind.begin) this.begin(part);
    else if (kind === stepKind.divide) this.divide(part);
    else if (kind === stepKind.join) this.join(part);
    else if (kind === stepKind.columns) this.columns(part);
    else this.leaf(part);
  }

  private begin(part: number): void {
    const { task, step } = this;
    const from = part * blockRows;
    const to = Math.min(from + blockRows, task.rows);
    countUp(this.order, from, to);
    if (step[field.output] === 0) fillPairs(task.loss, this.rows, from, to);
  }

  private divide(part: number): void {
    const { task, step } = this;
    const from = part * blockRows;
    const rows = Math.min(blockRows, step[field.rows]! - from);
    const column = task.columns + step[field.feature]! * task.rows;
    const indexes = task.order + 4 * (step[field.start]! + from);
    const [left, right] = [task.left + 4 * from, task.right + 4 * from];
    const [bin, alsoLeft] = [step[field.bin]!, step[field.alsoLeft]!];
    this.leftCounts[part] = this.kernels.partition(column, indexes, rows, bin, alsoLeft, left, right);
  }

  private join(part: number): void {
    const { task, step, kernels } = this;
    const from = part * blockRows;
    const before = sum(this.leftCounts, part);
    const lefts = this.leftCounts[part]!;
    const rights = Math.min(blockRows, step[field.rows]! - from) - lefts;
    const toLeft = task.order + 4 * (step[field.start]! + before);
    const toRight = task.order + 4 * (step[field.start]! + step[field.leftRows]! + from - before);
    kernels.copy(toLeft, task.left + 4 * from, lefts);
    kernels.copy(toRight, task.right + 4 * from, rights);
    const pairs = task.pairs[step[field.output]!]!;
    if (step[field.gather] === 1) kernels.gather(toLeft, lefts, pairs, task.nodePairs + 8 * before);
    if (step[field.gather] === 2) kernels.gather(toRight, rights, pairs, task.nodePairs + 8 * (from - before));
  }

  private columns(part: number): void {
    const { step, task, kernels } = this;
    const { offsets, missing } = task.shape;
    const parts = step[field.parts]!;
    const first = Math.floor((part * missing.length) / parts);
    const end = Math.floor(((part + 1) * missing.length) / parts);
    const [count, subtract] = [step[field.count]!, step[field.subtract]!];
    for (let j = first; j < end; j++) {
      const start = 32 * offsets[j]!;
      const cells = offsets[j + 1]! - offsets[j]!;
      if (count > 0) this.count(j, count + start, cells);
      if (subtract > 0) kernels.subtract(subtract + start, count + start, cells);
      this.scan(j, 0);
      this.scan(j, 1);
    }
  }

  /** All rows, or those of a node whose pairs have been gathered. */
  private count(j: number, out: number, cells: number): void {
    const { task, step, kernels } = this;
    const column = task.columns + j * task.rows;
    const rows = step[field.rows]!;
    kernels.clear(out, cells);
    if (rows === task.rows) kernels.addAll(column, rows, task.pairs[step[field.output]!]!, out);
    else kernels.addListed(column, task.order + 4 * step[field.start]!, rows, task.nodePairs, out);
  }

  private scan(j: number, node: number): void {
    const { step, task, floats } = this;
    const at = field.nodes + nodeFields * node;
    const histogram = step[at]!;
    if (histogram === 0) return;
    const sums = { gradient: step[at + 1]!, hessian: step[at + 2]!, rows: step[at + 3]!, value: step[at + 4]! };
    const out = task.found / 8 + foundFields * (node * task.shape.missing.length + j);
    this.search.scan(floats, histogram / 8, j, sums, out);
  }

  private leaf(part: number): void {
    const { task, step } = this;
    const at = task.leafTable / 8 + 3 * part;
    const [start, rows, amount] = [this.floats[at]!, this.floats[at + 1]!, this.floats[at + 2]!];
    this.kernels.addAmount(task.order + 4 * start, rows, task.raw[step[field.output]!]!, amount);
  }
}
