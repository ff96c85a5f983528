import type { FitContext } from './context.js';

/**
 * After which of so many iterations a fit shows its watcher the model: 1, 2, 5, 10, 20, 50, … below the total, so that
 * predicting with all of these models costs less than predicting twice with the last. None where nobody watches.
 */
export function milestones({ watch }: Pick<FitContext, 'watch'>, iterations: number): readonly number[] {
  const series: number[] = [];
  if (watch)
    for (let power = 1; power < iterations; power *= 10)
      series.push(...[power, 2 * power, 5 * power].filter((done) => done < iterations));
  return series;
}
