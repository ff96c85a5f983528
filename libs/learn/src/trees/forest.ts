import { type FitContext, type Matrix, milestones, NumericError, serial, requireFinite } from '#linalg';

import { binColumns } from './bins.js';
import { type ForestTask, growTrees } from './forest-kernel.js';
import { outOfBag } from './out-of-bag.js';
import { balancedWeights, requireTarget, rowWeights } from './training-rows.js';
import {
  type ClassCriterion,
  growthDefaults,
  growthLimits,
  growthOf,
  type GrowthParams,
  silent,
  type ValueCriterion,
} from './tree-params.js';
import { joinTrees, type Trees } from './trees.js';

/** What every forest takes beside its trees' growth; what is left out is scikit-learn's default. */
export interface ForestParams extends Partial<GrowthParams> {
  /** Trees; 100 by default. */
  readonly estimators?: number;
  /** Draw the rows of every tree with replacement; true by default. */
  readonly bootstrap?: boolean;
  /** Rows drawn per tree: null for as many as there are, at most 1 a fraction, above 1 a count. */
  readonly maxSamples?: number | null;
  /** Ask every row of the trees that did not draw it; needs bootstrap. */
  readonly oobScore?: boolean;
  readonly sampleWeight?: ArrayLike<number>;
}

/** Parameters of {@link fitForestClassifier}. */
export interface ForestClassifierParams extends ForestParams {
  readonly criterion?: ClassCriterion;
  /** `balanced_subsample` balances the rows drawn for each tree. */
  readonly classWeight?: 'balanced' | 'balanced_subsample' | null;
}

/** Parameters of {@link fitForestRegressor}. */
export interface ForestRegressorParams extends ForestParams {
  readonly criterion?: ValueCriterion;
}

/** A fitted forest, a plain value; predict with {@link predictTrees}. */
export interface Forest {
  readonly trees: Trees;
  /** Accuracy or R² on rows out of bag, when it was asked for and every row was out of some bag. */
  readonly oobScore: number | null;
}

const maxBins = 255;

function shareable<A extends Int32Array | Float64Array>(array: A, shared: boolean): A {
  if (!shared || array.buffer instanceof SharedArrayBuffer) return array;
  const bytes = new SharedArrayBuffer(array.byteLength);
  const copy = (array instanceof Int32Array ? new Int32Array(bytes) : new Float64Array(bytes)) as A;
  copy.set(array);
  return copy;
}

function rowsPerTree(params: ForestParams, rows: number): number {
  if (params.bootstrap === false) return 0;
  const wanted = params.maxSamples ?? 1;
  if (!(wanted > 0)) throw new NumericError('bad-parameter', { name: 'maxSamples', value: wanted });
  return Math.max(1, wanted <= 1 ? Math.round(wanted * rows) : Math.min(rows, Math.floor(wanted)));
}

type Plan = Pick<ForestTask, 'target' | 'classes' | 'weights' | 'balancedSubsample' | 'criterion' | 'growth'>;

function fitForest(x: Matrix, plan: Plan, params: ForestParams, context: FitContext): Forest {
  const tick = context.tick ?? silent;
  const parallel = context.parallel ?? serial({ 'grow-trees': growTrees });
  const estimators = params.estimators ?? 100;
  if (!(estimators >= 1)) throw new NumericError('bad-parameter', { name: 'estimators', value: estimators });
  growthLimits(plan.growth, x.rows, x.cols, 1);
  const shared = parallel.threads > 1;
  const exact = plan.criterion === 'absolute_error';
  const whole: Omit<ForestTask, 'first' | 'count'> = {
    ...plan,
    seed: context.seed,
    bins: binColumns(x, maxBins, context.seed, parallel, () => tick(0, estimators)),
    x: exact ? { ...x, data: shareable(x.data, shared) } : null,
    target: shareable(plan.target, shared),
    weights: shareable(plan.weights, shared),
    drawn: rowsPerTree(params, x.rows),
  };
  const grown: Trees[] = [];
  let first = 0;
  for (const end of [...milestones(context, estimators), estimators]) {
    if (first > 0) context.watch?.(first, { trees: joinTrees(grown), oobScore: null } satisfies Forest);
    // Enough tasks to keep threads busy to the end, few enough not to copy the thresholds for every tree.
    const count = shared ? Math.ceil((end - first) / (parallel.threads * 8)) : 1;
    const tasks: ForestTask[] = [];
    for (let at = first; at < end; at += count) tasks.push({ ...whole, first: at, count: Math.min(count, end - at) });
    const done = first;
    grown.push(
      ...parallel.map<Trees>('grow-trees', tasks, (map) => tick(Math.min(done + map * count, end), estimators)),
    );
    first = end;
  }
  const trees = joinTrees(grown);
  const oob = params.oobScore === true && whole.drawn > 0;
  return { trees, oobScore: oob ? outOfBag(trees, x, whole, () => tick(estimators, estimators)) : null };
}

/**
 * A random forest for classes: scikit-learn's RandomForestClassifier on columns of at most 255 bins (exact when a column
 * has no more values). `y` holds codes 0…classes−1. The same for any number of threads. Throws NumericError: `no-rows`,
 * `no-columns`, `missing-values`, `infinite-values`, `bad-shape`, `bad-parameter`.
 */
export function fitForestClassifier(
  x: Matrix,
  y: Int32Array,
  classes: number,
  params: ForestClassifierParams,
  context: FitContext,
): Forest {
  requireFinite(x);
  requireTarget(x, y);
  const balanced = params.classWeight === 'balanced' ? balancedWeights(y, classes, params.sampleWeight) : null;
  const plan: Plan = {
    target: y,
    classes,
    weights: rowWeights(y, balanced, params.sampleWeight),
    balancedSubsample: params.classWeight === 'balanced_subsample',
    criterion: params.criterion ?? 'gini',
    growth: growthOf(
      params,
      params.maxFeatures === undefined ? { ...growthDefaults, maxFeatures: 'sqrt' } : growthDefaults,
    ),
  };
  return fitForest(x, plan, params, context);
}

/**
 * A random forest for numbers: scikit-learn's RandomForestRegressor on columns of at most 255 bins (`absolute_error` on
 * the columns themselves). Throws NumericError as {@link fitForestClassifier}, and `negative-target` for Poisson.
 */
export function fitForestRegressor(
  x: Matrix,
  y: Float64Array,
  params: ForestRegressorParams,
  context: FitContext,
): Forest {
  requireFinite(x);
  requireTarget(x, y);
  const criterion = params.criterion ?? 'squared_error';
  if (criterion === 'poisson' && !(y.every((v) => v >= 0) && y.some((v) => v > 0)))
    throw new NumericError('negative-target');
  const plan: Plan = {
    target: y,
    classes: 0,
    weights: rowWeights(y, null, params.sampleWeight),
    balancedSubsample: false,
    criterion,
    growth: growthOf(params),
  };
  return fitForest(x, plan, params, context);
}
