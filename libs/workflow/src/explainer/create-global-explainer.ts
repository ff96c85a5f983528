import type { WireGlobalExplainer } from '#contract';
import { AppError, parseParameters } from '#contract';
import { GlobalExplainerEntity, ModelSessionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireGlobalExplainer } from './wire-explainer.js';

/** Creates an explainer that an ExplainerJob computes. @throws AppError `run-not-found`, `component-not-registered`, `parameters-invalid`. */
export async function createGlobalExplainer(
  { db, catalogue }: Ports,
  given: { run_id: number; explainer_name: string; parameters: Record<string, unknown> },
): Promise<WireGlobalExplainer> {
  const { manager } = db;
  const run = await rowById(manager, RunEntity, given.run_id, 'run-not-found');
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const explainer = catalogue.get(given.explainer_name, 'GlobalExplainer');
  if (!catalogue.related(session.task_name).includes(explainer))
    throw new AppError('component-not-registered', { name: given.explainer_name });
  parseParameters(explainer.fields, given.parameters);
  const { id } = await manager.save(manager.create(GlobalExplainerEntity, given));
  return wireGlobalExplainer(await rowById(manager, GlobalExplainerEntity, id, 'explainer-not-found'));
}
