import type { MessagePort } from 'node:worker_threads';

import type { NumericError } from '#linalg';

/** What a helper thread is started with. */
export interface KernelThreadData {
  readonly flags: Int32Array;
  /** See the places below. */
  readonly shared: Int32Array;
  readonly port: MessagePort;
}

export interface KernelTask {
  readonly kernel: string;
  readonly input: unknown;
  /** When it is the work of a team: the board to follow; there is no answer then. */
  readonly board?: Int32Array;
}

/** Classes of errors do not survive a copy between threads, so they travel as their parts. */
export type KernelAnswer =
  | { readonly ok: true; readonly output: unknown }
  | {
      readonly ok: false;
      readonly name: string;
      readonly message: string;
      readonly code: string;
      readonly values: NumericError['values'];
      readonly stack: string;
    };

/** Places in what caller and helpers share: answers so far, 1 while a call is given up, helpers that have loaded. */
export const ANSWERS = 0;
export const GIVE_UP = 1;
export const READY = 2;
