import type { WireGlobalExplainer } from '#contract';
import { GlobalExplainerEntity, ModelSessionEntity, RunEntity } from '#persistence';

import { checkChoice } from '../component/check-choice.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireGlobalExplainer } from './wire-explainer.js';

/** Creates an explainer that an ExplainerJob computes. @throws AppError `run-not-found`, `component-not-registered`, `parameters-invalid`. */
export async function createGlobalExplainer(
  ports: Ports,
  given: { run_id: number; explainer_name: string; parameters: Record<string, unknown> },
): Promise<WireGlobalExplainer> {
  const { manager } = ports.db;
  const run = await rowById(manager, RunEntity, given.run_id, 'run-not-found');
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const choice = { name: given.explainer_name, type: 'GlobalExplainer', parameters: given.parameters } as const;
  checkChoice(ports, session.task_name, choice);
  const { id } = await manager.save(manager.create(GlobalExplainerEntity, given));
  return wireGlobalExplainer(await rowById(manager, GlobalExplainerEntity, id, 'explainer-not-found'));
}
