import { AppError, parseParameters, resolveParameters } from '#contract';

import type { ModelSessionEntity } from '#persistence';

import type { Catalogue } from '../component/catalogue.js';
import { nestedChoice } from './nested-choice.js';

/** The parts of a run that are checked against the catalogue. */
export interface CheckedRun {
  readonly model_name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly optimizer_name: string;
  readonly optimizer_parameters: Readonly<Record<string, unknown>>;
  readonly goal_metric: string;
  readonly nested?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Checks that a run can be trained on its session: the model serves the task, parameters hold, and a search has its optimizer
 * and a goal metric of the task; nested folds go with those of the session.
 * @throws AppError `component-not-registered`, `model-task-mismatch`, `parameters-invalid`, `goal-metric-missing`,
 * `splits-invalid` {reason}.
 */
export function checkRun(catalogue: Catalogue, session: ModelSessionEntity, run: CheckedRun): void {
  const { task_name: task } = session;
  nestedChoice(run.nested, session, catalogue);
  const model = catalogue.get(run.model_name, 'Model');
  if (!catalogue.related(task).includes(model)) throw new AppError('model-task-mismatch', { model: model.name, task });
  const { search } = resolveParameters(model.fields, run.parameters);
  if (Object.keys(search).length === 0) return;
  const optimizer = catalogue.get(run.optimizer_name, 'Optimizer');
  parseParameters(optimizer.fields, run.optimizer_parameters);
  const metric = catalogue.find(run.goal_metric);
  if (metric?.type !== 'Metric' || !catalogue.related(task).includes(metric))
    throw new AppError('goal-metric-missing', { metric: run.goal_metric, task });
}
