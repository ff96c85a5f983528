import { parametersFor, registry, type ExplainedRows } from '#components';
import { AppError } from '#contract';
import { classCodes, numericTarget, select } from '#frame';

import type { Task } from '../host.js';
import { fittedModel } from '../runs/answer.js';
import { readRun } from '../runs/run-blob.js';
import { readSplits } from '../runs/split-blob.js';
import { stoppable } from '../stoppable.js';
import { progressMeter } from '../train/progress-meter.js';
import { RUN_SEED } from '../train/run-trainer.js';
import { placeExplanation } from './place-explanation.js';

/**
 * Explains a finished run on the test rows of its table.
 * @throws AppError `component-not-found`, `parameters-invalid`, `model-task-mismatch`, `split-empty-part`, `column-not-found`,
 * `missing-values` and what predicting throws.
 */
export const explainRun: Task<'explain-run'> = async ({ tableKey, stateKey, splitsKey, explainer: choice }, host) => {
  const explainer = registry.find(choice.component, 'global-explainer');
  const params = parametersFor(explainer, choice.params);
  const record = await readRun(host.storage, stateKey);
  if (!explainer.tasks.includes(record.task))
    throw new AppError('model-task-mismatch', { model: explainer.name, task: record.task });
  const { test_indexes: rows } = await readSplits(host.storage, splitsKey);
  if (rows.length === 0) throw new AppError('split-empty-part', { part: 'test' });
  host.progress(0, 'loading-data');
  const context = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const model = fittedModel(record, context);
  const folder = await host.storage.materialise(tableKey);
  const columns = [...new Set([...model.inputs, record.output.name])];
  const read = await stoppable(host, (signal) => host.tables.readFrame(folder, { columns, rows, signal }));
  const test: ExplainedRows = {
    frame: select(read, model.inputs),
    truth: record.classes
      ? classCodes(read, record.output.name, record.classes)
      : numericTarget(read, record.output.name),
  };
  const meter = progressMeter(host);
  meter.say(0.05, 'explaining');
  const { explanation, artifacts } = explainer.explain(model, test, params, {
    ...context,
    tick: meter.within([0.05, 1]),
  });
  return { explanation, artifacts: placeExplanation(artifacts) };
};
