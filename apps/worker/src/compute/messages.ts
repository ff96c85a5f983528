import type { MetricPoint, PluginPackage, StoredError, TaskName } from '#contract';

import type { KernelThreadData } from './kernel-messages.js';

/** What a worker tells its compute child. */
export type ToChild =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly name: TaskName;
      readonly input: unknown;
      readonly fields: object;
      /** Whose components the task may need; a child never gets fewer than before. */
      readonly plugins: readonly PluginPackage[];
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** What a compute child tells its worker; tasks are told apart by the number of their run. */
export type FromChild =
  | { readonly kind: 'ready' }
  /** Code of plugins comes next: from here on its time to load is counted. */
  | { readonly kind: 'loading'; readonly id: number }
  /** Everything the task needs is loaded. */
  | { readonly kind: 'begun'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number | null; readonly message: string }
  | { readonly kind: 'metrics'; readonly id: number; readonly points: readonly MetricPoint[] }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: TaskFailure }
  | { readonly kind: 'out-of-memory'; readonly rssBytes: number };

/** What the compute thread tells the main thread of its child. */
export type FromThread = FromChild | StartHelper;

/** Asks for a helper thread: its owner must have an event loop, to hear of its death, and the compute thread's stands still. */
export interface StartHelper {
  readonly kind: 'start-helper';
  readonly data: KernelThreadData;
}

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
  /** Whether code of plugins runs here. */
  readonly guarded: boolean;
}

/** The argument that makes a child one for plugins. */
export const GUARDED = 'guarded';

/** Places in the shared flags of a child: 1 in `cancel` ends the running task at its next tick. */
export const FLAG = { cancel: 0 } as const;
