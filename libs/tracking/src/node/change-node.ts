import { storableJson } from '../store/limits.js';
import { type Asked, findNode, type TrackedNode } from './tracked-node.js';

/** Words about a node; absent ones stay. */
export interface NodePatch {
  readonly description?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly bindrs?: readonly string[] | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Changes what describes a folder or a file; undefined when it is gone. @throws AppError `tracked-limit-passed`. */
export async function changeNode(db: Asked, id: number, patch: NodePatch): Promise<TrackedNode | undefined> {
  const { metadata } = patch;
  const given = Object.entries<unknown>({ ...patch, metadata: metadata && storableJson('metadata', metadata) }).filter(
    ([, value]) => value !== undefined,
  );
  const columns = given.map(([name], index) => `${COLUMNS[name as keyof NodePatch]} = $${index + 2}`);
  await db.query(
    `UPDATE tracked_node SET ${[...columns, 'last_modified = now()'].join(', ')} WHERE id = $1 AND deleted_at IS NULL`,
    [id, ...given.map(([, value]) => value)],
  );
  return findNode(db, id);
}
const COLUMNS: Readonly<Record<keyof NodePatch, string>> = {
  description: 'description',
  tags: 'tags',
  bindrs: 'bindrs',
  metadata: 'metadata',
};

/** Deletes a node and all below it, softly; answers the runs that lie there, for the store to delete. */
export async function removeNode(db: Asked, id: number): Promise<{ deletedAt: Date; runIds: number[] }> {
  const gone = await db.query<{ kind: string; run_id: number | null; deleted_at: Date }[]>(
    `WITH RECURSIVE tree (id) AS (
       SELECT id FROM tracked_node WHERE id = $1
       UNION ALL SELECT n.id FROM tracked_node n JOIN tree ON n.parent_id = tree.id),
     gone AS (UPDATE tracked_node n SET deleted_at = now() FROM tree WHERE n.id = tree.id AND n.deleted_at IS NULL
       RETURNING n.kind, n.run_id, n.deleted_at)
     SELECT * FROM gone`,
    [id],
  );
  return {
    deletedAt: gone[0]?.deleted_at ?? new Date(),
    runIds: gone.flatMap(({ kind, run_id }) => (kind === 'EXPERIMENT' && run_id !== null ? [run_id] : [])),
  };
}

/** How many nodes of a project are not deleted. */
export async function countNodes(db: Asked, projectId: number): Promise<number> {
  const [row] = await db.query<[{ count: string }]>(
    `SELECT count(*) FROM tracked_node WHERE project_id = $1 AND deleted_at IS NULL`,
    [projectId],
  );
  return Number(row.count);
}
