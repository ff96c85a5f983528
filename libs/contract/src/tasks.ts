import type { StoredArtifact, StoredLeaf } from './artifacts.js';
import type { ComponentManifest } from './components.js';
import type { MetricPoint, SplitName } from './metric-points.js';
import type { PluginPackage } from './plugins.js';
import type { ColumnReport, Finding, PredictionPolicy } from './prediction-policy.js';
import type { TestChoices } from './jobs.js';
import type { TypeChange } from './semantic-types.js';
import type { SwanlogSkip } from './swanlog.js';
import type { ComponentChoice, TrainedRun, TrainingPlan } from './training.js';
import type { SearchPlan, TrialRecord } from './trials.js';

/** Row numbers of each part of a data set. */
export interface SplitIndexes {
  readonly train_indexes: readonly number[];
  readonly validation_indexes: readonly number[];
  readonly test_indexes: readonly number[];
}

/** A wire type entry of one column; its schema is `ColumnTypeEntry` in semantic-types. */
export type TypeEntries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Some rows of a table: by number, or a share of a part. Unshuffled, the leading rows are taken. */
export type RowScope =
  | { readonly rowIndexes: readonly number[] }
  | { readonly part: SplitName | 'all'; readonly percentage: number; readonly shuffle: boolean };

/** What a statistical test says; pairs name runs by their place among the scores. */
export interface TestedScores {
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly significant: boolean;
  readonly pairs:
    | readonly {
        readonly first: number;
        readonly second: number;
        readonly pValue: number;
        readonly significant: boolean;
      }[]
    | null;
  readonly details: Readonly<Record<string, unknown>>;
}

interface Explained {
  readonly explanation: Readonly<Record<string, unknown>>;
  readonly artifacts: readonly StoredArtifact[];
}

/** Rows typed by hand, column name → value as JSON. */
export type Records = readonly Readonly<Record<string, unknown>>[];

/** A run, the rows it is to predict, and what to do where they do not fit. */
export interface PredictionData {
  readonly stateKey: string;
  readonly source:
    { readonly tableKey: string; readonly rowIndexes: readonly number[] | null } | { readonly records: Records };
  /** Absent means its defaults. */
  readonly policy?: PredictionPolicy;
  /** Where typical values are taken from; needed only by the policy that fills. */
  readonly training?: { readonly tableKey: string; readonly rowIndexes: readonly number[] };
}

/**
 * The tasks of a compute child: name → input and output, all JSON. Storage keys name folders of tables
 * (`data.parquet` + `meta.json`) or single blobs.
 */
