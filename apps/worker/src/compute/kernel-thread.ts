import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { workerData } from 'node:worker_threads';

import { kernels } from '#learn';
import { Cancelled, type Kernels, NumericError, type TeamWork } from '#linalg';

import {
  ANSWERS,
  GIVE_UP,
  type KernelAnswer,
  type KernelThreadData,
  type KernelTask,
  READY,
} from './kernel-messages.js';
import { FLAG } from './messages.js';
import { followTeam } from './team.js';

const { flags, shared, port } = workerData as KernelThreadData;
const cancelled = (): boolean => Atomics.load(flags, FLAG.cancel) === 1;
const tick = (): void => {
  if (cancelled() || Atomics.load(shared, GIVE_UP) === 1) throw new Cancelled();
};

/** V8 does not count shared memory, so a helper that makes little garbage would keep that of every team it was in. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

port.on('message', ({ kernel, input, board }: KernelTask) => {
  if (board !== undefined) {
    followTeam(board, () => (kernels as Kernels)[kernel]!(input as never, tick) as TeamWork, cancelled);
    setImmediate(collectGarbage);
    return;
  }
  port.postMessage(answer(kernel, input));
  Atomics.add(shared, ANSWERS, 1);
  Atomics.notify(shared, ANSWERS);
});
Atomics.add(shared, READY, 1);

function answer(kernel: string, input: unknown): KernelAnswer {
  try {
    return { ok: true, output: (kernels as Kernels)[kernel]!(input as never, tick) };
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const { code, values } = error instanceof NumericError ? error : { code: '', values: {} };
    return { ok: false, name, message, code, values, stack };
  }
}
