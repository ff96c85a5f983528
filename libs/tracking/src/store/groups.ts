import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import type { TrackedGroup, TrackedGroups } from './label-types.js';
import { checkName, checkText } from './limits.js';
import { sqlOf, within } from './sql.js';
import { withUniqueName } from './unique-name.js';
import { uuidsOf } from './uuid.js';

interface GroupRow extends Omit<TrackedGroup, 'runCount'> {
  readonly run_count: number;
}

/** Sets of runs under one name each. */
export function openGroups(db: DataSource): TrackedGroups {
  const sql = sqlOf(db);
  return {
    async list(projectId, { search = '', ids } = {}) {
      const rows = await sql<GroupRow>(
        `SELECT id, name, description, archived, created,
           (SELECT count(*)::int FROM tracked_run run WHERE run.group_id = tracked_group.id AND run.project_id = $1
            AND run.deleted_at IS NULL) AS run_count
         FROM tracked_group WHERE project_id = $1 AND ($2::uuid[] IS NULL OR id = ANY($2))
         AND strpos(lower(name), lower($3)) > 0 ORDER BY name`,
        [projectId, ids ? uuidsOf(ids) : null, search],
      );
      return rows.map(({ run_count: runCount, ...group }) => ({ ...group, runCount }));
    },
    open: (projectId, name, tx) =>
      within(db, tx, async (own) => {
        checkName('experiment', name);
        const insert =
          'INSERT INTO tracked_group (project_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id';
        const select = 'SELECT id FROM tracked_group WHERE project_id = $1 AND name = $2';
        for (;;) {
          const [known] = await own<{ id: string }>(select, [projectId, name]);
          if (known) return known.id;
          const [made] = await own<{ id: string }>(insert, [projectId, name]);
          if (made) return made.id;
        }
      }),
    async create(projectId, name) {
      checkName('name', name);
      const [row] = await withUniqueName(name, () =>
        sql<{ id: string }>('INSERT INTO tracked_group (project_id, name) VALUES ($1, $2) RETURNING id', [
          projectId,
          name,
        ]),
      );
      return row!.id;
    },
    async change(projectId, id, { name, description, archived }) {
      if (name !== undefined) checkName('name', name);
      if (description) checkText('description', description);
      const rows = await withUniqueName(name, () =>
        sql(
          `UPDATE tracked_group SET name = coalesce($3, name), description = CASE WHEN $4 THEN $5 ELSE description END,
             archived = coalesce($6, archived), last_modified = now()
           WHERE project_id = $1 AND id = ANY($2::uuid[]) RETURNING id`,
          [projectId, uuidsOf([id]), name, description !== undefined, description ?? null, archived],
        ),
      );
      if (rows.length === 0) throw new AppError('tracked-group-not-found', { id });
    },
    async remove(projectId, id) {
      const rows = await sql('DELETE FROM tracked_group WHERE project_id = $1 AND id = ANY($2::uuid[]) RETURNING id', [
        projectId,
        uuidsOf([id]),
      ]);
      if (rows.length === 0) throw new AppError('tracked-group-not-found', { id });
    },
  };
}
