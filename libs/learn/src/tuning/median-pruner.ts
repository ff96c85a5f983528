/** Judges, while trials run one after another, which of them are not worth finishing. */
export interface Pruner {
  /**
   * What the running trial has reached after some step, steps in rising order; NaN where that is undefined. Whether to give it up.
   */
  report(step: number, value: number): boolean;
  /** The running trial has ended; only what finished trials reached counts for those to come. */
  end(finished: boolean): void;
}

/** Trials that are finished before any is given up. */
const STARTUP_TRIALS = 5;

/** The middle of sorted values, or the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * Gives a trial up at a step when the best it has reached so far is worse than the median of what finished trials had reached at that
 * very step. A step that no finished trial has is never judged. Source: MedianPruner of Optuna 5 with its defaults.
 */
export function medianPruner(direction: 'minimize' | 'maximize'): Pruner {
  const sign = direction === 'minimize' ? 1 : -1;
  const finished: ReadonlyMap<number, number>[] = [];
  let running = new Map<number, number>();
  return {
    report(step, value) {
      running.set(step, value);
      if (finished.length < STARTUP_TRIALS) return false;
      const known = [...running.values()].filter((each) => !Number.isNaN(each));
      if (known.length === 0) return true;
      const best = Math.min(...known.map((each) => sign * each));
      const others = finished.flatMap((steps) => {
        const other = steps.get(step) ?? Number.NaN;
        return Number.isNaN(other) ? [] : [sign * other];
      });
      return others.length > 0 && best > median(others);
    },
    end(complete) {
      if (complete) finished.push(running);
      running = new Map();
    },
  };
}
