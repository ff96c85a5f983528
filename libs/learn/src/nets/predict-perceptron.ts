import type { Matrix } from '#linalg';

import { FUNCTIONS, layoutOf, type Perceptron, ROWS_BETWEEN_TICKS } from './perceptron.js';

/** Rows whose sums lie in the nearest cache together. */
const BLOCK = 512;

/** Hidden weights and biases for inputs as they come, hidden × inputs; padded by a unit without weight to an even number. */
function weightsOfInputs({ inputs, hidden, weights, means, scales }: Perceptron): {
  slopes: Float64Array;
  biases: Float64Array;
} {
  const even = hidden + (hidden % 2);
  const slopes = new Float64Array(even * inputs);
  const biases = new Float64Array(even);
  for (let k = 0; k < hidden; k++) {
    let bias = weights[inputs * hidden + k]!;
    for (let j = 0; j < inputs; j++) {
      const slope = weights[j * hidden + k]! / scales[j]!;
      slopes[k * inputs + j] = slope;
      bias -= slope * means[j]!;
    }
    biases[k] = bias;
  }
  return { slopes, biases };
}

/** Adds the inputs of some rows times the weights of two units, which begin at `unit` in `slopes`: four columns are read at a time. */
function addToPair(
  x: Matrix,
  start: number,
  slopes: Float64Array,
  unit: number,
  sums: readonly [Float64Array, Float64Array],
): void {
  const { data, rows, cols } = x;
  const [first, second] = sums;
  const other = unit + cols;
  const count = Math.min(BLOCK, rows - start);
  let j = 0;
  for (; j + 3 < cols; j += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((column) => (j + column) * rows + start) as [number, number, number, number];
    const [a1, b1, c1, d1] = [slopes[unit + j]!, slopes[unit + j + 1]!, slopes[unit + j + 2]!, slopes[unit + j + 3]!];
    const [a2, b2, c2, d2] = [
      slopes[other + j]!,
      slopes[other + j + 1]!,
      slopes[other + j + 2]!,
      slopes[other + j + 3]!,
    ];
    for (let i = 0; i < count; i++) {
      const va = data[a + i]!;
      const vb = data[b + i]!;
      const vc = data[c + i]!;
      const vd = data[d + i]!;
      first[i] = first[i]! + va * a1 + vb * b1 + vc * c1 + vd * d1;
      second[i] = second[i]! + va * a2 + vb * b2 + vc * c2 + vd * d2;
    }
  }
  for (; j < cols; j++) {
    const from = j * rows + start;
    const [one, two] = [slopes[unit + j]!, slopes[other + j]!];
    for (let i = 0; i < count; i++) {
      first[i] = first[i]! + data[from + i]! * one;
      second[i] = second[i]! + data[from + i]! * two;
    }
  }
}

/** One number per row, in the unit of the target. */
export function predictPerceptron(
  net: Perceptron,
  x: Matrix,
  tick?: (done: number, total: number) => void,
): Float64Array {
  const { inputs, hidden, activation, weights, means, scales } = net;
  const { output, outputBias } = layoutOf(inputs, hidden);
  const { slopes, biases } = weightsOfInputs(net);
  const value = FUNCTIONS[activation];
  const scale = scales[inputs]!;
  const answers = new Float64Array(x.rows).fill(means[inputs]! + scale * weights[outputBias]!);
  const sums = [new Float64Array(BLOCK), new Float64Array(BLOCK)] as const;
  for (let start = 0; start < x.rows; start += BLOCK) {
    if (start % ROWS_BETWEEN_TICKS === 0) tick?.(start, x.rows);
    const count = Math.min(BLOCK, x.rows - start);
    for (let k = 0; k < hidden; k += 2) {
      sums[0].fill(biases[k]!);
      sums[1].fill(biases[k + 1]!);
      addToPair(x, start, slopes, k * inputs, sums);
      const first = scale * weights[output + k]!;
      const second = k + 1 < hidden ? scale * weights[output + k + 1]! : 0;
      for (let i = 0; i < count; i++)
        answers[start + i] = answers[start + i]! + first * value(sums[0][i]!) + second * value(sums[1][i]!);
    }
  }
  return answers;
}
