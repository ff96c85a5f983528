import { type Choice, createStudy, type Pruner, type SamplerName } from '#learn';

import type { SearchGoal, SearchSpace, Study } from '../kit/optimizer.js';
import { learnSpace } from './search-space.js';

/** How a study chooses its trials, and which of them it gives up. */
export interface StudyPlan {
  readonly trials: number;
  readonly sampler: SamplerName;
  readonly seed: number;
  readonly pruner: Pruner | null;
}

/** A study by turns. A trial that was given up counts for the sampler with the last value it had. */
export function searchStudy(space: SearchSpace, { maximize }: SearchGoal, plan: StudyPlan): Study {
  const { trials, sampler, seed, pruner } = plan;
  const study = createStudy({
    space: learnSpace(space),
    direction: maximize ? 'maximize' : 'minimize',
    seed,
    sampler,
  });
  let asked = -1;
  let givenUpAt: number | null = null;
  return {
    trials,
    ask(): Readonly<Record<string, Choice>> {
      const { number, params } = study.ask();
      asked = number;
      givenUpAt = null;
      return params;
    },
    tell(value) {
      pruner?.end(value !== null);
      study.tell(asked, value ?? givenUpAt);
    },
    ...(pruner && {
      prune: (step: number, value: number) => {
        if (!pruner.report(step, value)) return false;
        givenUpAt = value;
        return true;
      },
    }),
  };
}
