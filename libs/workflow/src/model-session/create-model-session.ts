import type { NewModelSession, WireModelSession } from '#contract';
import { AppError } from '#contract';
import { ModelSessionEntity } from '#persistence';

import { datasetTypes, finishedDataset } from '../dataset/dataset-table.js';
import type { Ports } from '../ports.js';
import { givenName, orTaken, toWire } from '../rows.js';
import { checkColumns } from './check-columns.js';
import { checkMetrics } from './check-metrics.js';
import { checkSplits } from './check-splits.js';
import { normaliseSplits } from './normalise-splits.js';

/**
 * Creates a session after checking everything a run will lean on.
 * @throws AppError for the data set, the task, columns, metrics, strategy, splits or a name that is taken.
 */
export async function createModelSession(
  ports: Ports,
  { converters = [], ...given }: NewModelSession,
): Promise<WireModelSession> {
  const { catalogue, db } = ports;
  if (converters.length > 0) throw new AppError('session-converters-not-offered');
  const name = givenName(given.name);
  const types = await datasetTypes(ports, given.dataset_id);
  const task = catalogue.get(given.task_name, 'Task', 'component-not-found');
  checkColumns(task, types, { inputs: given.input_columns, outputs: given.output_columns });
  const strategy = catalogue.get(given.evaluation_strategy, 'EvaluationStrategy');
  const splits = normaliseSplits(given.splits, (splitter) => catalogue.get(splitter, 'Splitter', 'splits-invalid'));
  const splitter = catalogue.get(splits.splitter_name, 'Splitter');
  const { total_rows: rows } = await finishedDataset(ports, given.dataset_id);
  checkSplits(splitter, splits, { types, rows: rows ?? 0 });
  // Row numbers chosen by hand are one division, whatever splitter is named with them.
  const byFolds = splits.splitted_indexes === null && splitter.metadata['partitioning'] === 'folds';
  if (byFolds !== (strategy.metadata['kind'] === 'cv'))
    throw new AppError('splits-invalid', { reason: `${strategy.name} ≠ ${splitter.name}` });
  if (!catalogue.related(task.name).includes(splitter))
    throw new AppError('splits-invalid', { reason: `${splitter.name} ∉ ${task.name}` });
  const metrics = new Set([...given.train_metrics, ...given.validation_metrics, ...given.test_metrics]);
  for (const metric of metrics) catalogue.get(metric, 'Metric');
  checkMetrics(catalogue, task, metrics);
  const row = db.manager.create(ModelSessionEntity, { ...given, name });
  return toWire(await orTaken(db.manager.save(row), 'name-exists', { name }));
}
