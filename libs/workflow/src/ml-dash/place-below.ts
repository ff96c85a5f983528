import { AppError, type Caller } from '#contract';
import { openExperimentNode, type TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';
import { visibleNode } from './visible.js';
import { pathOf } from './wire-ml-dash.js';

/** Where a new node is to lie. */
interface Wanted {
  readonly projectId: number;
  /** The experiment it is to lie in, when one was named. */
  readonly run: TrackedRun | undefined;
  /** `ROOT` or nothing: at the top of the experiment, else of the project. */
  readonly parentId: number | 'ROOT' | null | undefined;
}
/** Such a place, without a name. */
interface Below {
  readonly projectId: number;
  readonly parentId: number | null;
  readonly runId: number | null;
  readonly path: string;
}

/**
 * The place below a parent, which has to lie in the same project and, if it lies in one, in the same experiment.
 * @throws AppError `tracked-node-not-found`, `tracked-node-misplaced` below a file.
 */
export async function placeBelow(ports: Ports, caller: Caller, { projectId, run, parentId }: Wanted): Promise<Below> {
  if (run !== undefined && run.projectId !== projectId) throw new AppError('tracked-run-not-found', { id: run.id });
  if (typeof parentId !== 'number') {
    if (run === undefined) return { projectId, parentId: null, runId: null, path: '' };
    const top = await openExperimentNode(ports.db, run);
    return { projectId, parentId: top.id, runId: run.id, path: '' };
  }
  const parent = await visibleNode(ports, caller, parentId);
  const elsewhere =
    parent.projectId !== projectId || (run !== undefined && parent.runId !== null && parent.runId !== run.id);
  if (elsewhere) throw new AppError('tracked-node-not-found', { id: parentId });
  if (parent.kind === 'FILE') {
    throw new AppError('tracked-node-misplaced', { id: parentId, kind: parent.kind, expected: 'FOLDER' });
  }
  const path = parent.kind === 'EXPERIMENT' ? '' : pathOf(parent);
  // A folder of the project as parent of an experiment's file: the file still belongs to the experiment.
  if (run !== undefined && parent.runId === null)
    return placeBelow(ports, caller, { projectId, run, parentId: 'ROOT' });
  return { projectId, parentId, runId: parent.runId, path };
}
