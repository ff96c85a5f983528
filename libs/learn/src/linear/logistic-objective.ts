import { KernelMemoryPlan, type Matrix, type Objective, linearKernels } from '#linalg';

/** Doubles of one chunk of rows in kernel memory (256 MiB); larger matrices go through in chunks, copied at every pass. */
const chunkCells = 2 ** 25;

/** What a logistic loss is taken over. Classes are 0 … classes − 1, all of them in `y`; the weights sum to one. */
export interface LogisticProblem {
  readonly x: Matrix;
  readonly y: Int32Array;
  readonly classes: number;
  readonly weights: Float64Array;
  /** Weight of half the squared coefficients. */
  readonly l2: number;
  readonly fitIntercept: boolean;
}

/** Copies chunks of the data to kernel memory and runs the pass over each. */
function chunkedPass({ x, y, weights }: LogisticProblem, outputs: number, cells: number): Objective {
  const { rows, cols } = x;
  const chunkRows = Math.min(Math.ceil(rows / 4) * 4, Math.max(1024, 4 * Math.floor(cells / cols / 4)));
  const size = outputs * (cols + 1);
  const plan = new KernelMemoryPlan();
  const xAt = plan.reserve(chunkRows * cols * 8);
  const yAt = plan.reserve(chunkRows * 4);
  const weightsAt = plan.reserve(chunkRows * 8);
  const wAt = plan.reserve(size * 8);
  const gAt = plan.reserve(size * 8);
  const scratchAt = plan.reserve(outputs * 256 * 8);
  const memory = plan.memory();
  const { logisticPass } = linearKernels(memory);
  const chunk = new Float64Array(memory.buffer, xAt, chunkRows * cols);
  const chunkY = new Int32Array(memory.buffer, yAt, chunkRows);
  const chunkWeights = new Float64Array(memory.buffer, weightsAt, chunkRows);
  const kernelW = new Float64Array(memory.buffer, wAt, size);
  const kernelG = new Float64Array(memory.buffer, gAt, size);
  let loaded = -1;
  const load = (start: number): void => {
    if (loaded === start) return;
    loaded = start;
    const length = Math.min(chunkRows, rows - start);
    for (let j = 0; j < cols; j++) {
      chunk.set(x.data.subarray(j * rows + start, j * rows + start + length), j * chunkRows);
      chunk.fill(0, j * chunkRows + length, (j + 1) * chunkRows);
    }
    chunkY.fill(0).set(y.subarray(start, start + length));
    chunkWeights.fill(0).set(weights.subarray(start, start + length));
  };
  return (w, g) => {
    kernelW.set(w);
    kernelG.fill(0);
    let loss = 0;
    for (let start = 0; start < rows; start += chunkRows) {
      load(start);
      const even = Math.ceil(Math.min(chunkRows, rows - start) / 4) * 4;
      loss += logisticPass(xAt, chunkRows * 8, even, cols, outputs, wAt, yAt, weightsAt, gAt, scratchAt);
    }
    g.set(kernelG);
    return loss;
  };
}

/**
 * Mean cross-entropy plus penalty as a function of the coefficients: per output the coefficients of the columns, then its
 * intercept. Two classes have one output (of class 1), more have one each. `cells` bounds a chunk held in kernel memory.
 */
export function logisticObjective(problem: LogisticProblem, cells = chunkCells): Objective {
  const { x, classes, l2, fitIntercept } = problem;
  const outputs = classes === 2 ? 1 : classes;
  const width = x.cols + 1;
  const pass = chunkedPass(problem, outputs, cells);
  return (w, g) => {
    let loss = pass(w, g);
    for (let k = 0; k < outputs; k++) {
      if (!fitIntercept) g[k * width + x.cols] = 0;
      for (let j = 0; j < x.cols; j++) {
        const value = w[k * width + j]!;
        loss += 0.5 * l2 * value * value;
        g[k * width + j]! += l2 * value;
      }
    }
    return loss;
  };
}
