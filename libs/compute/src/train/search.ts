import { AppError, type Artifact, type ComponentChoice, type SearchDimension, type TaskOutput } from '#contract';
import {
  type ArtifactDraft,
  parametersFor,
  Pruned,
  registry,
  type Study,
  type Trainer,
  type Trial,
  type TrialRun,
  type TunedValues,
} from '#components';

import { RUN_SEED } from './run-trainer.js';

type Plots = TaskOutput<'train-run'>['plots'];
const NO_PLOTS: Plots = { history: null, slice: null, contour: null, importance: null };

/** A search for the values of some parameters. */
export interface Search {
  readonly goalMetric: string | null;
  readonly trials: number;
  readonly tune: Trainer['tune'];
  /** Figures of the finished trials of the newest search; all null without any. */
  plots(): Plots;
}

/** The search of a run in which every parameter is fixed. */
export const noSearch: Search = { goalMetric: null, trials: 0, tune: () => ({}), plots: () => NO_PLOTS };

/**
 * A search by an optimizer component. A trial that cannot be fitted or was given up is skipped; when none can be, the last failure is thrown.
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
  const start = (): Study => optimizer.start(space, goal, parametersFor(optimizer, choice.params), RUN_SEED);
  let trials: Trial[] = [];
  return {
    goalMetric,
    trials: start().trials,
    tune(objective) {
      const study = start();
      const check = pruning(study);
      trials = [];
      let failure: AppError | undefined;
      for (let number = 0; number < study.trials; number++) {
        const values = study.ask();
        let value: number | null = null;
        try {
          value = objective({ values, number, ...(check && { check }) }) ?? null;
        } catch (error) {
          // Cancelled and what is our own mistake end the search; values no model can be fitted with do not.
          if (error instanceof AppError) failure = error;
          else if (!(error instanceof Pruned)) throw error;
        }
        trials.push({ values, value });
        study.tell(value);
      }
      const best = bestOf(trials, maximize);
      if (best) return best;
      throw failure ?? new AppError('goal-metric-missing');
    },
    plots() {
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

/** How trials of this study are given up; undefined when none is. */
function pruning(study: Study): TrialRun['check'] {
  const { prune } = study;
  return (
    prune &&
    ((step, score) => {
      if (score !== undefined && prune(step, score)) throw new Pruned();
    })
  );
}

/** The values of the first best trial. */
function bestOf(trials: readonly Trial[], maximize: boolean): TunedValues | undefined {
  const sign = maximize ? 1 : -1;
  let best: (Trial & { readonly value: number }) | undefined;
  for (const { values, value } of trials)
    if (value !== null && (!best || sign * value > sign * best.value)) best = { values, value };
  return best?.values;
}

function artifact(draft: ArtifactDraft | null): Artifact | null {
  return draft && { ...draft, role: 'explanation', index: 0 };
}
