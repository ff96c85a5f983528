import type { Caller } from '#contract';
import type { TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';
import { finishRun } from './change-run.js';
import { matyanProject, matyanRun } from './matyan-project.js';

const OK = { status: 'OK' } as const;

/** @throws AppError `tracked-run-not-found`. */
export async function removeMatyanRun(
  ports: Ports,
  caller: Caller,
  hash: string,
): Promise<{ id: string; status: 'OK' }> {
  const run = await matyanRun(ports, caller, hash);
  await ports.tracked.runs.remove([run.id]);
  return { id: hash, ...OK };
}

/** Deletes runs; unknown ones are skipped. */
export async function removeMatyanRuns(ports: Ports, caller: Caller, hashes: readonly string[]): Promise<typeof OK> {
  const runs = await knownRuns(ports, caller, hashes);
  await ports.tracked.runs.remove(runs.map(({ id }) => id));
  return OK;
}

/** Ends those that have not; unknown ones are skipped. */
export async function finishMatyanRuns(ports: Ports, caller: Caller, hashes: readonly string[]): Promise<typeof OK> {
  for (const run of await knownRuns(ports, caller, hashes)) await finishRun(ports, run);
  return OK;
}

/** Archives runs or takes them back; unknown ones are skipped. */
export async function archiveMatyanRuns(
  ports: Ports,
  caller: Caller,
  { hashes, archived }: { readonly hashes: readonly string[]; readonly archived: boolean },
): Promise<typeof OK> {
  for (const run of await knownRuns(ports, caller, hashes)) await ports.tracked.runs.change(run.id, { archived });
  return OK;
}

/** Lets a deleted run be written again; what it held does not come back. */
export async function clearMatyanTombstone(ports: Ports, caller: Caller, hash: string): Promise<null> {
  await ports.tracked.clearTombstone(await matyanProject(ports, caller), hash);
  return null;
}

async function knownRuns(ports: Ports, caller: Caller, hashes: readonly string[]): Promise<TrackedRun[]> {
  const projectId = await matyanProject(ports, caller);
  const found: TrackedRun[] = [];
  for (const hash of new Set(hashes)) {
    const run = await ports.tracked.runs.find(projectId, hash);
    if (run) found.push(run);
  }
  return found;
}
