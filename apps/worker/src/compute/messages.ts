import type { MetricPoint, StoredError, TaskName } from '#contract';

/** What a worker tells its compute child. */
export type ToChild =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly name: TaskName;
      readonly input: unknown;
      readonly fields: object;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** What a compute child tells its worker; tasks are told apart by the number of their run. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number | null; readonly message: string }
  | { readonly kind: 'metrics'; readonly id: number; readonly points: readonly MetricPoint[] }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: TaskFailure }
  | { readonly kind: 'out-of-memory'; readonly rssBytes: number };

/** Why a task did not end well; `detail` is for the log alone. */
export interface TaskFailure {
  readonly cancelled: boolean;
  readonly error: StoredError;
  readonly detail: string | null;
}

/** What the threads of a child share: see {@link FLAG}. */
export interface ThreadData {
  readonly flags: Int32Array;
  /** Of this child alone; its slot removes it with the child. */
  readonly engineFolder: string;
}

/** Places in the shared flags of a child: 1 in `cancel` ends the running task at its next tick. */
export const FLAG = { cancel: 0 } as const;
