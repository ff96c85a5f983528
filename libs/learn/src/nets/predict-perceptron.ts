import { blockStride, fillBlock, KernelMemoryPlan, type Matrix, perceptronKernels } from '#linalg';

import { activations, layoutOf, type Perceptron, ROWS_BETWEEN_TICKS } from './perceptron.js';

/** Rows whose cells lie in the second cache together. */
const BLOCK = 1024;
/** Hidden units that the kernel computes side by side. */
const GROUP = 4;

/**
 * The weights as the kernel wants them, for inputs and a target as they come: per four hidden units their biases, their
 * weights of every input and their weights in the output. Units without weight fill the last group.
 */
function fillUnits(units: Float64Array, { inputs, hidden, weights, means, scales }: Perceptron): void {
  const { hiddenBias, output } = layoutOf(inputs, hidden);
  units.fill(0);
  for (let k = 0; k < hidden; k++) {
    const at = (k - (k % GROUP)) * (inputs + 2) + (k % GROUP);
    let bias = weights[hiddenBias + k]!;
    for (let j = 0; j < inputs; j++) {
      const slope = weights[j * hidden + k]! / scales[j]!;
      units[at + (j + 1) * GROUP] = slope;
      bias -= slope * means[j]!;
    }
    units[at] = bias;
    units[at + (inputs + 1) * GROUP] = scales[inputs]! * weights[output + k]!;
  }
}

/** One number per row, in the unit of the target. */
export function predictPerceptron(
  net: Perceptron,
  x: Matrix,
  tick?: (done: number, total: number) => void,
): Float64Array {
  const { inputs, hidden, activation, weights, means, scales } = net;
  const { outputBias } = layoutOf(inputs, hidden);
  const groups = Math.ceil(hidden / GROUP);
  const stride = blockStride(Math.min(BLOCK, x.rows));
  const plan = new KernelMemoryPlan();
  const xAt = plan.reserve(inputs * stride * 8);
  const unitsAt = plan.reserve(groups * GROUP * (inputs + 2) * 8);
  const outAt = plan.reserve(stride * 8);
  const memory = plan.passingMemory();
  const { perceptronOutputs } = perceptronKernels(memory);
  const cells = new Float64Array(memory.buffer, xAt, inputs * stride);
  const out = new Float64Array(memory.buffer, outAt, stride);
  const units = new Float64Array(memory.buffer, unitsAt, groups * GROUP * (inputs + 2));
  fillUnits(units, net);
  const bias = means[inputs]! + scales[inputs]! * weights[outputBias]!;
  const kind = activations.indexOf(activation);
  const answers = new Float64Array(x.rows);
  for (let start = 0; start < x.rows; start += BLOCK) {
    if (start % ROWS_BETWEEN_TICKS === 0) tick?.(start, x.rows);
    const count = Math.min(BLOCK, x.rows - start);
    const even = fillBlock({ cells, stride }, x, start, count);
    perceptronOutputs(kind, xAt, stride * 8, even, inputs, groups, unitsAt, bias, outAt);
    answers.set(out.subarray(0, count), start);
  }
  return answers;
}
