import { resolveParameters, type TrainingPlan } from '#contract';
import { DatasetEntity, ModelSessionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import { sessionPlan } from '../model-session/session-plan.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { nestedChoice } from './nested-choice.js';

/** A run with what its trials and its training have in common. @throws AppError the not-found codes of the rows, as `nestedChoice`. */
export async function trainingPlan(
  { db, catalogue }: Ports,
  runId: number,
): Promise<{ run: RunEntity; plan: TrainingPlan }> {
  const run = await rowById(db.manager, RunEntity, runId, 'run-not-found');
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const dataset = await rowById(db.manager, DatasetEntity, session.dataset_id, 'dataset-not-found');
  const { search } = resolveParameters(catalogue.get(run.model_name, 'Model').fields, run.parameters);
  const plan = {
    tableKey: tableKey(dataset.file_path),
    session: sessionPlan(session, catalogue),
    model: { component: run.model_name, params: run.parameters },
    optimizer:
      Object.keys(search).length === 0
        ? null
        : { component: run.optimizer_name, params: run.optimizer_parameters, goalMetric: run.goal_metric },
    nested: nestedChoice(run.nested, session, catalogue),
  };
  return { run, plan };
}
