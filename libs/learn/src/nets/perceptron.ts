import { column, type Matrix, matrix } from '#linalg';

/** What a hidden unit makes of its sum. */
export const activations = ['relu', 'tanh', 'sigmoid', 'identity'] as const;
/** One of {@link activations}. */
export type Activation = (typeof activations)[number];

/** A network with one hidden layer and one linear output, over inputs and a target that are brought to mean 0 and deviation 1. */
export interface Perceptron {
  readonly inputs: number;
  readonly hidden: number;
  readonly activation: Activation;
  /** Inputs × hidden, row by row; then a bias per hidden unit, the weight of each in the output, and the bias of the output. */
  readonly weights: Float64Array;
  /** Per input, then of the target. */
  readonly means: Float64Array;
  /** Per input, then of the target; 1 where a column is constant. */
  readonly scales: Float64Array;
}

/** Where the parts of the weights begin. */
interface Layout {
  readonly hiddenBias: number;
  readonly output: number;
  readonly outputBias: number;
  readonly size: number;
}

/** The layout of a network of these sizes. */
export function layoutOf(inputs: number, hidden: number): Layout {
  const hiddenBias = inputs * hidden;
  return { hiddenBias, output: hiddenBias + hidden, outputBias: hiddenBias + 2 * hidden, size: hiddenBias + 2 * hidden + 1 }; // prettier-ignore
}

/** The functions by their names. */
export const FUNCTIONS: Readonly<Record<Activation, (sum: number) => number>> = {
  relu: (sum) => (sum > 0 ? sum : 0),
  tanh: Math.tanh,
  sigmoid: (sum) => 1 / (1 + Math.exp(-sum)),
  identity: (sum) => sum,
};
/** The slope of a function, told by its value. */
const SLOPES: Readonly<Record<Activation, (value: number) => number>> = {
  relu: (value) => (value > 0 ? 1 : 0),
  tanh: (value) => 1 - value * value,
  sigmoid: (value) => value * (1 - value),
  identity: () => 1,
};

/** Rows of inputs one after another, each brought to mean 0 and deviation 1. */
export function scaledRows(x: Matrix, { means, scales }: Pick<Perceptron, 'means' | 'scales'>): Float64Array {
  const rows = new Float64Array(x.rows * x.cols);
  for (let j = 0; j < x.cols; j++) {
    const values = column(x, j);
    for (let i = 0; i < x.rows; i++) rows[i * x.cols + j] = (values[i]! - means[j]!) / scales[j]!;
  }
  return rows;
}

/** Computes one row at a time: the output, and the slopes of its squared error. */
export function passes(net: Pick<Perceptron, 'inputs' | 'hidden' | 'activation' | 'weights'>) {
  const { inputs, hidden, activation, weights } = net;
  const { hiddenBias, output, outputBias } = layoutOf(inputs, hidden);
  const value = FUNCTIONS[activation];
  const slope = SLOPES[activation];
  const units = new Float64Array(hidden);
  return {
    /** The output for the row that begins here; the hidden units keep their values for {@link back}. */
    forward: (rows: Float64Array, at: number): number => {
      for (let k = 0; k < hidden; k++) units[k] = weights[hiddenBias + k]!;
      for (let j = 0; j < inputs; j++) {
        const input = rows[at + j]!;
        if (input === 0) continue;
        const from = j * hidden;
        for (let k = 0; k < hidden; k++) units[k]! += input * weights[from + k]!;
      }
      let sum = weights[outputBias]!;
      for (let k = 0; k < hidden; k++) {
        units[k] = value(units[k]!);
        sum += units[k]! * weights[output + k]!;
      }
      return sum;
    },
    /** Adds the slopes of `error` times the output just computed. */
    back: (rows: Float64Array, at: number, error: number, slopes: Float64Array): void => {
      slopes[outputBias]! += error;
      for (let k = 0; k < hidden; k++) {
        slopes[output + k]! += error * units[k]!;
        // From here on a unit holds the slope of its own sum.
        units[k] = error * weights[output + k]! * slope(units[k]!);
        slopes[hiddenBias + k]! += units[k]!;
      }
      for (let j = 0; j < inputs; j++) {
        const input = rows[at + j]!;
        if (input === 0) continue;
        const from = j * hidden;
        for (let k = 0; k < hidden; k++) slopes[from + k]! += input * units[k]!;
      }
    },
  };
}

/** Some milliseconds of work; a multiple of the block that is predicted at a time. */
export const ROWS_BETWEEN_TICKS = 4096;

/** The weights of the hidden layer, hidden × inputs. */
export function hiddenWeights({ inputs, hidden, weights }: Perceptron): Matrix {
  return matrix(hidden, inputs, weights.slice(0, inputs * hidden));
}
