import { column, encodedNames } from '#frame';

import { placeArtifacts } from '../explore/place-artifacts.js';
import type { Task } from '../host.js';
import { writeRun } from '../runs/run-blob.js';
import { sizesOf, wireIndexes, writeSplits } from '../runs/split-blob.js';
import { prepareTraining } from './prepare-training.js';
import { progressMeter } from './progress-meter.js';
import { isComplete, planSearches, runSearches } from './run-searches.js';
import { tunedParameters } from './tuned-parameters.js';

const NO_PLOTS = { history: null, slice: null, contour: null, importance: null };

/** Trains one run of a session: splits the rows, searches and fits, scores, and stores the fitted run. */
export const trainRun: Task<'train-run'> = async (input, host) => {
  const { session, known } = input;
  const meter = progressMeter(host);
  const prepared = await prepareTraining(input, host, meter);
  const { chosen, frame, division, trainer } = prepared;
  const { task, model, strategy, search } = chosen;
  const plan = planSearches(prepared);
  // What others ran trials of stays with them: this process would run again what runs elsewhere.
  const { trials, complete } =
    known.length > 0
      ? { trials: [], complete: isComplete(plan, known) }
      : runSearches(prepared, plan, input.handOverMs);
  if (!complete) return { kind: 'handed-over', plan, trials };
  const all = [...known, ...trials];
  const found = plan.searches.map(({ span }, place) => {
    const own = all.filter((trial) => trial.search === place);
    return { values: search!.best(own), span };
  });
  const { values, fitted, metrics } = strategy.evaluate(trainer, division, found);
  meter.say(0.98, 'saving-results');
  const types = session.inputColumns.map((name) => [name, column(frame, name).type] as const);
  const record = { version: 1, task: task.name, inputTypes: Object.fromEntries(types), ...fitted } as const;
  await writeRun(host.storage, input.stateKey, record);
  await writeSplits(host.storage, input.splitsKey, division);
  return {
    kind: 'trained',
    trials,
    splitSizes: sizesOf(division),
    splitIndexes: wireIndexes(division),
    metrics,
    parameters: tunedParameters(input.model.params, values),
    plots: search?.plots(all.filter((trial) => trial.search === plan.searches.length - 1)) ?? NO_PLOTS,
    artifacts: placeArtifacts(model.artifacts?.(fitted.state, encodedNames(fitted.encoder)) ?? []),
  };
};
