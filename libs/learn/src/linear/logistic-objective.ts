import {
  blockStride,
  fillBlock,
  KernelMemoryPlan,
  logisticKernels,
  type Matrix,
  type Objective,
  requireFinite,
} from '#linalg';

/** How many cells lie in kernel memory. */
interface HeldCells {
  /** A matrix with no more is copied once; of a larger one, which would take as much memory again, blocks are, at every pass. */
  readonly whole: number;
  /** A block of rows stays in the second cache between its copy and its reading. */
  readonly block: number;
}
const heldCells: HeldCells = { whole: 2 ** 20, block: 2 ** 15 };

/** What a logistic loss is taken over. Classes are 0 … classes − 1, all of them in `y`. */
export interface LogisticProblem {
  readonly x: Matrix;
  readonly y: Int32Array;
  readonly classes: number;
  /** One per row; without, each weighs 1. */
  readonly weights?: Float64Array;
  /** The sum of the weights, by which the sum of the losses is divided. */
  readonly total: number;
  /** Weight of half the squared coefficients. */
  readonly l2: number;
  readonly fitIntercept: boolean;
}

/** Sums of the losses and their slopes: blocks of rows are copied to kernel memory, and the pass runs over each. */
function blockedPass({ x, y, weights }: LogisticProblem, outputs: number, held: HeldCells): Objective {
  const { rows, cols } = x;
  const few = Math.max(128, 128 * Math.floor(held.block / cols / 128));
  const blockRows = rows * cols <= held.whole ? rows : Math.min(rows, few);
  const stride = blockStride(blockRows);
  const size = outputs * (cols + 1);
  const plan = new KernelMemoryPlan();
  const xAt = plan.reserve(stride * cols * 8);
  const yAt = plan.reserve(stride * 4);
  const weightsAt = plan.reserve(stride * 8);
  const wAt = plan.reserve(size * 8);
  const gAt = plan.reserve(size * 8);
  const scratchAt = plan.reserve(outputs * 128 * 8);
  const memory = plan.memory();
  const { logisticPass } = logisticKernels(memory);
  const cells = new Float64Array(memory.buffer, xAt, stride * cols);
  const blockY = new Int32Array(memory.buffer, yAt, stride);
  const blockWeights = new Float64Array(memory.buffer, weightsAt, stride);
  const kernelW = new Float64Array(memory.buffer, wAt, size);
  const kernelG = new Float64Array(memory.buffer, gAt, size);
  let loaded = -1;
  const load = (start: number, count: number): void => {
    if (loaded === start) return;
    loaded = start;
    const even = fillBlock({ cells, stride }, x, start, count);
    blockY.set(y.subarray(start, start + count));
    blockY.fill(0, count, even);
    if (weights) blockWeights.set(weights.subarray(start, start + count));
    else if (even > count) blockWeights.fill(1, 0, count);
    blockWeights.fill(0, count, even);
  };
  return (w, g) => {
    kernelW.set(w);
    kernelG.fill(0);
    let loss = 0;
    for (let start = 0; start < rows; start += blockRows) {
      const count = Math.min(blockRows, rows - start);
      const even = Math.ceil(count / 8) * 8;
      load(start, count);
      // Only weights tell spare rows from others.
      const at = weights || even > count ? weightsAt : 0;
      loss += logisticPass(xAt, stride * 8, even, cols, outputs, wAt, yAt, at, gAt, scratchAt);
    }
    g.set(kernelG);
    return loss;
  };
}

/**
 * Mean cross-entropy plus penalty as a function of the coefficients: per output the coefficients of the columns, then its
 * intercept. Two classes have one output (of class 1), more have one each. Refuses missing and infinite values at the
 * first call.
 */
export function logisticObjective(problem: LogisticProblem, held = heldCells): Objective {
  const { x, classes, total, l2, fitIntercept } = problem;
  const outputs = classes === 2 ? 1 : classes;
  const width = x.cols + 1;
  const pass = blockedPass(problem, outputs, held);
  return (w, g) => {
    const sum = pass(w, g);
    // A cell that is not finite makes every loss NaN, whatever the coefficients.
    if (Number.isNaN(sum)) requireFinite(x);
    let loss = sum / total;
    for (let k = 0; k < outputs; k++) {
      g[k * width + x.cols] = fitIntercept ? g[k * width + x.cols]! / total : 0;
      for (let j = 0; j < x.cols; j++) {
        const value = w[k * width + j]!;
        loss += 0.5 * l2 * value * value;
        g[k * width + j] = g[k * width + j]! / total + l2 * value;
      }
    }
    return loss;
  };
}