export interface ComputeTasks {
  /** Loads a plugin's package and says what it brings; nothing of it stays. */
  'inspect-plugin': {
    readonly input: PluginPackage;
    readonly output: {
      readonly manifests: readonly ComponentManifest[];
      readonly author: string;
      readonly summary: string;
      readonly description: string;
    };
  };
  'describe-components': {
    readonly input: Readonly<Record<string, never>>;
    readonly output: { readonly manifests: readonly ComponentManifest[] };
  };
  'ingest-dataset': {
    readonly input: {
      readonly source: { readonly uploadKey: string; readonly filename: string } | { readonly tableKey: string };
      readonly loader: ComponentChoice | null;
      readonly types: TypeEntries | null;
      readonly renames: Readonly<Record<string, string>>;
      readonly profile: boolean;
      readonly targetKey: string;
    };
    readonly output: { readonly rows: number; readonly columns: number };
  };
  /** A look at the head of a file: what the preview route answers, or with `changes` whether those types could be had. */
  'preview-file': {
    readonly input: {
      readonly uploadKey: string;
      readonly filename: string;
      readonly loader: ComponentChoice;
      readonly rows: number;
      /** Take the types the file itself declares, where it does. */
      readonly nativeTypes: boolean;
      readonly changes: Readonly<Record<string, TypeChange>> | null;
    };
    readonly output: { readonly answer: Readonly<Record<string, unknown>> };
  };
  /** A log folder of SwanLab taken apart below a key: `runs.ndjson` and the files it names. */
  'read-swanlog': {
    readonly input: { readonly uploadKey: string; readonly targetKey: string };
    readonly output: { readonly runs: number; readonly skipped: readonly SwanlogSkip[] };
  };
  /**
   * Searches, fits and scores. A search without known trials runs here until one of them takes `handOverMs`; then, and with known trials,
   * it is handed over: what is left of it is for `run-trial`.
   */
  'train-run': {
    readonly input: TrainingPlan & {
      readonly known: readonly TrialRecord[];
      readonly handOverMs: number;
      readonly stateKey: string;
      /** Where the row numbers of the parts go, as JSON. */
      readonly splitsKey: string;
    };
    readonly output:
      | { readonly kind: 'handed-over'; readonly plan: SearchPlan; readonly trials: readonly TrialRecord[] }
      | (TrainedRun & { readonly kind: 'trained'; readonly trials: readonly TrialRecord[] });
  };
  /** Chooses and judges one trial of a search, by those of earlier batches. */
  'run-trial': {
    readonly input: TrainingPlan & {
      readonly search: number;
      readonly number: number;
      /** The trials of that search before its batch, by number. */
      readonly ended: readonly TrialRecord[];
    };
    readonly output: TrialRecord;
  };
  'predict-rows': {
    readonly input: PredictionData & {
      /** Where the table with the predictions goes; null answers the rows instead. */
      readonly targetKey: string | null;
      /** Also a column for the probability of each class. */
      readonly probabilities?: boolean;
    };
    readonly output: {
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
      readonly rowCount: number;
      readonly findings: readonly Finding[];
    };
  };
  /** How the data of a prediction fit its run; nothing is predicted. */
  'check-rows': {
    readonly input: PredictionData;
    readonly output: {
      readonly rowCount: number;
      readonly columns: readonly ColumnReport[];
      readonly findings: readonly Finding[];
    };
  };
  'explore-table': {
    readonly input: {
      readonly tableKey: string;
      readonly columns: readonly string[];
      readonly explorer: ComponentChoice;
    };
    readonly output: { readonly artifacts: readonly StoredLeaf[] };
  };
  'convert-table': {
    readonly input: {
      readonly tableKey: string;
      readonly targetKey: string;
      readonly converter: ComponentChoice;
      /** Columns and row numbers the converter works on; null means all. */
      readonly scope: { readonly columns: readonly string[] | null; readonly rows: readonly number[] | null };
      readonly target: string | null;
    };
    readonly output: { readonly rows: number; readonly columns: number };
  };
  'generate-text': {
    readonly input: {
      readonly model: ComponentChoice;
      /** A local GGUF file. */
      readonly weightsPath: string;
      readonly history: readonly ChatTurn[];
      readonly prompt: string;
      readonly seed: number;
    };
    readonly output: { readonly text: string; readonly tokens: number; readonly stop: 'end' | 'length' };
  };
  'explain-run': {
    readonly input: {
      readonly tableKey: string;
      readonly stateKey: string;
      readonly splitsKey: string;
      readonly explainer: ComponentChoice;
    };
    readonly output: Explained;
  };
  /** Sets a run's answers beside the truth, a group a part. */
  'report-run': {
    readonly input: {
      readonly tableKey: string;
      readonly stateKey: string;
      readonly splitsKey: string;
      readonly report: ComponentChoice;
      /** Scores taken while the run trained. */
      readonly history: readonly MetricPoint[];
    };
    readonly output: { readonly artifacts: readonly StoredArtifact[] };
  };
  /** Asks whether runs differ by their scores on the same folds, and, when they do, which of them. */
  'test-runs': {
    readonly input: {
      readonly test: string;
      readonly followedBy: string | null;
      readonly scores: readonly (readonly number[])[];
      readonly options: TestChoices;
    };
    readonly output: TestedScores;
  };
  /** Explains single answers of a run; the rows that were explained become a table of their own. */
  'explain-rows': {
    readonly input: {
      readonly stateKey: string;
      readonly training: { readonly tableKey: string; readonly splitsKey: string };
      /** `splits` is the session's payload where the table is not the one the run was trained on; it is then applied anew. */
      readonly asked:
        | { readonly records: Records }
        | {
            readonly tableKey: string;
            readonly rows: RowScope;
            readonly splits: Readonly<Record<string, unknown>> | null;
          };
      readonly explainer: ComponentChoice;
      readonly targetKey: string;
    };
    readonly output: Explained;
  };
}

/** A task of the compute child. */
export type TaskName = keyof ComputeTasks;
/** What a task is given: JSON. */
export type TaskInput<N extends TaskName> = ComputeTasks[N]['input'];
/** What a task answers: JSON. */
export type TaskOutput<N extends TaskName> = ComputeTasks[N]['output'];

/** One earlier turn of a conversation. */
export interface ChatTurn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

const LITERAL = 'text:';
/** A progress message that is not a key but the words themselves, in whatever language they are. */
export const literalProgress = (words: string): string => `${LITERAL}${words}`;
/** The words of such a message; undefined when it is a key. */
export const progressWords = (message: string): string | undefined =>
  message.startsWith(LITERAL) ? message.slice(LITERAL.length) : undefined;

/** What a running task tells its job. */
export interface TaskEvents {
  /** `fraction` in 0–1, or null while the end is unknown; `message` is a key of the progress texts or {@link literalProgress}. */
  progress(fraction: number | null, message: string): void;
  metrics(points: readonly MetricPoint[]): void;
}

/** The door from a job handler to its compute child. Rejects with AppError; `signal` cancels the task. */
export interface Compute {
  run<N extends TaskName>(
    name: N,
    input: TaskInput<N>,
    events: TaskEvents,
    signal: AbortSignal,
  ): Promise<TaskOutput<N>>;
}
