import { KernelMemoryPlan } from '#linalg';

import type { Bins } from '../trees/bins.js';
import type { Loss, LossKind, LossRows } from './loss.js';
import type { HistogramShape, SplitLimits } from './split-search.js';

/** Rows of one part of a step: some tens of microseconds of work. */
export const blockRows = 8192;
/** Leaves of one step that adds their values. */
export const leavesAtOnce = 256;
/** Float64s that say what a step is to do, see `Step`. */
export const stepFields = 24;
/** Float64s that say what a column's best split is, see `SplitSearch`. */
export const foundFields = 6;

/** A fit as all its threads know it, a plain value: what it is about, and the addresses of everything in one shared memory. */
export interface BoostingTask {
  readonly memory: WebAssembly.Memory;
  readonly rows: number;
  readonly shape: HistogramShape;
  readonly limits: SplitLimits;
  readonly loss: LossKind;
  readonly step: number;
  readonly leafTable: number;
  /** Best splits of two nodes, each a column after the other. */
  readonly found: number;
  /** The bins of column j: `columns + j * rows`. */
  readonly columns: number;
  readonly target: number;
  /** 0 when rows have none. */
  readonly weights: number;
  /** Rows, node after node, as uint32. */
  readonly order: number;
  /** While a node is divided: the rows that go left, block by block, those that go right, and how many go left of each block. */
  readonly left: number;
  readonly right: number;
  readonly leftCounts: number;
  /** Pairs of each output, and those of the node to be counted in its order. */
  readonly pairs: readonly number[];
  readonly nodePairs: number;
  readonly raw: readonly number[];
  readonly histograms: readonly number[];
}

function shapeOf(bins: Bins): HistogramShape {
  const present = Int32Array.from(bins.thresholds, (thresholds) => thresholds.length + 1);
  const offsets = new Int32Array(bins.cols + 1);
  for (let j = 0; j < bins.cols; j++) offsets[j + 1] = offsets[j]! + present[j]! + bins.missing[j]!;
  return { offsets, bins: present, missing: bins.missing };
}

/** The rows of a task, seen from the calling thread. */
export function lossRows(task: BoostingTask): LossRows {
  const { rows } = task;
  const { buffer } = task.memory;
  return {
    target: new Float64Array(buffer, task.target, rows),
    weights: task.weights > 0 ? new Float64Array(buffer, task.weights, rows) : null,
    raw: task.raw.map((address) => new Float64Array(buffer, address, rows)),
    pairs: task.pairs.map((address) => new Float32Array(buffer, address, 2 * rows)),
  };
}

/** V8 does not count shared memory when it decides whether to collect garbage, so one is used again; not a very large one. */
let idle: WebAssembly.Memory | undefined;
const largestIdleBytes = 256 * 1024 ** 2;

/** Lays out a fit with so many histograms and fills in what is known; `start` are the raw scores before the first tree. Throws `too-large` above 4 GiB. */
export function boostingTask(
  bins: Bins,
  loss: Loss,
  start: Float64Array,
  limits: SplitLimits,
  histogramCount: number,
): BoostingTask {
  const { rows, cols } = bins;
  const shape = shapeOf(bins);
  const plan = new KernelMemoryPlan();
  const several = (count: number, bytes: number): number[] => Array.from({ length: count }, () => plan.reserve(bytes));
  const places = {
    step: plan.reserve(8 * stepFields),
    leafTable: plan.reserve(24 * leavesAtOnce),
    found: plan.reserve(2 * 8 * foundFields * cols),
    columns: plan.reserve(rows * cols),
    target: plan.reserve(8 * rows),
    weights: loss.weights ? plan.reserve(8 * rows) : 0,
    order: plan.reserve(4 * rows),
    left: plan.reserve(4 * rows),
    right: plan.reserve(4 * rows),
    leftCounts: plan.reserve(4 * Math.ceil(rows / blockRows)),
    nodePairs: plan.reserve(8 * rows),
    pairs: several(loss.outputs, 8 * rows),
    raw: several(loss.outputs, 8 * rows),
    histograms: several(histogramCount, 32 * shape.offsets[cols]!),
  };
  const memory = plan.sharedMemory(idle);
  idle = undefined;
  const task: BoostingTask = { memory, rows, shape, limits, loss: loss.kind, ...places };
  const { target, weights, raw } = lossRows(task);
  new Uint8Array(memory.buffer, places.columns, rows * cols).set(bins.data);
  target.set(loss.target);
  if (loss.weights) weights?.set(loss.weights);
  raw.forEach((scores, k) => scores.fill(start[k]!));
  return task;
}

/** Keeps the memory of a fit that is over for the next one. */
export function giveBack({ memory }: BoostingTask): void {
  if (memory.buffer.byteLength <= largestIdleBytes) idle = memory;
}
