import type { Fields, ParamsOf } from '#contract';
import type { FitContext, Matrix } from '#linalg';

import type { ComponentBase } from './component.js';
import type { ArtifactDraft } from './explorer.js';

/** What the contract suites and the platform need to know about a model beyond its functions. */
export interface ModelTags {
  /** Missing numbers (NaN) are part of what it learns from; without it the platform refuses them with advice. */
  readonly handlesMissing?: true;
  /** Different seeds may give different models. */
  readonly stochastic?: true;
  /** Its iterations are passes over the training rows; what it scores meanwhile is told as of epochs, not steps. */
  readonly epochs?: true;
}

interface ModelBase<P extends Fields, S extends object> extends ComponentBase<P> {
  /** Names of the tasks it serves. */
  readonly tasks: readonly string[];
  readonly tags?: ModelTags;
  /** What the fitted model says of itself, from its state alone, once training is over; `names` are those of the columns of `x`. */
  artifacts?(state: S, names: readonly string[]): readonly ArtifactDraft[];
}

/** A classifier: learns from encoded classes 0…K−1, answers an n×K matrix of probabilities whose rows sum to 1. */
export interface Classifier<P extends Fields = Fields, S extends object = object> extends ModelBase<P, S> {
  readonly kind: 'classifier';
  fit(x: Matrix, y: Int32Array, classes: number, params: ParamsOf<P>, context: FitContext): S;
  predict(state: S, x: Matrix, context?: FitContext): Matrix;
}

/** A regressor: learns from and answers one number per row. */
export interface Regressor<P extends Fields = Fields, S extends object = object> extends ModelBase<P, S> {
  readonly kind: 'regressor';
  fit(x: Matrix, y: Float64Array, params: ParamsOf<P>, context: FitContext): S;
  predict(state: S, x: Matrix, context?: FitContext): Float64Array;
}

/** A model of either kind; `kind` says what it learns from. */
export type Model = Classifier | Regressor;

/** Declares a classifier; texts and parameters are checked against each other by the compiler. */
export function defineClassifier<const P extends Fields, S extends object>(
  definition: Omit<Classifier<P, S>, 'kind'>,
): Classifier {
  return { kind: 'classifier', ...definition } as unknown as Classifier;
}

/** Declares a regressor. */
export function defineRegressor<const P extends Fields, S extends object>(
  definition: Omit<Regressor<P, S>, 'kind'>,
): Regressor {
  return { kind: 'regressor', ...definition } as unknown as Regressor;
}
