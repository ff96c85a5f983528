import type { DataSource } from 'typeorm';

import type { TrackedFile, TrackedFiles } from './label-types.js';
import { checkLive, hearFrom } from './live-run.js';
import { type Sql, sqlOf, within } from './sql.js';
import type { Tx } from './tracked-types.js';

interface FileRow {
  readonly path: string;
  readonly name: string;
  readonly blob_id: number | null;
  readonly project_id: number;
  readonly sha256: string | null;
  readonly size: string | null;
  readonly content_type: string | null;
  readonly storage_key: string | null;
}

/** Folders of other clients' trees may begin with a slash. */
const COLUMNS = `ltrim(node.path || '/' || node.name, '/') AS path, node.name, node.project_id, blob.id AS blob_id,
  encode(blob.sha256, 'hex') AS sha256, blob.size, blob.content_type, blob.storage_key`;
const FROM = 'tracked_node node LEFT JOIN tracked_blob blob ON blob.id = node.blob_id';
const MINE = `node.run_id = $1 AND node.kind = 'FILE' AND node.deleted_at IS NULL`;

/** Files of runs, whatever uploaded them. */
export function openFiles(db: DataSource): TrackedFiles {
  const sql = sqlOf(db);
  return {
    announce: (runId, path, tx) => put(db, runId, path, null, tx),
    attach: (runId, path, blobId, tx) => put(db, runId, path, blobId, tx),
    async list(runId, { outside } = {}) {
      const rows = await sql<FileRow>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE ${MINE}
         AND ($2::text IS NULL OR NOT (node.path = $2 OR starts_with(node.path, $2 || '/'))) ORDER BY 1 LIMIT 100000`,
        [runId, outside ?? null],
      );
      return rows.map(toFile);
    },
    async find(runId, path) {
      const { folder, name } = split(path);
      const [row] = await sql<FileRow>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE ${MINE} AND node.name = $3 AND trim(node.path, '/') = $2
         ORDER BY node.blob_id DESC NULLS LAST LIMIT 1`,
        [runId, folder, name],
      );
      return row && toFile(row);
    },
  };
}

/** The file's node, made when it is new; a blob takes the place of the one before. */
function put(db: DataSource, runId: number, path: string, blobId: number | null, tx: Tx): Promise<void> {
  const { folder, name } = split(path);
  return within(db, tx, async (sql: Sql) => {
    await checkLive(sql, [runId]);
    await hearFrom(sql, [runId]);
    await sql(
      `INSERT INTO tracked_node (project_id, kind, run_id, path, name, blob_id)
       SELECT project_id, 'FILE', id, $2, $3, $4 FROM tracked_run WHERE id = $1
       ON CONFLICT (project_id, parent_id, run_id, kind, path, name) WHERE deleted_at IS NULL
       DO UPDATE SET blob_id = coalesce(excluded.blob_id, tracked_node.blob_id), last_modified = now()`,
      [runId, folder, name, blobId],
    );
  });
}

function split(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}

function toFile(row: FileRow): TrackedFile {
  const blob =
    row.blob_id === null
      ? null
      : {
          id: row.blob_id,
          projectId: row.project_id,
          sha256: row.sha256!,
          sizeBytes: Number(row.size),
          contentType: row.content_type!,
          storageKey: row.storage_key!,
        };
  return { path: row.path, name: row.name, blob };
}
