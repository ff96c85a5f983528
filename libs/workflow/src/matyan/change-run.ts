import type { Caller } from '#contract';
import type { RunPatch, Tx } from '#tracking';

import type { Ports } from '../ports.js';
import { matyanRun } from './matyan-project.js';

/** What a client may say about a run; null and absent change nothing. */
export interface MatyanRunChange {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly archived?: boolean | null | undefined;
  /** By name; made on its first mention. */
  readonly experiment?: string | null | undefined;
}

/** Writes what the change names. */
export async function applyRunChange(
  { tracked, db }: Ports,
  run: { readonly id: number; readonly projectId: number },
  { name, description, archived, experiment }: MatyanRunChange,
  given?: Tx,
): Promise<void> {
  const change = async (tx: NonNullable<Tx>): Promise<void> => {
    const groupId = experiment ? await tracked.groups.open(run.projectId, experiment, tx) : undefined;
    const patch: RunPatch = {
      ...(name ? { name } : {}),
      ...(description == null ? {} : { description }),
      ...(archived == null ? {} : { archived }),
      ...(groupId === undefined ? {} : { groupId }),
    };
    if (Object.keys(patch).length > 0) await tracked.runs.change(run.id, patch, tx);
  };
  await (given ? change(given) : db.transaction(change));
}

/** @throws AppError `tracked-run-not-found`. */
export async function changeMatyanRun(
  ports: Ports,
  caller: Caller,
  hash: string,
  change: MatyanRunChange & { readonly active?: boolean | null | undefined },
): Promise<{ id: string; status: 'OK' }> {
  const run = await matyanRun(ports, caller, hash);
  await applyRunChange(ports, run, change);
  if (change.active === true) await ports.tracked.runs.setStatus(run.id, 'running');
  if (change.active === false) await finishRun(ports, run);
  return { id: hash, status: 'OK' };
}

/** Ends a run that has not ended; of others nothing changes. */
export async function finishRun(
  { tracked }: Ports,
  run: { id: number; status: string; lastSeen: Date },
): Promise<void> {
  if (run.status === 'running' || run.status === 'queued') await tracked.runs.setStatus(run.id, 'completed');
  // Whoever says that a lost run ended says no more than when it was last heard of.
  else if (run.status === 'lost') await tracked.runs.setStatus(run.id, 'completed', { endedAt: run.lastSeen });
}
