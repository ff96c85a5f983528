import type { DataSource } from 'typeorm';

import { AppError } from '#contract';
import type { Storage } from '#storage';

import { checkName } from './limits.js';
import { putObjects } from './put-objects.js';
import { boundsOf } from './read-points.js';
import { sqlOf, within } from './sql.js';
import type { TrackedBlob, TrackedObject } from './tracked-types.js';
import type { TrackedObjects } from './tracking-store.js';

const COLUMNS = `id, project_id AS "projectId", encode(sha256, 'hex') AS sha256, size::float8 AS "sizeBytes",
  content_type AS "contentType", storage_key AS "storageKey"`;

/** Objects of series, and the bytes they and files stand for. */
export function openObjects(db: DataSource, storage: Storage): TrackedObjects {
  const sql = sqlOf(db);
  return {
    put: (objects) => within(db, undefined, (own) => putObjects(own, objects)),
    read: (seriesId, range) => {
      const { from, to, limit } = boundsOf(range);
      return sql<TrackedObject>(
        `SELECT series_id AS "seriesId", x::float8, i AS index, epoch, ts, meta, blob_id AS "blobId" FROM tracked_object
         WHERE series_id = $1 AND x BETWEEN $2 AND $3 ORDER BY x, i LIMIT $4`,
        [seriesId, from, to, limit],
        'tracked-object-read',
      );
    },
    async addBlob({ projectId, key, sha256, sizeBytes, contentType }, tx) {
      // What is known lives a day longer, referred to or not: its new owner is about to say so.
      const [blob] = await within(db, tx, (own) =>
        own<TrackedBlob>(
          `INSERT INTO tracked_blob (project_id, sha256, size, content_type, storage_key) VALUES ($1, decode($2, 'hex'), $3, $4, $5)
           ON CONFLICT (project_id, sha256, content_type) DO UPDATE SET created = now() RETURNING ${COLUMNS}`,
          [projectId, sha256, sizeBytes, checkName('content_type', contentType), key],
        ),
      );
      if (blob!.storageKey !== key) await storage.remove(key);
      return blob!;
    },
    async blob(id) {
      const [blob] = await sql<TrackedBlob>(
        `SELECT ${COLUMNS} FROM tracked_blob WHERE id = $1`,
        [id],
        'tracked-blob-get',
      );
      if (blob === undefined) throw new AppError('not-found');
      return blob;
    },
  };
}
