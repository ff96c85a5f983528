import type { Caller, FileAnswer, InputOf, mlDashRoutes } from '#contract';
import { findFiles } from '#tracking';

import type { Ports } from '../ports.js';
import { globExpression } from './glob.js';
import { checkKind, visibleNode, visibleRun } from './visible.js';
import { pathOf } from './wire-ml-dash.js';

/** A file's bytes. @throws AppError `tracked-node-not-found`, `tracked-node-misplaced` for what is no file. */
export async function downloadFile(ports: Ports, caller: Caller, id: number): Promise<FileAnswer> {
  const { blob, name } = checkKind(await visibleNode(ports, caller, id), 'FILE');
  return {
    content: await ports.storage.read(blob!.storageKey),
    filename: name,
    mediaType: safeType(blob!.contentType),
  };
}

/** A type that went through a form is shown again only when it is plainly one. */
const safeType = (type: string): string => (/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream');

/** Files whose path matches a glob. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function searchFiles(
  ports: Ports,
  caller: Caller,
  { pattern, experimentId, limit, offset }: InputOf<typeof mlDashRoutes.search>['query'],
): Promise<{ files: { id: string; name: string; path: string; experimentId: string | null }[] }> {
  if (experimentId !== undefined) await visibleRun(ports, caller, experimentId);
  const found = await findFiles(ports.db, {
    expression: globExpression(pattern.replace(/^\/+/, '')),
    runId: experimentId,
    projectId: caller.projectId,
    offset,
    limit,
  });
  const files = found.map((node) => ({
    id: `${node.id}`,
    name: node.name,
    path: pathOf(node),
    experimentId: node.runId === null ? null : `${node.runId}`,
  }));
  return { files };
}
