import type { Ports } from '../ports.js';
import { finishedRun } from '../run/finished-run.js';
import { namedSplits, splitSizes } from '../run/run-files.js';

/** Parts of the rows of a run that can be explained, `all` last. @throws AppError `run-not-found`, `run-not-finished`. */
export async function explainableSplits(
  { db, storage }: Ports,
  runId: number,
): Promise<{ splits: { name: string; rows: number }[] }> {
  const run = await finishedRun(db.manager, runId);
  return { splits: namedSplits(await splitSizes(storage, run)) };
}
