import type { SearchPlan, TrialRecord } from '#contract';

import { judgeTrial } from './judge-trial.js';
import type { Prepared } from './prepare-training.js';

/** What a search came to here; incomplete when a trial took so long that the others are worth handing over. */
export interface Searches {
  readonly trials: readonly TrialRecord[];
  readonly complete: boolean;
}

/** The searches of a run, with their parts of its progress. @throws AppError `split-empty-part`. */
export function planSearches({ chosen: { strategy, search }, trainer, division }: Prepared): SearchPlan {
  if (search === null) return { searches: [], trials: 0, batch: 1 };
  const { trials, batch } = search;
  return { searches: strategy.searches(trainer, division, trials), trials, batch };
}

/** Whether every trial of the plan is among these. */
export const isComplete = ({ searches, trials }: SearchPlan, records: readonly TrialRecord[]): boolean =>
  records.length >= searches.length * trials;

/**
 * Runs one search after the other, batch by batch, until a trial took `handOverMs`. Where a trial runs never changes what it comes to:
 * its values depend on the batches before its own alone.
 */
export function runSearches(prepared: Prepared, plan: SearchPlan, handOverMs: number): Searches {
  const { trainer } = prepared;
  const records: TrialRecord[] = [];
  for (const [search, { span, message }] of plan.searches.entries()) {
    trainer.progress(span[0], message);
    const own: TrialRecord[] = [];
    const at = (number: number): number => span[0] + ((span[1] - span[0]) * number) / plan.trials;
    for (let first = 0; first < plan.trials; first += plan.batch) {
      const ended = [...own];
      const chosen = prepared.chosen.search!.suggest(ended, Math.min(plan.batch, plan.trials - first));
      for (const [place, values] of chosen.entries()) {
        const number = first + place;
        const start = performance.now();
        const record = judgeTrial(prepared, ended, { search, number, values, span: [at(number), at(number + 1)] });
        trainer.report(record.points);
        own.push(record);
        records.push(record);
        if (performance.now() - start >= handOverMs && !isComplete(plan, records))
          return { trials: records, complete: false };
      }
    }
  }
  return { trials: records, complete: true };
}
