import type { NewLocalExplainer, WireLocalExplainer } from '#contract';
import { DatasetEntity, LocalExplainerEntity, ModelSessionEntity, RunEntity } from '#persistence';

import { checkChoice } from '../component/check-choice.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { localParameters } from './local-parameters.js';
import { localScope } from './local-scope.js';
import { wireLocalExplainer } from './wire-explainer.js';

/**
 * Creates an explainer of single rows that an ExplainerJob computes.
 * @throws AppError `run-not-found`, `dataset-not-found`, `component-not-registered`, `parameters-invalid`, `explainer-scope-invalid`.
 */
export async function createLocalExplainer(ports: Ports, given: NewLocalExplainer): Promise<WireLocalExplainer> {
  const { manager } = ports.db;
  const run = await rowById(manager, RunEntity, given.run_id, 'run-not-found');
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const dataset = await rowById(manager, DatasetEntity, given.dataset_id ?? session.dataset_id, 'dataset-not-found');
  checkChoice(ports, session.task_name, {
    name: given.explainer_name,
    type: 'LocalExplainer',
    parameters: localParameters(given.parameters, given.fit_parameters),
  });
  localScope(given.scope);
  const { id } = await manager.save(manager.create(LocalExplainerEntity, { ...given, dataset_id: dataset.id }));
  return wireLocalExplainer(await rowById(manager, LocalExplainerEntity, id, 'explainer-not-found'));
}
