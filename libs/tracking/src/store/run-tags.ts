import { limitPassed } from './limit-passed.js';
import { checkName, LIMITS } from './limits.js';
import type { Sql } from './sql.js';

/**
 * Gives a run these tags and no others, in the order given. Each is an entity of the project too, so that it can have a colour; the
 * array of the run is what lists show. @returns the tags without repetitions.
 */
export async function writeTags(sql: Sql, runId: number, tags: readonly string[]): Promise<string[]> {
  const own = [...new Set(tags)].map((tag) => checkName('tags', tag));
  if (own.length > LIMITS.tags) throw limitPassed('tags', LIMITS.tags, 'entries');
  await sql(
    `INSERT INTO tracked_tag (project_id, name)
     SELECT run.project_id, given.tag FROM tracked_run run, unnest($2::text[]) given (tag) WHERE run.id = $1 ORDER BY given.tag
     ON CONFLICT (project_id, name) DO NOTHING`,
    [runId, own],
  );
  await sql(
    `DELETE FROM tracked_run_tag USING tracked_tag tag
     WHERE run_id = $1 AND tag.id = tag_id AND tag.name <> ALL($2::text[])`,
    [runId, own],
  );
  await sql(
    `INSERT INTO tracked_run_tag (run_id, tag_id) SELECT run.id, tag.id FROM tracked_run run
     JOIN tracked_tag tag ON tag.project_id = run.project_id AND tag.name = ANY($2::text[]) WHERE run.id = $1 ON CONFLICT DO NOTHING`,
    [runId, own],
  );
  await sql('UPDATE tracked_run SET tags = $2, last_modified = now() WHERE id = $1', [runId, own]);
  return own;
}
