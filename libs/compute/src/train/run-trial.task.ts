import type { Task } from '../host.js';
import { AppError } from '#contract';

import { judgeTrial } from './judge-trial.js';
import { prepareTraining } from './prepare-training.js';
import { progressMeter } from './progress-meter.js';

/** Chooses and judges one trial of a search, as the process that trains the run would have. */
export const runTrial: Task<'run-trial'> = async (input, host) => {
  const prepared = await prepareTraining(input, host, progressMeter(host));
  const { search } = prepared.chosen;
  if (search === null) throw new AppError('goal-metric-missing');
  const { ended, number } = input;
  const values = search.suggest(ended, number - ended.length + 1).at(-1)!;
  prepared.trainer.progress(0, 'tuning');
  return judgeTrial(prepared, ended, { search: input.search, number, values, span: [0, 1] });
};
