import { GraphQLError } from 'graphql';

import { openMissingNodes, readFiles, readSubtree, type TrackedNode } from '#tracking';

import { grouped } from '../grouped.js';
import { pathOf, wireFile, wireNode } from '../wire-ml-dash.js';
import type { Asking } from './loaders.js';
import { MAX_PAGE } from './query-cost.js';

/** Nodes one answer may hold. */
const MAX_NODES = 20_000;
const MAX_DEPTH = 25;
const DEFAULT_DEPTH = 10;

interface NodeField extends Omit<ReturnType<typeof wireNode>, 'status'> {
  readonly children: () => NodeField[];
}

/** The tree below a node of a project, read in one statement; what lies in experiments is left out where it would be too much. */
export async function resolveNodes(
  { ports }: Asking,
  projectId: number,
  { parentId = null, maxDepth = DEFAULT_DEPTH }: { parentId?: string | null; maxDepth?: number | null },
): Promise<NodeField[]> {
  await openMissingNodes(ports.db, projectId);
  const depth = Math.min(MAX_DEPTH, Math.max(1, maxDepth ?? DEFAULT_DEPTH));
  const top = parentId === null || parentId === 'ROOT' ? null : idOf(parentId);
  if (top === undefined) return [];
  const part = { projectId, parentId: top, depth, limit: MAX_NODES };
  let nodes = await readSubtree(ports.db, part);
  if (nodes.length > MAX_NODES) nodes = await readSubtree(ports.db, { ...part, outside: true });
  if (nodes.length > MAX_NODES) {
    throw new GraphQLError(
      `The project has more than ${MAX_NODES} nodes: ask for a folder's with parentId, or a smaller maxDepth`,
    );
  }
  const below = grouped(nodes, ({ parentId: of }) => of);
  const fieldOf = (node: TrackedNode): NodeField => ({
    ...wireNode(node),
    children: () => (below.get(node.id) ?? []).map(fieldOf),
  });
  return (below.get(top) ?? []).map(fieldOf);
}

/** One node without its tree; children are asked for in the project. */
export const nodeField = (node: TrackedNode): NodeField => ({ ...wireNode(node), children: () => [] });

/** A file of an experiment. */
export const fileField = (node: TrackedNode) => ({
  id: `${node.id}`,
  name: node.name,
  path: pathOf(node),
  pPath: pathOf(node),
  description: node.description,
  tags: node.tags,
  metadata: node.metadata,
  createdAt: node.created.toISOString(),
  updatedAt: node.lastModified.toISOString(),
  physicalFile: wireFile(node),
});

/** A page of an experiment's files. */
export async function resolveFiles({ ports, fileCount }: Asking, runId: number, asked: Paging) {
  const { limit, offset } = pageOf(asked);
  const [files, totalCount] = await Promise.all([readFiles(ports.db, [runId], limit, offset), fileCount.load(runId)]);
  return { files: files.map(fileField), totalCount, hasMore: offset + files.length < totalCount };
}

/** Arguments of a page. */
export interface Paging {
  readonly limit: number;
  readonly offset: number;
}
/** Within bounds: a larger page is cut, and `hasMore` says so. */
export function pageOf({ limit, offset }: Paging): Paging {
  if (limit < 0 || offset < 0) throw new GraphQLError('limit and offset start at 0');
  return { limit: Math.min(limit, MAX_PAGE), offset };
}

/** An id as clients send it; undefined for what is none of ours. */
export function idOf(text: string): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : undefined;
}
