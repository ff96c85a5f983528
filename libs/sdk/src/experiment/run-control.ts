import type { Experiment } from './experiment.js';
import type { RunValues } from './prefix.js';
import type { Status } from '../sink.js';

/** `exp.run`: a context when called, a wrapper of functions, or start and end by hand. */
export interface RunControl {
  /** Starts, works, completes; when the work throws, the run fails and the error goes on. */
  <T>(work: (experiment: Experiment) => T | Promise<T>): Promise<T>;
  /**
   * A function that does the same each time it is called; its work gets the experiment before its own arguments. As a
   * decorator of a method: `@exp.run.wrap`.
   */
  wrap<This, Args extends unknown[], T>(
    work: (this: This, experiment: Experiment, ...args: Args) => T | Promise<T>,
  ): (this: This, ...args: Args) => Promise<T>;
  /**
   * Opens the run. It may be written to at once; what the promise waits for is the server. A server that is away is no
   * reason to fail: everything is kept and sent when it is back. @throws Error when the server refuses.
   */
  start(): Promise<Experiment>;
  complete(): Promise<void>;
  fail(): Promise<void>;
  cancel(): Promise<void>;
  /** Undefined before the start. */
  readonly status: Status | undefined;
  /** What `{EXP.…}` in a prefix stands for. */
  readonly values: RunValues;
}

/** What the control needs of its experiment. */
export interface Lifecycle {
  readonly experiment: Experiment;
  readonly values: RunValues;
  readonly status: () => Status | undefined;
  readonly start: () => Promise<Experiment>;
  readonly end: (status: Exclude<Status, 'RUNNING'>) => Promise<void>;
}

/** Makes it. */
export function createRunControl({ experiment, values, status, start, end }: Lifecycle): RunControl {
  const within = async <T>(work: () => T | Promise<T>): Promise<T> => {
    await start();
    let answer: T;
    try {
      answer = await work();
    } catch (error) {
      await end('FAILED');
      throw error;
    }
    // Work may have said itself how it ended.
    if (status() === 'RUNNING') await end('COMPLETED');
    return answer;
  };
  const control = <T>(work: (given: Experiment) => T | Promise<T>): Promise<T> => within(() => work(experiment));
  const wrap: RunControl['wrap'] = (work) =>
    function wrapped(...args) {
      return within(() => work.call(this, experiment, ...args));
    };
  const methods = {
    wrap,
    start,
    complete: () => end('COMPLETED'),
    fail: () => end('FAILED'),
    cancel: () => end('CANCELLED'),
    values,
  };
  return Object.defineProperty(Object.assign(control, methods), 'status', { get: status }) as RunControl;
}
