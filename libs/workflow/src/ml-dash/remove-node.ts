import { AppError, type Caller } from '#contract';
import { countNodes, removeNode } from '#tracking';

import type { Ports } from '../ports.js';
import { checkWritable, visibleNode, visibleProject } from './visible.js';

/** Deletes a node with all below it, softly. @throws AppError `tracked-node-not-found`, `tracked-run-protected` for a file of a sealed run. */
export async function deleteNode(ports: Ports, caller: Caller, id: number): Promise<{ id: string; deletedAt: string }> {
  const node = await visibleNode(ports, caller, id);
  if (node.kind !== 'EXPERIMENT' && node.runId !== null) checkWritable(await ports.tracked.runs.get(node.runId));
  const deletedAt = await ports.db.transaction(async (tx) => {
    const gone = await removeNode(tx, id);
    await ports.tracked.runs.remove(gone.runIds, tx);
    return gone.deletedAt;
  });
  return { id: `${id}`, deletedAt: deletedAt.toISOString() };
}

/** Deletes a project with its experiments, softly. @throws AppError `tracked-project-not-found`, `forbidden` for a token of one project. */
export async function deleteProject(
  ports: Ports,
  caller: Caller,
  id: number,
): Promise<{ projectId: string; deleted: number; experiments: number; message: string }> {
  const project = await visibleProject(ports, caller, id);
  // Its bearer may fill the project; the token would go with it.
  if (caller.projectId !== null) throw new AppError('forbidden');
  const deleted = await countNodes(ports.db, id);
  const experiments = await ports.tracked.projects.remove(id);
  return {
    projectId: `${id}`,
    deleted,
    experiments,
    message: `Project ${project.namespace}/${project.slug} was deleted`,
  };
}
