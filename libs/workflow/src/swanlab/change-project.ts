import { AppError } from '#contract';

import type { Ports } from '../ports.js';
import { success } from './swan-answer.js';
import { projectAt, type SwanLabAt } from './swanlab-scope.js';

/** Changes name and description. @throws AppError `tracked-project-not-found`. */
export async function changeSwanProject(
  { tracked, ...ports }: Ports,
  at: SwanLabAt,
  given: { name: string; description?: string | null | undefined },
) {
  const { id, description: before } = await projectAt({ tracked, ...ports }, at);
  const change = { name: given.name, description: given.description === undefined ? before : given.description };
  const { name, description } = await tracked.projects.change(id, change);
  return success({ updates: { name, description } });
}

/** Deletes a project with its runs. @throws AppError `tracked-project-not-found`, `tracked-run-busy` while one of them runs. */
export async function removeSwanProject(ports: Ports, at: SwanLabAt) {
  const { id } = await projectAt(ports, at);
  const running = await ports.tracked.runs.list({ projectId: id, statuses: ['queued', 'running'], limit: 0 });
  if (running.total > 0) throw new AppError('tracked-run-busy');
  await ports.tracked.projects.remove(id);
  return success({});
}
