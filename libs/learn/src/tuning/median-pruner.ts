/** What a trial had reached after some of its steps, steps in rising order; NaN where that is undefined. */
export type Curve = readonly (readonly [step: number, value: number])[];

/** Trials that are finished before any is given up. */
const STARTUP_TRIALS = 5;

/** The middle of sorted values, or the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * Whether to give a trial up at the last step of its curve: when the best it has reached so far is worse than the median of what finished
 * trials had reached at that very step. A step that no finished trial has is never judged. Source: MedianPruner of Optuna 5 with its
 * defaults.
 */
export function medianPrunes(direction: 'minimize' | 'maximize', finished: readonly Curve[], running: Curve): boolean {
  const [step] = running.at(-1) ?? [];
  if (step === undefined || finished.length < STARTUP_TRIALS) return false;
  const sign = direction === 'minimize' ? 1 : -1;
  const known = running.flatMap(([, value]) => (Number.isNaN(value) ? [] : [sign * value]));
  if (known.length === 0) return true;
  const others = finished.flatMap((curve) => {
    const value = curve.find(([at]) => at === step)?.[1] ?? Number.NaN;
    return Number.isNaN(value) ? [] : [sign * value];
  });
  return others.length > 0 && Math.min(...known) > median(others);
}
