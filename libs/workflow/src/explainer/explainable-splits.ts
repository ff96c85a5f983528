import { AppError, STATUS } from '#contract';
import { RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { namedSplits, splitSizes } from '../run/run-files.js';

/** Parts of the rows of a run that can be explained, `all` last. @throws AppError `run-not-found`, `run-not-finished`. */
export async function explainableSplits(
  { db, storage }: Ports,
  runId: number,
): Promise<{ splits: { name: string; rows: number }[] }> {
  const run = await rowById(db.manager, RunEntity, runId, 'run-not-found');
  if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: runId });
  return { splits: namedSplits(await splitSizes(storage, run)) };
}
