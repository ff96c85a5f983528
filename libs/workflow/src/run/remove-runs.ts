import { In } from 'typeorm';

import { RunEntity } from '#persistence';
import { runKey } from '#storage';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { removeOperationsOf } from './run-operations.js';

/** Deletes one run. @throws AppError `run-not-found`. */
export async function removeRun(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, RunEntity, id, 'run-not-found');
  return removeRuns(ports, [id]);
}

/** Stops what works on these runs, deletes their rows with all that hangs on them, then their files. */
export async function removeRuns(ports: Ports, ids: readonly number[]): Promise<null> {
  const { manager } = ports.db;
  await cancelJobsOf(ports, 'run', ids);
  await removeOperationsOf(ports, ids);
  await manager.delete(RunEntity, { id: In([...ids]) });
  for (const id of ids) await ports.storage.remove(runKey(id));
  return null;
}
