import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import type { TrackedTag, TrackedTags } from './label-types.js';
import { checkName, checkText } from './limits.js';
import { openRunTags } from './tags-of-runs.js';
import { type Sql, sqlOf, within } from './sql.js';
import { TAG_COLUMNS, type TagRow, toTag } from './tag-row.js';
import { withUniqueName } from './unique-name.js';
import { uuidsOf } from './uuid.js';

/** Labels of runs as entities: names, colours, which runs have them. */
export function openTags(db: DataSource): TrackedTags {
  const sql = sqlOf(db);
  return {
    async list(projectId, { search = '', ids } = {}) {
      const rows = await sql<TagRow>(
        `SELECT ${TAG_COLUMNS} FROM tracked_tag tag WHERE tag.project_id = $1 AND ($2::uuid[] IS NULL OR tag.id = ANY($2))
         AND strpos(lower(tag.name), lower($3)) > 0 ORDER BY tag.name`,
        [projectId, ids ? uuidsOf(ids) : null, search],
      );
      return rows.map(toTag);
    },
    async create(projectId, tag) {
      check(tag);
      const [row] = await withUniqueName(tag.name, () =>
        sql<{ id: string }>(
          'INSERT INTO tracked_tag (project_id, name, color, description) VALUES ($1, $2, $3, $4) RETURNING id',
          [projectId, tag.name, tag.color, tag.description],
        ),
      );
      return row!.id;
    },
    change: (projectId, id, patch) =>
      within(db, undefined, async (own) => {
        check(patch);
        const before = await lockedTag(own, projectId, id);
        const { name, color, description, archived } = { ...before, ...patch };
        await withUniqueName(name, () =>
          own('UPDATE tracked_tag SET name = $2, color = $3, description = $4, archived = $5 WHERE id = $1', [
            id,
            name,
            color,
            description,
            archived,
          ]),
        );
        if (name !== before.name) {
          await ofEveryRun(own, id, 'array_replace(tags, $2, $3)', [before.name, name]);
        }
      }),
    remove: (projectId, id) =>
      within(db, undefined, async (own) => {
        const { name } = await lockedTag(own, projectId, id);
        await ofEveryRun(own, id, 'array_remove(tags, $2)', [name]);
        await own('DELETE FROM tracked_tag WHERE id = $1', [id]);
      }),
    ...openRunTags(db),
  };
}

function check({ name, color, description }: Partial<TrackedTag>): void {
  if (name !== undefined) checkName('name', name);
  if (color) checkName('color', color);
  if (description) checkText('description', description);
}

async function lockedTag(sql: Sql, projectId: number, id: string): Promise<TrackedTag> {
  const [row] = await sql<TagRow>(
    `SELECT ${TAG_COLUMNS} FROM tracked_tag tag WHERE tag.project_id = $1 AND tag.id = ANY($2::uuid[]) FOR UPDATE OF tag`,
    [projectId, uuidsOf([id])],
  );
  if (!row) throw new AppError('tracked-tag-not-found', { id });
  return toTag(row);
}

async function ofEveryRun(sql: Sql, tagId: string, tags: string, values: readonly string[]): Promise<void> {
  await sql(
    `UPDATE tracked_run SET tags = ${tags} WHERE id IN (
       SELECT id FROM tracked_run WHERE id IN (SELECT run_id FROM tracked_run_tag WHERE tag_id = $1) ORDER BY id FOR NO KEY UPDATE)`,
    [tagId, ...values],
  );
}
