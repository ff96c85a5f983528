import type { Caller, TrackedRunChange, WireTrackedRun } from '#contract';

import type { Ports } from '../ports.js';
import { visibleRun } from './tracked-run-scope.js';
import { wireTrackedRun } from './wire-tracked-run.js';

/** Changes, archives or ends a run, all of it or nothing. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function changeTrackedRun(
  ports: Ports,
  caller: Caller,
  id: number,
  { tags, status, name, description, archived }: TrackedRunChange,
): Promise<WireTrackedRun> {
  await visibleRun(ports, caller, id);
  const { runs } = ports.tracked;
  await ports.db.transaction(async (tx) => {
    if (tags) await runs.setTags(id, tags, tx);
    if (status) await runs.setStatus(id, status, {}, tx);
    await runs.change(
      id,
      {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(archived === undefined ? {} : { archived }),
      },
      tx,
    );
  });
  return wireTrackedRun(await runs.get(id));
}

/** Deletes a run. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function removeTrackedRun(ports: Ports, caller: Caller, id: number): Promise<null> {
  await visibleRun(ports, caller, id);
  await ports.tracked.runs.remove([id]);
  return null;
}

/** Deletes those of the runs that are there and the caller may see. */
export async function removeTrackedRuns(
  { tracked }: Ports,
  { projectId }: Caller,
  ids: readonly number[],
): Promise<{ removed: number[] }> {
  const scope = projectId === null ? {} : { projectId };
  const { runs } = await tracked.runs.list({ ids, limit: Math.max(ids.length, 1), ...scope });
  return { removed: await tracked.runs.remove(runs.map(({ id }) => id)) };
}
