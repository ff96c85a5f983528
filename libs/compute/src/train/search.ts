import {
  AppError,
  type StoredLeaf,
  type ComponentChoice,
  type ErrorCode,
  type SearchDimension,
  type TrainedRun,
  type TrialRecord,
} from '#contract';
import {
  type ArtifactDraft,
  parametersFor,
  registry,
  type Searched,
  type Trial,
  type TrialCurve,
  type TunedValues,
} from '#components';

import { RUN_SEED } from './run-trainer.js';

type Plots = TrainedRun['plots'];

/** A search for the values of some parameters; it keeps nothing, so that its trials may run anywhere. */
export interface Search {
  readonly goalMetric: string;
  readonly trials: number;
  /** How many trials are chosen before the first of them is judged. */
  readonly batch: number;
  /** The values of the next trials; all before them have ended. */
  suggest(ended: readonly Trial[], count: number): readonly TunedValues[];
  /** Whether a trial with this curve is to be given up, by those of earlier batches; undefined when none is. */
  readonly givesUp: ((ended: readonly Trial[], curve: TrialCurve) => boolean) | undefined;
  /** The values of the first best trial. @throws AppError the last failure when none could be fitted. */
  best(trials: readonly TrialRecord[]): TunedValues;
  plots(trials: readonly Trial[]): Plots;
}

/**
 * A search by an optimizer component.
 * @throws AppError `goal-metric-missing`, `component-not-found`, `parameters-invalid`.
 */
export function parameterSearch(
  space: Readonly<Record<string, SearchDimension>>,
  choice: ComponentChoice & { readonly goalMetric: string },
): Search {
  const { goalMetric } = choice;
  if (goalMetric === '') throw new AppError('goal-metric-missing');
  const { maximize } = registry.find(goalMetric, 'classification-metric', 'regression-metric');
  const optimizer = registry.find(choice.component, 'optimizer');
  const goal = { metric: goalMetric, maximize };
  const searched: Searched = { space, goal, params: parametersFor(optimizer, choice.params), seed: RUN_SEED };
  return {
    goalMetric,
    ...optimizer.plan(searched.params),
    suggest: (ended, count) => optimizer.suggest(searched, ended, count),
    givesUp: optimizer.givesUp && ((ended, curve) => optimizer.givesUp!(searched, ended, curve)),
    best: (trials) => bestOf(trials, maximize),
    plots(trials) {
      const drafts = optimizer.plots(space, goal, trials);
      return {
        history: artifact(drafts.history),
        slice: artifact(drafts.slice),
        contour: artifact(drafts.contour),
        importance: artifact(drafts.importance),
      };
    },
  };
}

function bestOf(trials: readonly TrialRecord[], maximize: boolean): TunedValues {
  const sign = maximize ? 1 : -1;
  let best: { readonly values: TunedValues; readonly value: number } | undefined;
  for (const { values, value } of trials)
    if (value !== null && (!best || sign * value > sign * best.value)) best = { values, value };
  if (best) return best.values;
  const failure = trials.findLast(({ error }) => error !== null)?.error;
  throw failure ? new AppError(failure.code as ErrorCode, failure.values) : new AppError('goal-metric-missing');
}

function artifact(draft: ArtifactDraft | null): StoredLeaf | null {
  return draft && { ...draft, role: 'explanation', index: 0 };
}
