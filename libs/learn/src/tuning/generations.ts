import type { Observation } from './sampler.js';

/**
 * The generations a search has completed, oldest first: a trial that is asked when at least `size` of the youngest generation are told
 * founds the next one. What was asked before and told later belongs to no generation.
 */
export function generations(finished: readonly Observation[], size: number): readonly (readonly Observation[])[] {
  const complete: Observation[][] = [];
  let young: Observation[] = [];
  const settle = (after: number): void => {
    const adults = young.filter(({ number }) => number < after);
    if (adults.length < size) return;
    complete.push(adults);
    young = [];
  };
  for (const trial of finished) {
    settle(trial.after);
    young.push(trial);
  }
  settle(Infinity);
  return complete;
}
