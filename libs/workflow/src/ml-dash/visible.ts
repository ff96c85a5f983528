import { AppError, type Caller } from '#contract';
import { findNode, type TrackedNode, type TrackedProject, type TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';

/** A run the caller may see. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function visibleRun({ tracked }: Ports, caller: Caller, id: number): Promise<TrackedRun> {
  const run = await tracked.runs.get(id);
  if (!sees(caller, run.projectId)) throw new AppError('tracked-run-not-found', { id });
  return run;
}

/** A run the caller may write to; one that has ended takes late data. @throws AppError as {@link visibleRun}, `tracked-run-protected`. */
export async function writableRun(ports: Ports, caller: Caller, id: number): Promise<TrackedRun> {
  return checkWritable(await visibleRun(ports, caller, id));
}

/** Write protection begins when the run has ended: until then its client fills it. @throws AppError `tracked-run-protected`. */
export function checkWritable(run: TrackedRun): TrackedRun {
  if (isSealed(run)) throw new AppError('tracked-run-protected', { id: run.id });
  return run;
}
/** Write-protected, and ended. */
export const isSealed = ({ writeProtected, status }: TrackedRun): boolean =>
  writeProtected && (status === 'completed' || status === 'failed' || status === 'cancelled');

/** A project the caller may see. @throws AppError `tracked-project-not-found`. */
export async function visibleProject({ tracked }: Ports, caller: Caller, id: number): Promise<TrackedProject> {
  if (!sees(caller, id)) throw new AppError('tracked-project-not-found', { name: id });
  return tracked.projects.get(id);
}

/** Get or create; a caller bound to one project gets that one only. @throws AppError `tracked-project-not-found`. */
export async function openProject(
  { tracked }: Ports,
  caller: Caller,
  namespace: string,
  slug: string,
): Promise<TrackedProject> {
  if (caller.projectId === null) return tracked.projects.open(namespace, slug);
  const project = await tracked.projects.find(namespace, slug);
  if (project?.id !== caller.projectId)
    throw new AppError('tracked-project-not-found', { name: `${namespace}/${slug}` });
  return project;
}

/** A node the caller may see. @throws AppError `tracked-node-not-found`. */
export async function visibleNode({ db }: Ports, caller: Caller, id: number): Promise<TrackedNode> {
  const node = await findNode(db, id);
  if (node === undefined || !sees(caller, node.projectId)) throw new AppError('tracked-node-not-found', { id });
  return node;
}

/** @throws AppError `tracked-node-misplaced` unless the node is of this kind. */
export function checkKind(node: TrackedNode, expected: TrackedNode['kind']): TrackedNode {
  if (node.kind === expected) return node;
  throw new AppError('tracked-node-misplaced', { id: node.id, kind: node.kind, expected });
}

/** Whether the caller may see what belongs to this project. */
export const sees = ({ projectId }: Caller, id: number): boolean => projectId === null || projectId === id;
