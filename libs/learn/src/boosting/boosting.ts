import { type FitContext, type Matrix, matrix, milestones, NumericError, serial, type Tick } from '#linalg';

import { binColumns, parallelRows } from '../trees/bins.js';
import { balancedWeights, requireNoInfinities, requireTarget, rowWeights } from '../trees/training-rows.js';
import { type BoostedTrees, boostedScores } from './boosted-trees.js';
import { boostingTask, giveBack } from './boosting-memory.js';
import { openBoosting } from './boosting-work.js';
import { baseline, type Loss } from './loss.js';
import { type GrowerParams, histogramsNeeded, TreeGrower } from './tree-grower.js';
import { TreeWriter } from './tree-writer.js';

/** Parameters of histogram boosting; what is left out is scikit-learn's default. All rows train: nothing stops early. */
export interface BoostingParams extends Partial<GrowerParams> {
  readonly maxIter?: number;
  /** A weight per row, at least 0. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** Parameters of {@link fitBoostingClassifier}. */
export interface BoostingClassifierParams extends BoostingParams {
  readonly classWeight?: 'balanced' | null;
}

const growerDefaults: GrowerParams = {
  maxDepth: null,
  maxLeafNodes: 31,
  minSamplesLeaf: 20,
  l2Regularization: 0,
  learningRate: 0.1,
};
const maxBins = 255;

function growerParams(params: BoostingParams): GrowerParams {
  const names = Object.keys(growerDefaults) as (keyof GrowerParams)[];
  const all = { ...growerDefaults, ...params };
  const low = { maxDepth: 1, maxLeafNodes: 2, minSamplesLeaf: 1, l2Regularization: 0, learningRate: 0 };
  for (const name of names) {
    const value = all[name];
    if (value !== null && !(value >= low[name]))
      throw new NumericError('bad-parameter', { name, value, low: low[name] });
  }
  return all;
}

function fitBoosting(x: Matrix, loss: Loss, params: BoostingParams, context: FitContext): BoostedTrees {
  const grower = growerParams(params);
  const iterations = params.maxIter ?? 100;
  if (!(iterations >= 1)) throw new NumericError('bad-parameter', { name: 'maxIter', value: iterations, low: 1 });
  let iteration = 0;
  const pulse = (): void => context.tick?.(iteration, iterations);
  const parallel = x.rows < parallelRows ? undefined : context.parallel;
  const bins = binColumns(x, maxBins, context.seed, parallel, pulse);
  const start = baseline(loss);
  const task = boostingTask(bins, loss, start, grower, histogramsNeeded(grower, x.rows));
  const team = (parallel ?? serial({ boost: openBoosting })).team('boost', task);
  try {
    const trees = new TreeGrower(task, grower, team, pulse);
    const writer = new TreeWriter(bins.thresholds, grower.learningRate);
    const shown = new Set(milestones(context, iterations));
    for (; iteration < iterations; iteration++) {
      pulse();
      for (let k = 0; k < loss.outputs; k++) writer.add(trees.grow(k));
      if (shown.has(iteration + 1)) context.watch?.(iteration + 1, writer.trees(start));
    }
    pulse();
    return writer.trees(start);
  } finally {
    team.end();
    giveBack(task);
  }
}

function ownWeights(y: ArrayLike<number>, balanced: Float64Array | null, params: BoostingParams): Float64Array | null {
  return balanced || params.sampleWeight ? rowWeights(y, balanced, params.sampleWeight) : null;
}

/**
 * Histogram gradient boosting for classes: scikit-learn's HistGradientBoostingClassifier with `early_stopping=False`.
 * Missing values (NaN) are learnt from. `y` holds codes 0…classes−1, at least two of which occur, else `one-class`.
 * Other NumericErrors: `no-rows`, `no-columns`, `infinite-values`, `bad-shape`, `bad-parameter`, `too-large`.
 */
export function fitBoostingClassifier(
  x: Matrix,
  y: Int32Array,
  classes: number,
  params: BoostingClassifierParams,
  context: FitContext,
): BoostedTrees {
  requireNoInfinities(x);
  requireTarget(x, y);
  if (y.every((code) => code === y[0])) throw new NumericError('one-class');
  const balanced = params.classWeight === 'balanced' ? balancedWeights(y, classes, params.sampleWeight) : null;
  const weights = ownWeights(y, balanced, params);
  const loss: Loss =
    classes === 2
      ? { kind: 'binary', outputs: 1, target: y, weights }
      : { kind: 'softmax', outputs: classes, target: y, weights };
  return fitBoosting(x, loss, params, context);
}

/** Histogram gradient boosting of squared error, as {@link fitBoostingClassifier} for numbers. */
export function fitBoostingRegressor(
  x: Matrix,
  y: Float64Array,
  params: BoostingParams,
  context: FitContext,
): BoostedTrees {
  requireNoInfinities(x);
  requireTarget(x, y);
  const weights = ownWeights(y, null, params);
  return fitBoosting(x, { kind: 'squared', outputs: 1, target: y, weights }, params, context);
}

/** Class probabilities, rows × classes. */
export function predictBoostingClassifier(trees: BoostedTrees, x: Matrix, tick?: Tick): Matrix {
  const scores = boostedScores(trees, x, tick);
  const n = x.rows;
  if (trees.outputs === 1) {
    const result = matrix(n, 2);
    for (let i = 0; i < n; i++) {
      const one = 1 / (1 + Math.exp(-scores.data[i]!));
      result.data[i] = 1 - one;
      result.data[n + i] = one;
    }
    return result;
  }
  const { data } = scores;
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (let at = i; at < data.length; at += n) most = Math.max(most, data[at]!);
    let sum = 0;
    for (let at = i; at < data.length; at += n) sum += data[at] = Math.exp(data[at]! - most);
    for (let at = i; at < data.length; at += n) data[at]! /= sum;
  }
  return scores;
}

/** A number for every row. */
export function predictBoostingRegressor(trees: BoostedTrees, x: Matrix, tick?: Tick): Float64Array {
  return boostedScores(trees, x, tick).data;
}
