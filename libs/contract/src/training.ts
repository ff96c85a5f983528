import type { StoredLeaf } from './artifacts.js';
import type { MetricPoint, SplitName } from './metric-points.js';

/** A component chosen by name with its parameters as the client sent them. */
export interface ComponentChoice {
  readonly component: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a session asks of every run: which columns, how to split, what to measure. */
export interface SessionPlan {
  readonly task: string;
  readonly inputColumns: readonly string[];
  readonly outputColumns: readonly string[];
  readonly metrics: Readonly<Record<SplitName, readonly string[]>>;
  readonly evaluationStrategy: string;
  /** The splits payload, normalised: splitter name, its parameters and, for manual splits, row numbers. */
  readonly splits: Readonly<Record<string, unknown>>;
}

/** What a run is trained by. */
export interface TrainingPlan {
  readonly tableKey: string;
  readonly session: SessionPlan;
  readonly model: ComponentChoice;
  readonly optimizer: (ComponentChoice & { readonly goalMetric: string }) | null;
  /** Divides the training rows of each fold once more, so that a search is judged by rows it never saw. */
  readonly nested: ComponentChoice | null;
}

/** What a trained run is beside its state. */
export interface TrainedRun {
  readonly splitSizes: Readonly<Record<SplitName, number>>;
  /** JSON text of the row numbers; null when they are too many for a row of a database. */
  readonly splitIndexes: string | null;
  readonly metrics: readonly MetricPoint[];
  /** The parameters to store on the run: as sent, with tuned values put in place. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly plots: {
    readonly history: StoredLeaf | null;
    readonly slice: StoredLeaf | null;
    readonly contour: StoredLeaf | null;
    readonly importance: StoredLeaf | null;
  };
  readonly artifacts: readonly StoredLeaf[];
}
