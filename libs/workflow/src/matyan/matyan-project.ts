import type { Caller } from '#contract';
import type { TrackedRun } from '#tracking';
import { AppError } from '#contract';

import type { Ports } from '../ports.js';

/** The project a caller of this client works in, which names none: its own, or `local/default`. */
export async function matyanProject({ tracked }: Pick<Ports, 'tracked'>, { projectId }: Caller): Promise<number> {
  return projectId ?? (await tracked.projects.open('local', 'default')).id;
}

/** The run a caller knows by this hash. @throws AppError `tracked-run-not-found`. */
export async function matyanRun(ports: Pick<Ports, 'tracked'>, caller: Caller, hash: string): Promise<TrackedRun> {
  const run = await ports.tracked.runs.find(await matyanProject(ports, caller), hash);
  if (!run) throw new AppError('tracked-run-not-found', { id: hash });
  return run;
}
