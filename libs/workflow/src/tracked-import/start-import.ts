import { AppError, type UploadedFile } from '#contract';
import type { TrackedProject } from '#tracking';

import { submitJob } from '../job/submit-job.js';
import type { Ports } from '../ports.js';
import { projectAt, type SwanLabAt } from '../swanlab/swanlab-scope.js';

/**
 * Submits the import of an uploaded log folder, into a project that is made when there is none of its name; the file belongs to the job.
 * @throws AppError `file-missing`, `tracked-project-not-found`, `tracked-limit-passed`.
 */
export async function startImport(
  ports: Ports,
  at: SwanLabAt,
  { file, requestId }: { file: UploadedFile | undefined; requestId: string },
): Promise<{ id: string }> {
  if (file === undefined) throw new AppError('file-missing');
  const project = await projectFor(ports, at);
  const kwargs = { project_id: project.id, upload: { key: file.key, filename: file.filename } };
  return submitJob(ports, { type: 'SwanlogJob', kwargs, id: file.id, requestId });
}

/** A bearer of a project's token makes no others. */
async function projectFor(ports: Ports, at: SwanLabAt): Promise<TrackedProject> {
  const { caller, projectSlug } = at;
  if (projectSlug === undefined || caller.projectId !== null) return projectAt(ports, at);
  const slash = projectSlug.indexOf('/');
  const namespace = slash < 0 ? caller.user : projectSlug.slice(0, slash);
  return ports.tracked.projects.open(namespace, projectSlug.slice(slash + 1));
}
