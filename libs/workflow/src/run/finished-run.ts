import type { EntityManager } from 'typeorm';

import { AppError, STATUS } from '#contract';
import { DatasetEntity, ModelSessionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import { rowById } from '../rows.js';
import { splitsKey } from './run-files.js';

/** A run whose training has finished. @throws AppError `run-not-found`, `run-not-finished`. */
export async function finishedRun(manager: EntityManager, id: number): Promise<RunEntity> {
  const run = await rowById(manager, RunEntity, id, 'run-not-found');
  if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id });
  return run;
}

/**
 * The session of a run and the keys of its state, of the table it learnt from and of the rows of its parts.
 * @throws AppError `run-not-found`, `run-not-finished` without a state.
 */
export async function trainedRun(manager: EntityManager, id: number) {
  const run = await rowById(manager, RunEntity, id, 'run-not-found');
  const { run_path: stateKey } = run;
  if (stateKey === null) throw new AppError('run-not-finished', { id });
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const dataset = await rowById(manager, DatasetEntity, session.dataset_id, 'dataset-not-found');
  return { session, stateKey, tableKey: tableKey(dataset.file_path), splitsKey: splitsKey(stateKey) };
}
