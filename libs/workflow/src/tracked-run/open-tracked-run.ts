import type { Caller, NewTrackedRun, WireTrackedRun } from '#contract';

import type { Ports } from '../ports.js';
import { ownProject } from './tracked-run-scope.js';
import { wireTrackedRun } from './wire-tracked-run.js';

/** Opens a run to log to, or finds the one of this id. @throws AppError `tracked-run-gone`, `tracked-project-not-found`, `tracked-limit-passed`. */
export async function openTrackedRun(ports: Ports, caller: Caller, given: NewTrackedRun): Promise<WireTrackedRun> {
  const { id: projectId } = await ownProject(ports, caller, given);
  const { tracked, db } = ports;
  const run = await db.transaction(async (tx) => {
    const opened = await tracked.runs.open(
      {
        projectId,
        source: 'api',
        name: given.name,
        folder: given.folder,
        description: given.description ?? null,
        tags: given.tags,
        owner: caller.user,
        ...(given.ext_id === undefined ? {} : { extId: given.ext_id }),
      },
      tx,
    );
    if (opened.created && given.params) await tracked.params.replace(opened.run.id, [], given.params, tx);
    return opened.run;
  });
  return wireTrackedRun(run);
}
