import { AppError, toStoredError, type TrialRecord } from '#contract';
import { Pruned, type Trial, type TrialRun } from '#components';

import type { Prepared } from './prepare-training.js';

/**
 * Judges one trial. What its values cannot be fitted with, and that it was given up, is part of the record; what would end any trial (a
 * cancellation, a mistake of ours) is thrown. `ended` are the trials of earlier batches.
 */
export function judgeTrial(
  { chosen: { strategy, search }, trainer, division }: Prepared,
  ended: readonly Trial[],
  run: Omit<TrialRun, 'check'>,
): TrialRecord {
  const { search: place, number, values } = run;
  const curve: [step: number, value: number][] = [];
  const record = { search: place, number, values, curve, value: null, givenUp: false, error: null, points: [] };
  const check: TrialRun['check'] = (step, score) => {
    if (score === undefined) return;
    curve.push([step, score]);
    if (search!.givesUp!(ended, curve)) throw new Pruned();
  };
  try {
    const { value, points } = strategy.trial(trainer, division, { ...run, ...(search?.givesUp && { check }) });
    return { ...record, value: value ?? null, points };
  } catch (error) {
    if (error instanceof Pruned) return { ...record, givenUp: true };
    if (error instanceof AppError) return { ...record, error: toStoredError(error) };
    throw error;
  }
}
