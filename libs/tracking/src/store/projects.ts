import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import { checkName, checkText, storableJson } from './limits.js';
import { removeRuns } from './remove-runs.js';
import { sqlOf, within } from './sql.js';
import type { TrackedProject } from './tracked-types.js';
import type { TrackedProjects } from './tracking-store.js';

const COLUMNS = 'id, namespace, slug, name, description, created, last_modified';

interface ProjectRow {
  readonly id: number;
  readonly namespace: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly created: Date;
  readonly last_modified: Date;
}

/** Projects by namespace and slug; a deleted one makes room for another of its name. */
export function openProjects(db: DataSource): TrackedProjects {
  const sql = sqlOf(db);
  const find = async (namespace: string, slug: string): Promise<TrackedProject | undefined> => {
    const [row] = await sql<ProjectRow>(
      `SELECT ${COLUMNS} FROM tracked_project WHERE namespace = $1 AND slug = $2 AND deleted_at IS NULL`,
      [namespace, slug],
      'tracked-project-find',
    );
    return row && toProject(row);
  };
  const found = (row: ProjectRow | undefined, name: string | number): TrackedProject => {
    if (row === undefined) throw new AppError('tracked-project-not-found', { name });
    return toProject(row);
  };
  return {
    find,
    async open(namespace, slug) {
      checkName('namespace', namespace);
      checkName('slug', slug);
      // Twice at the most: another may have made it, and even deleted it, since the first look.
      for (;;) {
        const known = await find(namespace, slug);
        if (known) return known;
        const [made] = await sql<ProjectRow>(
          `INSERT INTO tracked_project (namespace, slug, name) VALUES ($1, $2, $2)
           ON CONFLICT (namespace, slug) WHERE deleted_at IS NULL DO NOTHING RETURNING ${COLUMNS}`,
          [namespace, slug],
        );
        if (made) return toProject(made);
      }
    },
    async get(id) {
      const [row] = await sql<ProjectRow>(
        `SELECT ${COLUMNS} FROM tracked_project WHERE id = $1 AND deleted_at IS NULL`,
        [id],
        'tracked-project-get',
      );
      return found(row, id);
    },
    async list({ namespace, id }) {
      const rows = await sql<ProjectRow>(
        `SELECT ${COLUMNS} FROM tracked_project
         WHERE deleted_at IS NULL AND ($1::text IS NULL OR namespace = $1) AND ($2::int IS NULL OR id = $2) ORDER BY namespace, slug`,
        [namespace ?? null, id ?? null],
      );
      return rows.map(toProject);
    },
    async change(id, { name, description, lostMinutes }) {
      if (name !== undefined) checkName('name', name);
      if (description) checkText('description', description);
      const [row] = await sql<ProjectRow>(
        `UPDATE tracked_project SET name = coalesce($2, name), description = CASE WHEN $3 THEN $4 ELSE description END,
           settings = settings || $5::jsonb, last_modified = now() WHERE id = $1 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
        [
          id,
          name ?? null,
          description !== undefined,
          description ?? null,
          lostMinutes === undefined ? '{}' : storableJson('settings', { lost_minutes: lostMinutes }),
        ],
      );
      return found(row, id);
    },
    remove: (id) =>
      within(db, undefined, async (own) => {
        const [row] = await own<ProjectRow>(
          `UPDATE tracked_project SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
          [id],
        );
        found(row, id);
        return (await removeRuns(own, { projectId: id })).length;
      }),
  };
}

function toProject({ last_modified: lastModified, ...row }: ProjectRow): TrackedProject {
  return { ...row, lastModified };
}
