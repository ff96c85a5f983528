import type { DataSource } from 'typeorm';

import type { TrackedTag, TrackedTags } from './label-types.js';
import { throwUnlessLive } from './live-run.js';
import { writeTags } from './run-tags.js';
import { type Sql, sqlOf, within } from './sql.js';
import { TAG_COLUMNS, type TagRow, toTag } from './tag-row.js';
import { uuidsOf } from './uuid.js';

/** Which runs have which tags. */
export function openRunTags(db: DataSource): Pick<TrackedTags, 'add' | 'take' | 'runsOf' | 'ofRuns'> {
  const sql = sqlOf(db);
  return {
    add: (runId, name, tx) =>
      within(db, tx, async (own) => {
        const tags = await lockedTags(own, runId);
        if (!tags.includes(name)) await writeTags(own, runId, [...tags, name]);
        const [tag] = await own<{ id: string }>(
          `SELECT tag.id FROM tracked_tag tag JOIN tracked_run run ON run.project_id = tag.project_id
           WHERE run.id = $1 AND tag.name = $2`,
          [runId, name],
        );
        return tag!.id;
      }),
    take: (runId, name, tx) =>
      within(db, tx, async (own) => {
        const tags = await lockedTags(own, runId);
        if (!tags.includes(name)) return false;
        await writeTags(own, runId, tags.filter((tag) => tag !== name)); // prettier-ignore
        return true;
      }),
    async runsOf(projectId, id) {
      const rows = await sql<{ run_id: number }>(
        `SELECT own.run_id FROM tracked_run_tag own JOIN tracked_tag tag ON tag.id = own.tag_id
         WHERE tag.project_id = $1 AND tag.id = ANY($2::uuid[])`,
        [projectId, uuidsOf([id])],
      );
      return rows.map(({ run_id: runId }) => runId);
    },
    async ofRuns(runIds) {
      const rows = await sql<TagRow & { run_id: number }>(
        `SELECT run.id AS run_id, ${TAG_COLUMNS} FROM tracked_run run
         JOIN tracked_run_tag own ON own.run_id = run.id JOIN tracked_tag tag ON tag.id = own.tag_id
         WHERE run.id = ANY($1::int[]) ORDER BY run.id, array_position(run.tags, tag.name), tag.name`,
        [runIds],
      );
      const found = new Map<number, TrackedTag[]>(runIds.map((id) => [id, []]));
      for (const { run_id: runId, ...row } of rows) found.get(runId)?.push(toTag(row));
      return found;
    },
  };
}

/** The tags of a run nobody else changes until the transaction ends. */
async function lockedTags(sql: Sql, runId: number): Promise<string[]> {
  const [run] = await sql<{ tags: string[]; gone: boolean }>(
    'SELECT tags, deleted_at IS NOT NULL AS gone FROM tracked_run WHERE id = $1 FOR NO KEY UPDATE',
    [runId],
  );
  throwUnlessLive(runId, run?.gone);
  return run!.tags;
}
