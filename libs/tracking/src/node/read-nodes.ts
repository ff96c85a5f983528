import { type Asked, askNodes, NODE, NODES, STANDING, type TrackedNode } from './tracked-node.js';

/** A part of a project's tree. */
export interface Subtree {
  readonly projectId: number;
  /** Null for the top. */
  readonly parentId: number | null;
  readonly depth: number;
  /** Rows at the most; one more is read, so that the caller sees that there are more. */
  readonly limit: number;
  /** Without what lies in experiments. */
  readonly outside?: boolean;
}

/** A node and those below it down to a depth, in one recursive statement; by depth, then name. */
export function readSubtree(
  db: Asked,
  { projectId, parentId, depth, limit, outside = false }: Subtree,
): Promise<TrackedNode[]> {
  const top = parentId === null ? 'n.parent_id IS NULL' : 'n.parent_id = $4';
  const sql = `WITH RECURSIVE tree (id, depth) AS (
      SELECT n.id, 1 FROM tracked_node n WHERE n.project_id = $1 AND ${top} AND n.deleted_at IS NULL
      UNION ALL
      SELECT n.id, tree.depth + 1 FROM tracked_node n JOIN tree ON n.parent_id = tree.id
      WHERE tree.depth < $2 AND n.deleted_at IS NULL${outside ? OUTSIDE : ''})
    SELECT ${NODE} FROM tree JOIN ${NODES.replace('tracked_node n', 'tracked_node n ON n.id = tree.id')}
    WHERE ${STANDING} ORDER BY tree.depth, name, n.id LIMIT $3`;
  return askNodes(db, sql, [projectId, depth, limit + 1, ...(parentId === null ? [] : [parentId])]);
}

const OUTSIDE = ` AND (n.run_id IS NULL OR n.kind = 'EXPERIMENT')`;

/** Up to `limit` files of each run, by path and name. */
export function readFiles(db: Asked, runIds: readonly number[], limit: number, offset = 0): Promise<TrackedNode[]> {
  return askNodes(
    db,
    `SELECT ${NODE} FROM unnest($1::integer[]) AS of(run_id) CROSS JOIN LATERAL (
       SELECT f.* FROM tracked_node f WHERE f.run_id = of.run_id AND f.kind = 'FILE' AND f.deleted_at IS NULL
       ORDER BY f.path, f.name, f.id LIMIT $2 OFFSET $3) n
     LEFT JOIN tracked_blob b ON b.id = n.blob_id LEFT JOIN tracked_run r ON r.id = n.run_id
     ORDER BY n.run_id, n.path, n.name, n.id`,
    [runIds, limit, offset],
  );
}

/** How many files each run has; absent: none. */
export async function countFiles(db: Asked, runIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: string }[]>(
    `SELECT run_id AS id, count(*) FROM tracked_node WHERE run_id = ANY($1) AND kind = 'FILE' AND deleted_at IS NULL GROUP BY 1`,
    [runIds],
  );
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

/** Which files are looked for. */
export interface FileSearch {
  /** A POSIX expression over the path with the name. */
  readonly expression: string;
  readonly runId?: number | undefined;
  /** The one project to look in; null for all. */
  readonly projectId: number | null;
  readonly offset: number;
  readonly limit: number;
}

/** Files whose path, from their experiment and with their name, matches; the newest first. */
export function findFiles(db: Asked, search: FileSearch): Promise<TrackedNode[]> {
  return askNodes(
    db,
    `SELECT ${NODE} FROM ${NODES} WHERE n.kind = 'FILE' AND ${STANDING}
       AND ($2::integer IS NULL OR n.run_id = $2) AND ($3::integer IS NULL OR n.project_id = $3)
       AND (CASE WHEN n.path = '' THEN n.name ELSE n.path || '/' || n.name END) ~ $1
     ORDER BY n.id DESC LIMIT $4 OFFSET $5`,
    [search.expression, search.runId ?? null, search.projectId, search.limit, search.offset],
  );
}
