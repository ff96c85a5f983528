import { AppError } from '#contract';

import { storableJson } from '../store/limits.js';
import { type Asked, askNodes, findNode, NODE, NODES, STANDING, type TrackedNode } from './tracked-node.js';

/** Where a node lies; the same place again is the same node. */
export interface NodePlace {
  readonly projectId: number;
  readonly parentId: number | null;
  readonly runId: number | null;
  readonly path: string;
  readonly name: string;
}
/** What lies there when it is a file. */
export interface NewFileNode extends NodePlace {
  readonly blobId: number;
  readonly description?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** Get or create, also for many who ask at once. @throws AppError `tracked-project-not-found` when it was deleted meanwhile. */
export async function openFolder(db: Asked, place: NodePlace): Promise<TrackedNode> {
  return openPlace(db, 'FOLDER', place);
}

/** Folders of a project along a path, made where they are missing; answers the last one's id, null for the empty path. */
export async function openPath(db: Asked, projectId: number, path: string): Promise<number | null> {
  let parentId: number | null = null;
  const above: string[] = [];
  for (const name of path.split('/').filter((part) => part !== '')) {
    const folder: TrackedNode = await openFolder(db, { projectId, parentId, runId: null, path: above.join('/'), name });
    parentId = folder.id;
    above.push(name);
  }
  return parentId;
}

/** The node that shows a run, below the folders of its path; made when the run came from elsewhere, moved when its folder changed. */
export async function openExperimentNode(db: Asked, run: RunPlace): Promise<TrackedNode> {
  const [known] = await askNodes(
    db,
    `SELECT ${NODE} FROM ${NODES} WHERE n.run_id = $1 AND n.kind = 'EXPERIMENT' AND ${STANDING} ORDER BY n.id LIMIT 1`,
    [run.id],
  );
  if (known?.path === run.folder) return known;
  const parentId = await openPath(db, run.projectId, run.folder);
  if (known === undefined) {
    const place = { projectId: run.projectId, parentId, runId: run.id, path: run.folder, name: '' };
    return openPlace(db, 'EXPERIMENT', place);
  }
  await db.query(`UPDATE tracked_node SET parent_id = $2, path = $3 WHERE id = $1`, [known.id, parentId, run.folder]);
  return { ...known, parentId, path: run.folder };
}
/** Where a run lies. */
export interface RunPlace {
  readonly id: number;
  readonly projectId: number;
  readonly folder: string;
}

/** Nodes for the runs of a project that others opened, so that the tree shows them; folder by folder. */
export async function openMissingNodes(db: Asked, projectId: number): Promise<void> {
  const folders = await db.query<{ folder: string }[]>(
    `SELECT DISTINCT r.folder FROM tracked_run r
     LEFT JOIN tracked_node n ON n.run_id = r.id AND n.kind = 'EXPERIMENT' AND n.deleted_at IS NULL
     WHERE r.project_id = $1 AND r.deleted_at IS NULL AND (n.id IS NULL OR n.path <> r.folder)`,
    [projectId],
  );
  for (const { folder } of folders) {
    const values = [projectId, await openPath(db, projectId, folder), folder];
    await db.query(MOVED, values);
    await db.query(MISSING, values);
  }
}
const MOVED = `UPDATE tracked_node n SET parent_id = $2, path = r.folder FROM tracked_run r
  WHERE n.run_id = r.id AND n.kind = 'EXPERIMENT' AND n.deleted_at IS NULL AND r.project_id = $1 AND r.folder = $3 AND n.path <> r.folder`;
const MISSING = `INSERT INTO tracked_node (project_id, parent_id, run_id, kind, path, name)
  SELECT r.project_id, $2::integer, r.id, 'EXPERIMENT', r.folder, '' FROM tracked_run r
  WHERE r.project_id = $1 AND r.folder = $3 AND r.deleted_at IS NULL AND NOT EXISTS (SELECT FROM tracked_node n
    WHERE n.run_id = r.id AND n.kind = 'EXPERIMENT' AND n.deleted_at IS NULL) ON CONFLICT DO NOTHING`;

/** The same name in the same folder again takes the new bytes. @throws AppError `tracked-limit-passed`. */
export async function putFile(db: Asked, file: NewFileNode): Promise<TrackedNode> {
  const { description = null, tags = [], metadata = null } = file;
  const [{ id }] = await db.query<[{ id: number }]>(
    `INSERT INTO tracked_node (project_id, parent_id, run_id, kind, path, name, blob_id, description, tags, metadata)
     VALUES ($1, $2, $3, 'FILE', $4, $5, $6, $7, $8, $9)
     ON CONFLICT (project_id, parent_id, run_id, kind, path, name) WHERE deleted_at IS NULL DO UPDATE SET
       blob_id = excluded.blob_id, description = excluded.description, tags = excluded.tags, metadata = excluded.metadata,
       last_modified = now()
     RETURNING id`,
    [
      file.projectId,
      file.parentId,
      file.runId,
      file.path,
      file.name,
      file.blobId,
      description,
      tags,
      metadata && storableJson('metadata', metadata),
    ],
  );
  return (await findNode(db, id))!;
}

async function openPlace(db: Asked, kind: 'FOLDER' | 'EXPERIMENT', place: NodePlace): Promise<TrackedNode> {
  const values = [place.projectId, place.parentId, place.runId, kind, place.path, place.name];
  const find = `SELECT ${NODE} FROM ${NODES} WHERE n.project_id = $1 AND n.parent_id IS NOT DISTINCT FROM $2::integer
    AND n.run_id IS NOT DISTINCT FROM $3::integer AND n.kind = $4 AND n.path = $5 AND n.name = $6 AND n.deleted_at IS NULL`;
  const insert = `INSERT INTO tracked_node (project_id, parent_id, run_id, kind, path, name) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (project_id, parent_id, run_id, kind, path, name) WHERE deleted_at IS NULL DO NOTHING`;
  for (let attempt = 0; attempt < 3; attempt++) {
    const [found] = await askNodes(db, find, values);
    if (found !== undefined) return found;
    // Whoever came second finds the first's row, unless it was deleted meanwhile.
    await db.query(insert, values);
  }
  throw new AppError('tracked-project-not-found', { name: place.projectId });
}
