import type { Fields, ParamsOf, SearchDimension } from '#contract';

import type { ArtifactDraft } from './explorer.js';
import type { ComponentBase } from './component.js';

/** What may be searched: parameters by name. */
export type SearchSpace = Readonly<Record<string, SearchDimension>>;
/** The metric a search goes by, and whether larger is better. */
export interface SearchGoal {
  readonly metric: string;
  readonly maximize: boolean;
}
/** What the goal metric was after some steps of a trial (iterations, folds), steps in rising order. */
export type TrialCurve = readonly (readonly [step: number, value: number])[];
/** One trial that has ended; `value` is null when it could not be fitted or was given up. */
export interface Trial {
  readonly values: Readonly<Record<string, unknown>>;
  readonly value: number | null;
  readonly curve: TrialCurve;
  readonly givenUp: boolean;
}
/** A search; equal seeds make equal choices. */
export interface Searched<P extends Fields = Fields> {
  readonly space: SearchSpace;
  readonly goal: SearchGoal;
  readonly params: ParamsOf<P>;
  readonly seed: number;
}
/** The figures of a finished search; null where a figure needs two parameters and there is one. */
export type SearchPlots = Readonly<Record<'history' | 'slice' | 'contour' | 'importance', ArtifactDraft | null>>;

/**
 * Chooses parameter values inside a space, by turns: a batch of trials is chosen, then judged, wherever and in whatever order. It keeps
 * nothing between two calls, for the next may come in another process.
 */
export interface Optimizer<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'optimizer';
  readonly tasks: readonly string[];
  /** How many trials a search has, and how many of them are chosen before the first of them is judged. */
  plan(params: ParamsOf<P>): { readonly trials: number; readonly batch: number };
  /** The values of the next trials. All that were asked before have ended; they are given by number. */
  suggest(search: Searched<P>, ended: readonly Trial[], count: number): readonly Readonly<Record<string, unknown>>[];
  /** There when hopeless trials are given up: judges one that runs by those that had ended when it was chosen. */
  givesUp?(search: Searched<P>, ended: readonly Trial[], curve: TrialCurve): boolean;
  plots(space: SearchSpace, goal: SearchGoal, trials: readonly Trial[]): SearchPlots;
}

/** Declares an optimizer. */
export function defineOptimizer<const P extends Fields>(definition: Omit<Optimizer<P>, 'kind'>): Optimizer {
  return { kind: 'optimizer', ...definition } as unknown as Optimizer;
}
