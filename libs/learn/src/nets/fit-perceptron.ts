import {
  column,
  deriveSeed,
  type FitContext,
  type Matrix,
  NumericError,
  random,
  requireFinite,
  requireFiniteVector,
} from '#linalg';

import { type Activation, layoutOf, passes, type Perceptron, ROWS_BETWEEN_TICKS, scaledRows } from './perceptron.js';

/** How often a fit shows what it has become, for each of the parts that are scored; null shows nothing. */
export interface ShownEvery {
  readonly train: number | null;
  readonly validation: number | null;
}

/** Options of {@link fitPerceptron}. */
export interface PerceptronOptions {
  readonly hidden: number;
  readonly activation: Activation;
  readonly learningRate: number;
  readonly epochs: number;
  /** Rows of one step; null takes all of them. */
  readonly batchSize: number | null;
  readonly everyEpochs?: ShownEvery;
  readonly everySteps?: ShownEvery;
  /** Weights to begin with, laid out as those of a {@link Perceptron}, instead of random ones. */
  readonly start?: Float64Array;
  /** Take the rows as they stand instead of shuffling them before every epoch. */
  readonly inOrder?: boolean;
}

/** Adam: shares of the old means of slopes and of their squares, and what keeps a division from 0; in the order of scikit-learn. */
const FIRST = 0.9;
const SECOND = 0.999;
const EPSILON = 1e-8;

const NEVER: ShownEvery = { train: null, validation: null };

/**
 * Learns by Adam (Kingma and Ba, 2015) on half the mean squared error, batch by batch. Weights and biases begin uniform within
 * ±1/√inputs of their layer. Needs finite numbers; `not-converged` when the weights run away.
 */
export function fitPerceptron(x: Matrix, y: Float64Array, options: PerceptronOptions, context: FitContext): Perceptron {
  requireFinite(x);
  const { hidden, activation, epochs } = options;
  const inputs = x.cols;
  requireFiniteVector(y, x.rows);
  const { means, scales } = scalesOf(x, y);
  if (!scales.every(Number.isFinite)) throw new NumericError('not-converged');
  const stream = random(deriveSeed(context.seed, 'perceptron'));
  const weights = options.start?.slice() ?? startWeights(inputs, hidden, stream.float);
  const net: Perceptron = { inputs, hidden, activation, weights, means, scales };
  const rows = scaledRows(x, net);
  const target = y.map((value) => (value - means[inputs]!) / scales[inputs]!);
  const batch = Math.min(options.batchSize ?? x.rows, x.rows);
  const order = Int32Array.from({ length: x.rows }, (_, i) => i);
  const learn = stepper(net, rows, target, options.learningRate);
  const show = shower(net, context);
  const total = epochs * x.rows;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (!options.inOrder) shuffle(order, stream.below);
    for (let from = 0; from < x.rows; from += batch) {
      learn(order.subarray(from, from + batch), ++step, (done) => context.tick?.(epoch * x.rows + from + done, total));
      show(step, options.everySteps ?? NEVER, 'step');
    }
    if (!weights.every(Number.isFinite)) throw new NumericError('not-converged');
    show(epoch + 1, options.everyEpochs ?? NEVER, 'epoch');
  }
  context.tick?.(total, total);
  return net;
}

function scalesOf(x: Matrix, y: Float64Array): Pick<Perceptron, 'means' | 'scales'> {
  const columns = [...Array.from({ length: x.cols }, (_, j) => column(x, j)), y];
  const means = Float64Array.from(columns, mean);
  const scales = Float64Array.from(columns, (values, j) => {
    const deviation = Math.sqrt(mean(values.map((value) => (value - means[j]!) ** 2)));
    return deviation > 0 ? deviation : 1;
  });
  return { means, scales };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value / values.length;
  return sum;
}

function startWeights(inputs: number, hidden: number, float: () => number): Float64Array {
  const { output, size } = layoutOf(inputs, hidden);
  const bounds = [1 / Math.sqrt(inputs), 1 / Math.sqrt(hidden)] as const;
  return Float64Array.from({ length: size }, (_, at) => (2 * float() - 1) * bounds[at < output ? 0 : 1]);
}

function shuffle(order: Int32Array, below: (n: number) => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/** Takes the n-th step of Adam by these rows. */
function stepper(net: Perceptron, rows: Float64Array, target: Float64Array, rate: number) {
  const { inputs, weights } = net;
  const { forward, back } = passes(net);
  const slopes = new Float64Array(weights.length);
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  return (batch: Int32Array, step: number, tick: (done: number) => void): void => {
    slopes.fill(0);
    for (let i = 0; i < batch.length; i++) {
      if (i % ROWS_BETWEEN_TICKS === 0) tick(i);
      const row = batch[i]!;
      const error = (forward(rows, row * inputs) - target[row]!) / batch.length;
      back(rows, row * inputs, error, slopes);
    }
    const reach = (rate * Math.sqrt(1 - SECOND ** step)) / (1 - FIRST ** step);
    for (let at = 0; at < weights.length; at++) {
      const slope = slopes[at]!;
      first[at] = FIRST * first[at]! + (1 - FIRST) * slope;
      second[at] = SECOND * second[at]! + (1 - SECOND) * slope * slope;
      weights[at]! -= (reach * first[at]!) / (Math.sqrt(second[at]!) + EPSILON);
    }
  };
}

function shower(net: Perceptron, { watch }: FitContext) {
  return (done: number, every: ShownEvery, level: 'step' | 'epoch'): void => {
    if (!watch) return;
    const splits = (['train', 'validation'] as const).filter((split) => every[split] && done % every[split] === 0);
    if (splits.length > 0) watch(done, { ...net, weights: net.weights.slice() }, { level, splits });
  };
}
