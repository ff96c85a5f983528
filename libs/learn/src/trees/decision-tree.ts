import { type FitContext, type Matrix, NumericError, random, requireFinite } from '#linalg';

import { AbsoluteCriterionState } from './absolute-criterion.js';
import { ClassCriterionState } from './class-criterion.js';
import type { Criterion } from './criterion.js';
import { ExactSplitter } from './exact-splitter.js';
import { grow } from './grow.js';
import { prune } from './prune.js';
import { balancedWeights, requireTarget, rowWeights, weightedMean } from './training-rows.js';
import {
  type ClassCriterion,
  growthLimits,
  type GrowthLimits,
  growthOf,
  type GrowthParams,
  silent,
  type ValueCriterion,
} from './tree-params.js';
import type { Trees } from './trees.js';
import { ValueCriterionState } from './value-criterion.js';

/** Parameters of {@link fitTreeClassifier}; what is left out is scikit-learn's default. */
export interface TreeClassifierParams extends Partial<GrowthParams> {
  readonly criterion?: ClassCriterion;
  readonly classWeight?: 'balanced' | null;
  /** A weight per row, at least 0; rows of weight 0 take no part. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** Parameters of {@link fitTreeRegressor}; what is left out is scikit-learn's default. */
export interface TreeRegressorParams extends Partial<GrowthParams> {
  readonly criterion?: ValueCriterion;
  /** A weight per row, at least 0; rows of weight 0 take no part. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** The state of a regression criterion. Poisson: `negative-target` unless all y are at least 0 and some above. */
function valueCriterion(
  name: ValueCriterion,
  y: Float64Array,
  weights: Float64Array,
  limits: GrowthLimits,
): AbsoluteCriterionState | ValueCriterionState {
  if (name === 'absolute_error') return new AbsoluteCriterionState(y, weights, limits);
  if (name !== 'poisson') return new ValueCriterionState(y, weightedMean(y, weights), weights, false, limits);
  if (y.some((value) => value < 0) || weightedMean(y, weights) <= 0) throw new NumericError('negative-target');
  return new ValueCriterionState(y, 0, weights, true, limits);
}

function fitExact(
  x: Matrix,
  y: ArrayLike<number>,
  params: GrowthParams,
  weights: Float64Array,
  context: FitContext,
  criterionOf: (limits: GrowthLimits) => Criterion,
): Trees {
  const tick = context.tick ?? silent;
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const limits = growthLimits(params, x.rows, x.cols, weight);
  const pulse = (): void => tick(0, x.rows);
  const stream = random(context.seed);
  const splitter = new ExactSplitter(x, y, weights, criterionOf(limits), limits.features, stream, pulse);
  return prune(grow(splitter, limits, tick), params.ccpAlpha);
}

/**
 * A decision tree for classes, with exact splits: scikit-learn's DecisionTreeClassifier, except that of equally good
 * columns the first is taken. `y` holds codes 0…classes−1. Throws NumericError: `no-rows`, `no-columns`,
 * `missing-values`, `infinite-values`, `bad-shape`, `bad-parameter`.
 */
export function fitTreeClassifier(
  x: Matrix,
  y: Int32Array,
  classes: number,
  params: TreeClassifierParams,
  context: FitContext,
): Trees {
  requireFinite(x);
  requireTarget(x, y);
  const balanced = params.classWeight === 'balanced' ? balancedWeights(y, classes, params.sampleWeight) : null;
  const weights = rowWeights(y, balanced, params.sampleWeight);
  const entropy = (params.criterion ?? 'gini') !== 'gini';
  const criterionOf = (limits: GrowthLimits): Criterion =>
    new ClassCriterionState(classes, y, weights, entropy, limits);
  return fitExact(x, y, growthOf(params), weights, context, criterionOf);
}

/**
 * A decision tree for numbers, with exact splits: scikit-learn's DecisionTreeRegressor, except that of equally good
 * columns the first is taken. Throws NumericError as {@link fitTreeClassifier}, and `negative-target` for Poisson.
 */
export function fitTreeRegressor(x: Matrix, y: Float64Array, params: TreeRegressorParams, context: FitContext): Trees {
  requireFinite(x);
  requireTarget(x, y);
  const weights = rowWeights(y, null, params.sampleWeight);
  const name = params.criterion ?? 'squared_error';
  const criterionOf = (limits: GrowthLimits): Criterion => valueCriterion(name, y, weights, limits);
  return fitExact(x, y, growthOf(params), weights, context, criterionOf);
}
