import type { StoredError } from './errors.js';
import type { MetricPoint } from './metric-points.js';

/** What one trial of a search came to; equal trials have equal records, wherever they ran. */
export interface TrialRecord {
  /** Which search of the run it belongs to, by its place in the plan. */
  readonly search: number;
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
  /** The goal metric; null when it could not be had, or the trial was given up. */
  readonly value: number | null;
  /** The goal metric on the way, where it was looked at. */
  readonly curve: readonly (readonly [step: number, value: number])[];
  readonly givenUp: boolean;
  /** Why it could not be fitted. */
  readonly error: StoredError | null;
  /** What is shown of it. */
  readonly points: readonly MetricPoint[];
}

/** The searches a run has to go through before it is evaluated; each has as many trials, chosen in batches. */
export interface SearchPlan {
  /** Their parts of the whole progress, 0–1, with a key of the progress texts. */
  readonly searches: readonly { readonly span: readonly [from: number, to: number]; readonly message: string }[];
  readonly trials: number;
  readonly batch: number;
}
