import { AppError } from '#contract';

import { limitPassed } from './limit-passed.js';
import { checkBindrs, checkName, checkText, LIMITS, storableJson } from './limits.js';
import { throwUnlessLive } from './live-run.js';
import { RUN_COLUMNS, type RunRow, toRun } from './run-row.js';
import { writeTags } from './run-tags.js';
import type { Sql } from './sql.js';
import type { OpenRun, TrackedRun } from './tracked-types.js';

/** Without an id of the client's a run is known by its own, unless a client took that number as its id. */
const INSERT = `
  WITH new AS (SELECT nextval(pg_get_serial_sequence('tracked_run', 'id'))::int AS id)
  INSERT INTO tracked_run AS run (id, project_id, source, ext_id, folder, name, description, bindrs, metadata, write_protected, owner,
    client_started_at, training_run_id, parent_run_id)
  OVERRIDING SYSTEM VALUE
  SELECT new.id, $1, $2,
    coalesce($3, CASE WHEN EXISTS (SELECT 1 FROM tracked_run WHERE project_id = $1 AND ext_id = new.id::text)
      THEN replace(gen_random_uuid()::text, '-', '') ELSE new.id::text END),
    $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13 FROM new
  ON CONFLICT DO NOTHING RETURNING ${RUN_COLUMNS}`;

const FIND = `
  SELECT ${RUN_COLUMNS}, run.deleted_at IS NOT NULL AS gone FROM tracked_run run
  WHERE (project_id = $1 AND ext_id = $2)
    OR (project_id = $1 AND $3 AND source = 'ml-dash' AND folder = $4 AND name = $5 AND deleted_at IS NULL)
    OR training_run_id = $6
  ORDER BY (ext_id = $2) DESC NULLS LAST LIMIT 1 FOR NO KEY UPDATE`;

/** Get or create, in the caller's transaction. @throws AppError `tracked-run-gone`, `tracked-project-not-found`. */
export async function openRun(sql: Sql, run: OpenRun): Promise<{ run: TrackedRun; created: boolean }> {
  check(run);
  await checkProject(sql, run);
  const inserted = insertValues(run);
  const wanted = [run.projectId, run.extId ?? null, run.source === 'ml-dash', run.folder ?? '', run.name];
  for (;;) {
    const [known] = await sql<RunRow & { gone: boolean }>(FIND, [...wanted, run.trainingRunId ?? null]);
    if (known) {
      throwUnlessLive(known.ext_id, known.gone);
      return { run: toRun(known), created: false };
    }
    const [made] = await sql<RunRow>(INSERT, inserted);
    if (made) {
      if (!run.tags?.length) return { run: toRun(made), created: true };
      const tags = await writeTags(sql, made.id, run.tags);
      return { run: { ...toRun(made), tags }, created: true };
    }
  }
}

function check({ name, extId, folder = '', description, tags = [], bindrs = [], owner }: OpenRun): void {
  checkName('name', name);
  if (extId !== undefined) checkName('ext_id', extId);
  checkText('folder', folder, LIMITS.name * 8);
  if (description) checkText('description', description);
  checkBindrs(bindrs);
  if (tags.length > LIMITS.tags) throw limitPassed('tags', LIMITS.tags, 'entries');
  if (owner !== undefined) checkName('owner', owner);
}

/** Locked, so that the project cannot go between this and the new run. */
async function checkProject(sql: Sql, { projectId, extId }: OpenRun): Promise<void> {
  const [project] = await sql<{ stone: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM tracked_tombstone WHERE project_id = $1 AND ext_id = $2) AS stone
     FROM tracked_project WHERE id = $1 AND deleted_at IS NULL FOR SHARE`,
    [projectId, extId ?? null],
  );
  if (project === undefined) throw new AppError('tracked-project-not-found', { name: projectId });
  if (project.stone) throw new AppError('tracked-run-gone', { id: extId! });
}

function insertValues(run: OpenRun): unknown[] {
  return [
    run.projectId,
    run.source,
    run.extId ?? null,
    run.folder ?? '',
    run.name,
    run.description ?? null,
    run.bindrs ?? [],
    run.metadata ? storableJson('metadata', run.metadata) : null,
    run.writeProtected ?? false,
    run.owner ?? 'local',
    run.clientStartedAt ?? null,
    run.trainingRunId ?? null,
    run.parentRunId ?? null,
  ];
}
