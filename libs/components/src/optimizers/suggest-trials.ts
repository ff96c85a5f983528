import { type Choice, createStudy, type SamplerName } from '#learn';

import type { Searched, Trial } from '../kit/optimizer.js';
import { learnSpace } from './search-space.js';

/** Which sampler chooses, and how many trials it chooses at a time. */
export interface Sampling {
  readonly sampler: SamplerName;
  readonly batch: number;
}

/** The values of the next trials. A trial that was given up counts for the sampler with the last value it had. */
export function suggestTrials(
  { space, goal, seed }: Pick<Searched, 'space' | 'goal' | 'seed'>,
  { sampler, batch }: Sampling,
  ended: readonly Trial[],
  count: number,
): Readonly<Record<string, Choice>>[] {
  const study = createStudy({
    space: learnSpace(space),
    direction: goal.maximize ? 'maximize' : 'minimize',
    seed,
    sampler,
    known: ended.map(({ values, value, curve, givenUp }, number) => ({
      params: values as Readonly<Record<string, Choice>>,
      value: value ?? (givenUp ? (curve.at(-1)?.[1] ?? null) : null),
      after: number - (number % batch),
    })),
  });
  return Array.from({ length: count }, () => study.ask().params);
}
