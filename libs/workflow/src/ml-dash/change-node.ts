import { AppError, type Caller, type InputOf, type mlDashRoutes, type WireMlDashNode } from '#contract';
import { changeNode, type TrackedNode, type TrackedStatus } from '#tracking';

import type { Ports } from '../ports.js';
import { checkWritable, isSealed, visibleNode } from './visible.js';
import { wireNode } from './wire-ml-dash.js';

type Patch = InputOf<typeof mlDashRoutes.change>['body'];
const STATUSES = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} as const satisfies Record<string, TrackedStatus>;

/** A node. @throws AppError `tracked-node-not-found`. */
export async function readNode(ports: Ports, caller: Caller, id: number): Promise<WireMlDashNode> {
  return withStatus(ports, await visibleNode(ports, caller, id));
}

/**
 * Changes an experiment's status, or words about a node.
 * @throws AppError `tracked-node-not-found`, `tracked-node-misplaced` for the status of a folder or a file, `tracked-run-protected`.
 */
export async function patchNode(ports: Ports, caller: Caller, id: number, patch: Patch): Promise<WireMlDashNode> {
  const node = await visibleNode(ports, caller, id);
  if (node.kind === 'EXPERIMENT') return changeExperiment(ports, node, patch);
  if (patch.status !== undefined) {
    throw new AppError('tracked-node-misplaced', { id, kind: node.kind, expected: 'EXPERIMENT' });
  }
  if (node.runId !== null) checkWritable(await ports.tracked.runs.get(node.runId));
  const { description, tags, bindrs, metadata } = patch;
  const changed = await changeNode(ports.db, id, { description, tags, bindrs, metadata });
  if (changed === undefined) throw new AppError('tracked-node-not-found', { id });
  if (node.runId !== null) await ports.tracked.runs.touch(node.runId);
  return wireNode(changed);
}

async function changeExperiment(ports: Ports, node: TrackedNode, patch: Patch): Promise<WireMlDashNode> {
  const { runs } = ports.tracked;
  const id = node.runId!;
  const { status, description, metadata, tags, bindrs } = patch;
  const run = await runs.get(id);
  // A sealed run may be told again that it ended as it did.
  const same = status !== undefined && STATUSES[status] === run.status;
  const words = {
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(bindrs == null ? {} : { bindrs }),
  };
  const isWord = Object.keys(words).length > 0;
  if (isSealed(run) && !(same && !isWord && tags === undefined)) checkWritable(run);
  if (isWord) await runs.change(id, words);
  if (tags != null) await runs.setTags(id, tags);
  if (status !== undefined && !same) await runs.setStatus(id, STATUSES[status]);
  return readNodeAgain(ports, node.id);
}

const readNodeAgain = (ports: Ports, id: number): Promise<WireMlDashNode> => readNode(ports, EVERYBODY, id);
/** The caller was let through to this node already. */
const EVERYBODY: Caller = { user: '', projectId: null };

async function withStatus(ports: Ports, node: TrackedNode): Promise<WireMlDashNode> {
  const run = node.kind === 'EXPERIMENT' ? await ports.tracked.runs.get(node.runId!) : undefined;
  return wireNode(node, run?.status);
}
