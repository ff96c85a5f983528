import type { MetricLevel, MetricPoint, SplitName } from '#contract';
import type { Shown } from '#linalg';

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
  /** Which search of the evaluation it belongs to: the place in its plan. */
  readonly search: number;
  readonly number: number;
  readonly values: TunedValues;
  /** Its part of the whole progress. */
  readonly span: Span;
  /** There when the search may give trials up: told what the goal metric is so far, it may throw `Pruned`. */
  readonly check?: (step: number, score: number | undefined) => void;
}

/** What a trial came to: the goal metric, undefined when it is so on these rows, and the scores to show of it. */
export interface TrialScore {
  readonly value: number | undefined;
  readonly points: readonly MetricPoint[];
}

/** A part of the whole progress, 0–1. */
export type Span = readonly [from: number, to: number];

/** A search that comes before an evaluation. */
export interface PlannedSearch {
  /** The progress of all its trials. */
  readonly span: Span;
  /** A key of the progress texts. */
  readonly message: string;
}

/** Sees a model on its way. */
export type Watch<F> = (partial: F, iterations: number, shown: Shown) => void;

/** What a strategy may ask of the run it evaluates; rows are named by number. `F` is a fitted encoder and model. */
export interface Trainer<F = unknown> {
  /** Names of the metrics the session asks for. */
  readonly metrics: Readonly<Record<SplitName, readonly string[]>>;
  /** The metric a search goes by; null when nothing is searched. */
  readonly goalMetric: string | null;
  /** What the iterations of the model are. */
  readonly level: Shown['level'];
  /** Divides the training rows of a fold once more, for a search that its own validation rows judge; null when not asked for. */
  readonly nested: ((rows: RowSet) => Division) | null;
  /**
   * Fits encoder and model on these rows; its progress moves through the given span. `watch` sees what an iterative
   * model is after some of its iterations, fit to be scored, at which level such scores belong, and on which parts.
   */
  fit(rows: RowSet, values: TunedValues, span: Span, watch?: Watch<F>): F;
  /** The metrics of these names on these rows, without those that are undefined there. */
  score(fitted: F, rows: RowSet, metrics: readonly string[]): Readonly<Record<string, number>>;
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

/** How a run is trained and judged: searches first, whose trials may run in any process and order, then an evaluation of what they found. */
export interface EvaluationStrategy extends ComponentBase {
  readonly kind: 'strategy';
  readonly tasks: readonly string[];
  readonly partitioning: 'holdout' | 'folds';
  readonly scoredSplits: readonly SplitName[];
  readonly levels: readonly MetricLevel[];
  /**
   * The searches of so many trials each that come first, the one whose values are kept last; none when nothing is searched.
   * @throws AppError `split-empty-part` {part} when a part it needs has no rows.
   */
  searches(
    trainer: Pick<Trainer, 'goalMetric' | 'nested'>,
    division: Division,
    trials: number,
  ): readonly PlannedSearch[];
  /** Judges one trial; what it says depends on nothing but its values. */
  trial<F>(trainer: Trainer<F>, division: Division, trial: TrialRun): TrialScore;
  /**
   * Fits and scores with the values each search found; progress goes on from where the searches end.
   * @throws AppError `split-empty-part` {part} when a part it needs has no rows.
   */
  evaluate<F>(
    trainer: Trainer<F>,
    division: Division,
    found: readonly { readonly values: TunedValues; readonly span: Span }[],
  ): Evaluation<F>;
}

/** Declares an evaluation strategy. */
export function defineStrategy(definition: Omit<EvaluationStrategy, 'kind' | 'params'>): EvaluationStrategy {
  return { kind: 'strategy', params: {}, ...definition };
}
