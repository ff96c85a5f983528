import { AppError, type Caller } from '#contract';
import type { TrackedProject, TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';

/** Who asks, and at which project's address. */
export interface SwanLabAt {
  readonly caller: Caller;
  /** `slug` or `namespace/slug`; absent at the plain address. */
  readonly projectSlug?: string | undefined;
}

/** The project that is asked about: the one of the address, of the token, or the caller's own. @throws AppError `tracked-project-not-found`. */
export async function projectAt({ tracked }: Ports, { caller, projectSlug }: SwanLabAt): Promise<TrackedProject> {
  if (projectSlug === undefined) {
    return caller.projectId === null
      ? tracked.projects.open(caller.user, 'default')
      : tracked.projects.get(caller.projectId);
  }
  const slash = projectSlug.indexOf('/');
  const namespace = slash < 0 ? caller.user : projectSlug.slice(0, slash);
  const project = await tracked.projects.find(namespace, projectSlug.slice(slash + 1));
  if (project === undefined || (caller.projectId !== null && caller.projectId !== project.id)) {
    throw new AppError('tracked-project-not-found', { name: projectSlug });
  }
  return project;
}

/** A run with its project, where the asker may see it. @throws AppError `tracked-run-not-found`, `tracked-project-not-found`. */
export async function experimentAt(
  ports: Ports,
  at: SwanLabAt,
  id: number,
): Promise<{ run: TrackedRun; project: TrackedProject }> {
  const run = await ports.tracked.runs.get(id).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'tracked-run-gone' ? notFound(id) : error;
  });
  const project = await ports.tracked.projects.get(run.projectId);
  const { caller, projectSlug } = at;
  if (caller.projectId !== null && caller.projectId !== project.id) throw notFound(id);
  if (projectSlug !== undefined && (await projectAt(ports, at)).id !== project.id) throw notFound(id);
  return { run, project };
}

const notFound = (id: number): AppError => new AppError('tracked-run-not-found', { id });
