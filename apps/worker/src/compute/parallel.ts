import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

import {
  Cancelled,
  type Kernels,
  NumericError,
  type NumericErrorCode,
  type Parallel,
  serial,
  type TeamWork,
} from '#linalg';

import {
  ANSWERS,
  GIVE_UP,
  type KernelAnswer,
  type KernelThreadData,
  type KernelTask,
  READY,
} from './kernel-messages.js';
import { leadTeam, teamBoard } from './team.js';

/** Longest sleep between two looks at the cancel flag. */
const LOOK_MS = 50;
/** A helper that has not loaded by then never will, and nobody else would notice. */
const START_MS = 30_000;

interface Settings {
  readonly threads: number;
  /** For work that one thread does alone; the helpers load the same ones. */
  readonly kernels: Kernels;
  /** The child's flags, read by the helpers' ticks. */
  readonly flags: Int32Array;
  /** Starts a helper; whoever does it hears of its death, which the thread that waits for it cannot. */
  readonly startHelper?: (data: KernelThreadData) => unknown;
}

/** A helper thread, which loads the same kernels. */
export function startKernelThread(data: KernelThreadData): Worker {
  const url = new URL('./kernel-thread.js', import.meta.url);
  const worker = new Worker(url, { workerData: data, transferList: [data.port], execArgv: [] });
  worker.unref();
  return worker;
}

interface KernelThread {
  readonly port: MessagePort;
  /** Which input it works on. */
  busy: number | null;
}

/**
 * Threads that stay warm between calls. The calling thread sleeps on a shared counter that a helper raises with every
 * answer, hands out the next input, and ticks; it has no event loop meanwhile and needs none.
 */
export function openParallel({ threads, kernels, flags, startHelper = startKernelThread }: Settings): Parallel {
  const alone = serial(kernels);
  if (threads === 1) return alone;
  const shared = new Int32Array(new SharedArrayBuffer(12));
  const helpers: KernelThread[] = [];
  /** While helpers follow a team they hear of nothing else. */
  let leading = false;
  const start = (): KernelThread => {
    const { port1, port2 } = new MessageChannel();
    startHelper({ flags, shared, port: port2 });
    port1.unref();
    return { port: port1, busy: null };
  };
  return {
    threads,
    map: <O>(kernel: string, inputs: readonly unknown[], tick: (done: number) => void = () => undefined): O[] => {
      if (!(kernel in kernels)) throw new RangeError(`no kernel ${kernel}`);
      if (inputs.length < 2 || leading) return alone.map<O>(kernel, inputs, tick);
      while (helpers.length < Math.min(threads, inputs.length)) helpers.push(start());
      Atomics.store(shared, GIVE_UP, 0);
      return new Call<O>(helpers, shared, kernel, inputs).run(tick);
    },
    team: (kernel, input) => {
      if (!(kernel in kernels)) throw new RangeError(`no kernel ${kernel}`);
      if (leading) return alone.team(kernel, input);
      const work = kernels[kernel]!(input as never, () => undefined) as TeamWork;
      while (helpers.length < threads - 1) helpers.push(start());
      const board = teamBoard();
      const task: KernelTask = { kernel, input, board };
      for (const { port } of helpers.slice(0, threads - 1)) port.postMessage(task);
      leading = true;
      const lead = leadTeam(board, work);
      const end = (): void => {
        leading = false;
        lead.end();
      };
      return { ...lead, end };
    },
  };
}

/** One map over the helpers. */
class Call<O> {
  private readonly results: O[];
  private next = 0;
  private done = 0;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly helpers: readonly KernelThread[],
    private readonly shared: Int32Array,
    private readonly kernel: string,
    private readonly inputs: readonly unknown[],
  ) {
    this.results = new Array<O>(inputs.length);
  }

  run(tick: (done: number) => void): O[] {
    for (const helper of this.helpers) this.hand(helper);
    const start = performance.now();
    while (this.helpers.some(({ busy }) => busy !== null)) {
      if (Atomics.load(this.shared, READY) < this.helpers.length && performance.now() - start > START_MS) {
        throw new Error('helper threads do not start');
      }
      const before = Atomics.load(this.shared, ANSWERS);
      if (!this.collect()) Atomics.wait(this.shared, ANSWERS, before, LOOK_MS);
      if (this.failure === undefined) {
        try {
          tick(this.done);
        } catch (error) {
          this.fail(error);
        }
      }
    }
    if (this.failure !== undefined) throw this.failure.error;
    return this.results;
  }

  private hand(helper: KernelThread): void {
    if (this.next >= this.inputs.length || this.failure !== undefined) return;
    helper.busy = this.next++;
    const task: KernelTask = { kernel: this.kernel, input: this.inputs[helper.busy] };
    helper.port.postMessage(task);
  }

  private collect(): boolean {
    let any = false;
    for (const helper of this.helpers) {
      const received = receiveMessageOnPort(helper.port) as { message: KernelAnswer } | undefined;
      if (received === undefined || helper.busy === null) continue;
      any = true;
      const { message } = received;
      if (message.ok) {
        this.results[helper.busy] = message.output as O;
        this.done++;
      } else this.fail(revive(message));
      helper.busy = null;
      this.hand(helper);
    }
    return any;
  }

  /** The first failure counts; the other helpers stop at their next tick. */
  private fail(error: unknown): void {
    this.failure ??= { error };
    Atomics.store(this.shared, GIVE_UP, 1);
  }
}

function revive({ name, message, code, values, stack }: KernelAnswer & { ok: false }): Error {
  if (name === 'Cancelled') return new Cancelled();
  if (name === 'NumericError') return new NumericError(code as NumericErrorCode, values);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
