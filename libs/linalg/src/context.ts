/** Reports that `done` of `total` units are finished; throws {@link Cancelled} when the job was cancelled. */
export type Tick = (done: number, total: number) => void;

/** Thrown by a tick whose job was cancelled; algorithms let it pass. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/**
 * Pure functions that helper threads may run, by name. `input` is copied by structured clone, arrays over a
 * SharedArrayBuffer are shared; the kernel calls `tick` often enough (about every 50 ms) and lets what it throws pass.
 */
export type Kernels = Readonly<Record<string, (input: never, tick: () => void) => unknown>>;

/** Threads that stay with one task for many short steps. The task and what a step is to do lie in shared memory. */
export interface Team {
  /**
   * Does the parts 0…parts−1 of a step, in any order and on any thread, and returns when all are done. No part touches what
   * another one writes. `tick` is called between parts; what it throws comes out, and the team is lost.
   */
  run(parts: number, tick?: () => void): void;
  /** Lets the threads go. Call it in a `finally`. */
  end(): void;
}

/** Runs named kernels on helper threads, synchronously: the caller blocks until every result is there. */
export interface Parallel {
  readonly threads: number;
  /** Results are in the order of `inputs`. `tick` hears how many are done, at least every 100 ms; what it throws ends the call. */
  map<O>(kernel: string, inputs: readonly unknown[], tick?: (done: number) => void): O[];
  /** Threads for a kernel that answers `(part: number) => void`. Worth it for steps of 10 µs and more. */
  team(kernel: string, input: unknown): Team;
}

/** What a fit shows of itself: after so many steps or epochs, to be scored on these parts. */
export interface Shown {
  readonly level: 'step' | 'epoch';
  readonly splits: readonly ('train' | 'validation')[];
}

/** Everything a fit needs beside data and parameters. */
export interface FitContext {
  /** An integer in [0, 2⁵³). Equal seeds give equal results, whatever the number of threads. */
  readonly seed: number;
  readonly tick?: Tick;
  readonly parallel?: Parallel;
  /**
   * Sees an iterative model after each of the `milestones`, or after what its own parameters name: a state to predict with, that the
   * fit does not touch again. `shown` says what is counted and what is to be scored, where that is not all there is.
   */
  readonly watch?: (done: number, state: object, shown?: Shown) => void;
}

/** What a kernel for {@link Parallel.team} answers. */
export type TeamWork = (part: number) => void;

/** The kernels one after another on the calling thread. An unknown name throws a RangeError: it is our own mistake. */
export function serial(kernels: Kernels): Parallel {
  const find = (name: string): ((input: unknown, tick: () => void) => unknown) => {
    const kernel = kernels[name] as ((input: unknown, tick: () => void) => unknown) | undefined;
    if (!kernel) throw new RangeError(`no kernel ${name}`);
    return kernel;
  };
  return {
    threads: 1,
    map: <O>(name: string, inputs: readonly unknown[], tick: (done: number) => void = () => undefined) => {
      const kernel = find(name) as (input: unknown, tick: () => void) => O;
      return inputs.map((input, done) => {
        const output = kernel(input, () => tick(done));
        tick(done + 1);
        return output;
      });
    },
    team: (name, input) => {
      const work = find(name)(input, () => undefined) as TeamWork;
      const run: Team['run'] = (parts, tick) => {
        for (let part = 0; part < parts; part++) {
          work(part);
          tick?.();
        }
      };
      return { run, end: () => undefined };
    },
  };
}
