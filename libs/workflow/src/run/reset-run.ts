import type { EntityManager } from 'typeorm';

import type { WireRunWithMetrics } from '#contract';
import { AppError, STATUS } from '#contract';
import { RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { lockedRow } from '../rows.js';
import { filesOf } from './run-files.js';
import { withMetrics } from './with-metrics.js';

/** The columns of a run that was never trained. */
const UNTRAINED = {
  status: STATUS.notStarted,
  delivery_time: null,
  start_time: null,
  end_time: null,
  split_indexes: null,
  split_sizes: null,
  artifacts: null,
  run_path: null,
  plot_history_path: null,
  plot_slice_path: null,
  plot_contour_path: null,
  plot_importance_path: null,
} as const;

/** Returns a run to not started: times, metrics, state and plots go. @throws AppError `run-not-found`, `entity-busy` while it trains. */
export async function resetRun(ports: Ports, id: number): Promise<WireRunWithMetrics> {
  let old: readonly string[] = [];
  const run = await ports.db.transaction(async (tx) => {
    const row = await lockIdleRun(tx, id);
    old = await untrain(ports, tx, row);
    return tx.save(row);
  });
  for (const key of old) await ports.storage.remove(key);
  return (await withMetrics(ports, [run]))[0]!;
}

/** Clears a locked run inside a transaction of its caller, who afterwards removes the files whose keys are answered: these and no
 * others, for the run may be training again by then. */
export async function untrain(ports: Ports, tx: EntityManager, run: RunEntity): Promise<readonly string[]> {
  const files = filesOf(run);
  Object.assign(run, UNTRAINED);
  await ports.tracking.clear(run.id, tx);
  return files;
}

/** The run, locked for this transaction. @throws AppError `run-not-found`, `entity-busy` while a job works on it. */
export async function lockIdleRun(tx: EntityManager, id: number): Promise<RunEntity> {
  const run = await lockedRow(tx, { entity: RunEntity, id, missing: 'run-not-found' });
  if (run.status === STATUS.delivered || run.status === STATUS.started) throw new AppError('entity-busy', { id });
  return run;
}
