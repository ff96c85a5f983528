import type { RunChange, WireRunWithMetrics } from '#contract';
import { AppError } from '#contract';
import type { RunEntity } from '#persistence';
import { ModelSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { givenName, rowById } from '../rows.js';
import { checkRun } from './check-run.js';
import { lockIdleRun, untrain } from './reset-run.js';
import { withMetrics } from './with-metrics.js';

/**
 * Changes a run; new parameters or a new optimizer reset it.
 * @throws AppError `run-not-found`, `not-modified`, `entity-busy`, `name-empty` and as `checkRun`.
 */
export async function patchRun(ports: Ports, id: number, change: RunChange): Promise<WireRunWithMetrics> {
  if (Object.values(change).every((value) => value === undefined)) throw new AppError('not-modified');
  const resets = [change.parameters, change.optimizer, change.optimizer_name, change.optimizer_parameters].some(
    (value) => value !== undefined,
  );
  let old: readonly string[] = [];
  const saved = await ports.db.transaction(async (tx) => {
    const run = await lockIdleRun(tx, id);
    apply(run, change);
    if (resets || change.goal_metric !== undefined || change.nested !== undefined) {
      const session = await rowById(tx, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
      checkRun(ports.catalogue, session, run);
    }
    if (resets) old = await untrain(ports, tx, run);
    return tx.save(run);
  });
  for (const key of old) await ports.storage.remove(key);
  return (await withMetrics(ports, [saved]))[0]!;
}

function apply(run: RunEntity, change: RunChange): void {
  const name = change.run_name ?? change.name;
  if (name !== undefined) run.name = givenName(name);
  const description = change.run_description === undefined ? change.description : change.run_description;
  if (description !== undefined) run.description = description;
  run.parameters = change.parameters ?? run.parameters;
  run.optimizer_name = change.optimizer ?? change.optimizer_name ?? run.optimizer_name;
  run.optimizer_parameters = change.optimizer_parameters ?? run.optimizer_parameters;
  run.goal_metric = change.goal_metric ?? run.goal_metric;
  if (change.nested !== undefined) run.nested = change.nested;
}
