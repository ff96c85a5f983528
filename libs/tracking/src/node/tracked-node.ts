import type { DataSource, EntityManager } from 'typeorm';

/** A connection, or a transaction on one. */
export type Asked = Pick<DataSource | EntityManager, 'query'>;

/** Kinds of nodes in the tree of a project. */
export type TrackedNodeKind = 'FOLDER' | 'EXPERIMENT' | 'FILE';

/** A folder, an experiment or a file. Names and paths are logical: no file of the server is found by them. */
export interface TrackedNode {
  readonly id: number;
  readonly projectId: number;
  readonly kind: TrackedNodeKind;
  readonly parentId: number | null;
  /** The run it shows or belongs to; null for folders of the project. */
  readonly runId: number | null;
  /** An experiment's is its run's. */
  readonly name: string;
  /** Names above it: from the project, or from the experiment for what lies in one; empty at the top. */
  readonly path: string;
  readonly blob: TrackedNodeBlob | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly bindrs: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly created: Date;
  readonly lastModified: Date;
  readonly deleted: Date | null;
}
/** Where a file's bytes lie, and what they are. */
export interface TrackedNodeBlob {
  readonly id: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly storageKey: string;
}

/** What a query of `NODE` answers; `bigint` columns arrive as text. */
interface NodeRow extends Omit<TrackedNode, 'blob'> {
  readonly blobId: number | null;
  readonly sha256: string;
  readonly sizeBytes: string;
  readonly contentType: string;
  readonly storageKey: string;
}

/** Columns of a node; the tables are `n`, `b` and `r`. */
export const NODE = `n.id, n.project_id AS "projectId", n.kind, n.parent_id AS "parentId", n.run_id AS "runId",
  CASE WHEN n.kind = 'EXPERIMENT' THEN r.name ELSE n.name END AS name, n.path,
  CASE WHEN n.kind = 'EXPERIMENT' THEN r.description ELSE n.description END AS description,
  coalesce(CASE WHEN n.kind = 'EXPERIMENT' THEN r.tags ELSE n.tags END, '{}') AS tags,
  coalesce(CASE WHEN n.kind = 'EXPERIMENT' THEN r.bindrs ELSE n.bindrs END, '{}') AS bindrs,
  CASE WHEN n.kind = 'EXPERIMENT' THEN r.metadata ELSE n.metadata END AS metadata,
  n.created, n.last_modified AS "lastModified", n.deleted_at AS deleted,
  b.id AS "blobId", encode(b.sha256, 'hex') AS sha256, b.size AS "sizeBytes", b.content_type AS "contentType", b.storage_key AS "storageKey"`;
/** Where they come from; nodes of deleted runs and projects are not there. */
export const NODES = `tracked_node n
  JOIN tracked_project p ON p.id = n.project_id AND p.deleted_at IS NULL
  LEFT JOIN tracked_blob b ON b.id = n.blob_id
  LEFT JOIN tracked_run r ON r.id = n.run_id`;
export const STANDING = `n.deleted_at IS NULL AND (n.run_id IS NULL OR r.deleted_at IS NULL)`;

/** The rows of such a query as nodes. */
export async function askNodes(db: Asked, sql: string, values: readonly unknown[]): Promise<TrackedNode[]> {
  const rows = await db.query<NodeRow[]>(sql, [...values]);
  return rows.map(({ blobId, sha256, sizeBytes, contentType, storageKey, ...node }) => ({
    ...node,
    blob: blobId === null ? null : { id: blobId, sha256, sizeBytes: Number(sizeBytes), contentType, storageKey },
  }));
}

/** One node that was not deleted. */
export async function findNode(db: Asked, id: number): Promise<TrackedNode | undefined> {
  const [node] = await askNodes(db, `SELECT ${NODE} FROM ${NODES} WHERE n.id = $1 AND ${STANDING}`, [id]);
  return node;
}
