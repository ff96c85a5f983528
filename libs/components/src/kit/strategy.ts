import type { MetricLevel, MetricPoint, SplitName } from '#contract';

import type { ComponentBase } from './component.js';
import type { Division, RowSet } from './splitter.js';

/** Values for the searched parameters by name; empty when nothing is searched. */
export type TunedValues = Readonly<Record<string, unknown>>;

/** Thrown out of a trial that is not worth finishing; objectives let it pass. */
export class Pruned extends Error {
  override readonly name = 'Pruned';
}

/** One trial of a search. */
export interface TrialRun {
  readonly values: TunedValues;
  readonly number: number;
  /** There when the search may give trials up: told what the goal metric is so far, it may throw `Pruned`. */
  readonly check?: (step: number, score: number | undefined) => void;
}

/** What a strategy may ask of the run it evaluates; rows are named by number. `F` is a fitted encoder and model. */
export interface Trainer<F = unknown> {
  /** Names of the metrics the session asks for. */
  readonly metrics: Readonly<Record<SplitName, readonly string[]>>;
  /** The metric a search goes by; null when nothing is searched. */
  readonly goalMetric: string | null;
  /** How many trials every search has. */
  readonly trials: number;
  /** Divides the training rows of a fold once more, for a search that its own validation rows judge; null when not asked for. */
  readonly nested: ((rows: RowSet) => Division) | null;
  /**
   * Fits encoder and model on these rows; its progress moves through the given span of 0–1. `watch` sees what an iterative
   * model is after some of its iterations, fit to be scored, and at which level such scores belong.
   */
  fit(
    rows: RowSet,
    values: TunedValues,
    span: readonly [from: number, to: number],
    watch?: (partial: F, iterations: number, level: 'step' | 'epoch') => void,
  ): F;
  /** The metrics of these names on these rows, without those that are undefined there. */
  score(fitted: F, rows: RowSet, metrics: readonly string[]): Readonly<Record<string, number>>;
  /** Searches anew for values of the searched parameters, by what `objective` makes of them; undefined means the metric is. */
  tune(objective: (trial: TrialRun) => number | undefined): TunedValues;
  /** Live values; those of levels `last` and `last_outer` are not reported but returned. */
  report(points: readonly MetricPoint[]): void;
  /** `message` is a key of the progress texts. */
  progress(fraction: number, message: string): void;
}

/** What came out of an evaluation: the fitted run to keep, its final metrics and the values it was fitted with. */
export interface Evaluation<F> {
  readonly fitted: F;
  readonly metrics: readonly MetricPoint[];
  readonly values: TunedValues;
}

/** How a run is trained and judged. */
export interface EvaluationStrategy extends ComponentBase {
  readonly kind: 'strategy';
  readonly tasks: readonly string[];
  readonly partitioning: 'holdout' | 'folds';
  readonly scoredSplits: readonly SplitName[];
  readonly levels: readonly MetricLevel[];
  /** @throws AppError `split-empty-part` {part} when a part it needs has no rows. */
  evaluate<F>(trainer: Trainer<F>, division: Division): Evaluation<F>;
}

/** Declares an evaluation strategy. */
export function defineStrategy(definition: Omit<EvaluationStrategy, 'kind' | 'params'>): EvaluationStrategy {
  return { kind: 'strategy', params: {}, ...definition };
}
