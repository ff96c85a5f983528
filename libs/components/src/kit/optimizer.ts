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
/** One finished trial; `value` is null when it could not be fitted or was given up. */
export interface Trial {
  readonly values: Readonly<Record<string, unknown>>;
  readonly value: number | null;
}
/** A search in progress: ask for values, then tell what they were worth, by turns; null when they could not be judged. */
export interface Study {
  readonly trials: number;
  ask(): Readonly<Record<string, unknown>>;
  tell(value: number | null): void;
  /**
   * There when hopeless trials are given up: told the goal metric of the asked values after some step (an iteration, a fold),
   * whether to stop. What is stopped is told as null.
   */
  readonly prune?: (step: number, value: number) => boolean;
}
/** The figures of a finished search; null where a figure needs two parameters and there is one. */
export type SearchPlots = Readonly<Record<'history' | 'slice' | 'contour' | 'importance', ArtifactDraft | null>>;

/** Chooses parameter values inside a space. */
export interface Optimizer<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'optimizer';
  readonly tasks: readonly string[];
  start(space: SearchSpace, goal: SearchGoal, params: ParamsOf<P>, seed: number): Study;
  plots(space: SearchSpace, goal: SearchGoal, trials: readonly Trial[]): SearchPlots;
}

/** Declares an optimizer. */
export function defineOptimizer<const P extends Fields>(definition: Omit<Optimizer<P>, 'kind'>): Optimizer {
  return { kind: 'optimizer', ...definition } as unknown as Optimizer;
}
