import type { NewRun, WireRun } from '#contract';
import { ModelSessionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { givenName, rowById } from '../rows.js';
import { checkRun } from './check-run.js';
import { wireRun } from './with-metrics.js';

/** Creates a run that a ModelJob trains. @throws AppError as `checkRun`, `model-session-not-found`, `name-empty`. */
export async function createRun({ db, catalogue }: Ports, given: NewRun): Promise<WireRun> {
  const session = await rowById(db.manager, ModelSessionEntity, given.model_session_id, 'model-session-not-found');
  checkRun(catalogue, session, given);
  const row = db.manager.create(RunEntity, {
    model_session_id: session.id,
    model_name: given.model_name,
    name: givenName(given.name),
    description: given.description ?? null,
    parameters: given.parameters,
    optimizer_name: given.optimizer_name,
    optimizer_parameters: given.optimizer_parameters,
    goal_metric: given.goal_metric,
    nested: given.nested ?? null,
  });
  const { id } = await db.manager.save(row);
  return wireRun(await rowById(db.manager, RunEntity, id, 'run-not-found'));
}
