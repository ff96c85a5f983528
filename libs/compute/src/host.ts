import type { Logger } from '#config';
import type { MetricPoint, TaskInput, TaskName, TaskOutput } from '#contract';
import type { TextEngine } from '#components';
import type { Parallel, Tick } from '#linalg';
import type { TaskStorage } from '#storage';
import type { Tables } from '#tables';

/** What a task may use of the child it runs in. It runs on a compute thread, so it may block. */
export interface TaskHost {
  readonly storage: TaskStorage;
  readonly tables: Tables;
  /** Throws `Cancelled` once the job is cancelled; cheap enough for inner loops. */
  readonly tick: Tick;
  /** Helper threads with the kernels of `#learn`. */
  readonly parallel: Parallel;
  /** `fraction` in 0–1, or null while the end is unknown; `message` is a key of the progress texts. */
  readonly progress: (fraction: number | null, message: string) => void;
  readonly metrics: (points: readonly MetricPoint[]) => void;
  /** What runs language models. @throws AppError `engine-failed` when it is not there. */
  readonly textEngine: () => Promise<TextEngine>;
  /** A folder of this child alone to unpack plugins into; undefined where plugins are turned off. */
  readonly pluginFolder?: string | undefined;
  readonly log: Logger;
}

/** The code behind one task name. Rejects with AppError for what the person can mend, with `Cancelled` when cancelled. */
export type Task<N extends TaskName> = (input: TaskInput<N>, host: TaskHost) => Promise<TaskOutput<N>>;
