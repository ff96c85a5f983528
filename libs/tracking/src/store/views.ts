import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import type { NewView, TrackedView, TrackedViews } from './label-types.js';
import { checkName, checkText, storableJson } from './limits.js';
import { sqlOf, within } from './sql.js';
import { uuidsOf } from './uuid.js';

interface ViewRow extends Omit<TrackedView, 'lastModified'> {
  readonly last_modified: Date;
}
const COLUMNS = 'id, name, description, body, created, last_modified';
const toView = ({ last_modified: lastModified, ...view }: ViewRow): TrackedView => ({ ...view, lastModified });
const first = ([row]: ViewRow[], id: string): TrackedView => {
  if (!row) throw new AppError('tracked-view-not-found', { id });
  return toView(row);
};

/** What people save to look at again. */
export function openViews(db: DataSource): TrackedViews {
  const sql = sqlOf(db);
  const which = 'project_id = $1 AND kind = $2 AND NOT archived AND id = ANY($3::uuid[])';
  return {
    async list(projectId, kind, ids) {
      const rows = await sql<ViewRow>(
        `SELECT ${COLUMNS} FROM tracked_view WHERE project_id = $1 AND kind = $2 AND NOT archived
         AND ($3::uuid[] IS NULL OR id = ANY($3)) ORDER BY created, id LIMIT 10000`,
        [projectId, kind, ids ? uuidsOf(ids) : null],
      );
      return rows.map(toView);
    },
    async create(projectId, kind, view) {
      const { name, description, body } = checked(view);
      const rows = await sql<ViewRow>(
        `INSERT INTO tracked_view (project_id, kind, name, description, body) VALUES ($1, $2, $3, $4, $5::jsonb) RETURNING ${COLUMNS}`,
        [projectId, kind, name ?? null, description ?? null, body],
      );
      return toView(rows[0]!);
    },
    get: async (projectId, kind, id) =>
      first(await sql<ViewRow>(`SELECT ${COLUMNS} FROM tracked_view WHERE ${which}`, [projectId, kind, uuidsOf([id])]), id), // prettier-ignore
    async change(projectId, kind, id, patch) {
      const { name, description, body } = checked(patch);
      const rows = await sql<ViewRow>(
        `UPDATE tracked_view SET name = coalesce($4, name), description = coalesce($5, description),
           body = body || coalesce($6::jsonb, '{}'), last_modified = now() WHERE ${which} RETURNING ${COLUMNS}`,
        [projectId, kind, uuidsOf([id]), name ?? null, description ?? null, body ?? null],
      );
      return first(rows, id);
    },
    async remove(projectId, kind, id) {
      const rows = await sql<ViewRow>(
        `UPDATE tracked_view SET archived = true, last_modified = now() WHERE ${which} RETURNING ${COLUMNS}`,
        [projectId, kind, uuidsOf([id])],
      );
      first(rows, id);
    },
    put: (projectId, kind, body) =>
      within(db, undefined, async (own) => {
        // One writer at a time: there is no row to lock before the first.
        await own('SELECT id FROM tracked_project WHERE id = $1 FOR NO KEY UPDATE', [projectId]);
        await own('DELETE FROM tracked_view WHERE project_id = $1 AND kind = $2', [projectId, kind]);
        const rows = await own<ViewRow>(
          `INSERT INTO tracked_view (project_id, kind, body) VALUES ($1, $2, $3::jsonb) RETURNING ${COLUMNS}`,
          [projectId, kind, checked({ body }).body],
        );
        return toView(rows[0]!);
      }),
  };
}

function checked({ name, description, body }: Partial<NewView>): {
  name?: string;
  description?: string;
  body?: string;
} {
  return {
    ...(name == null ? {} : { name: checkName('name', name) }),
    ...(description == null ? {} : { description: checkText('description', description) }),
    ...(body === undefined ? {} : { body: storableJson('state', body) }),
  };
}
