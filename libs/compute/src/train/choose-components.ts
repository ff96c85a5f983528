import { AppError, type LocalText, resolveParameters, type TrainingPlan } from '#contract';
import { type Classifier, type ComponentOf, type Regressor, registry } from '#components';

import { parameterSearch, type Search } from './search.js';

/** The components of a run, with the parameters of the model that stand and the search for the others. */
export interface Chosen {
  readonly task: ComponentOf<'task'>;
  readonly model: Classifier | Regressor;
  readonly strategy: ComponentOf<'strategy'>;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Null when every parameter is fixed. */
  readonly search: Search | null;
}

/**
 * Finds the components a run names and checks that they go together, before any data are read.
 * @throws AppError `component-not-found` {name}, `model-task-mismatch` {model, task}, `parameters-invalid`, `goal-metric-missing`.
 */
export function chooseComponents({ session, model: choice, optimizer }: TrainingPlan): Chosen {
  const task = registry.find(session.task, 'task');
  const model = registry.find(choice.component, 'classifier', 'regressor');
  const classes = task.answers === 'classes';
  if (!model.tasks.includes(task.name) || (model.kind === 'classifier') !== classes)
    throw new AppError('model-task-mismatch', { model: model.name, task: task.name });
  const metrics = Object.values(session.metrics).flat();
  for (const name of metrics) registry.find(name, classes ? 'classification-metric' : 'regression-metric');
  const { fixed, search } = resolveParameters(model.params, choice.params);
  const [searched] = Object.keys(search);
  if (searched !== undefined && !optimizer)
    throw new AppError('parameters-invalid', { parameter: searched, reason: NO_OPTIMIZER });
  return {
    task,
    model,
    strategy: registry.find(session.evaluationStrategy, 'strategy'),
    parameters: fixed,
    search: searched !== undefined && optimizer ? parameterSearch(search, optimizer) : null,
  };
}

const NO_OPTIMIZER: LocalText = {
  en: 'there is no optimizer to choose it',
  es: 'no hay optimizador que lo elija',
  pt: 'não há otimizador que o escolha',
  de: 'es gibt keinen Optimierer, der ihn wählt',
  zh: '没有优化器来选择它',
};
