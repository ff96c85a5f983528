import type { Compute } from '#contract';

import type { Ports } from '../ports.js';

/** Several workers may start together; the last to write wins, and none reads half a list. */
export const SYNC_LOCK = 7_240_903;

/**
 * Asks a compute child without plugins which components there are and makes the table `component` say exactly that beside those of
 * plugins. A plugin that has a component of a name that is ours by now is broken: all of it leaves the table. Programs that hold the
 * list in memory are told when something changed.
 */
export async function syncComponents({ db, log }: Ports, compute: Compute, signal: AbortSignal): Promise<void> {
  const silent = { progress: () => undefined, metrics: () => undefined };
  const { manifests } = await compute.run('describe-components', {}, silent, signal);
  const rows = JSON.stringify(manifests.map((manifest, position) => ({ name: manifest.name, position, manifest })));
  const given = `SELECT name, position, manifest FROM jsonb_to_recordset($1::jsonb) AS given (name text, position int, manifest jsonb)`;
  await db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [SYNC_LOCK]);
    const gone = await tx.query<[unknown[], number]>(
      `DELETE FROM component WHERE plugin_id IS NULL
         AND name NOT IN (SELECT name FROM jsonb_to_recordset($1::jsonb) AS given (name text))`,
      [rows],
    );
    const broken = await tx.query<[unknown[], number]>(
      `WITH clashing AS (SELECT plugin_id FROM component JOIN jsonb_to_recordset($1::jsonb) AS given (name text) USING (name)),
         marked AS (UPDATE plugin SET status = 99 WHERE id IN (SELECT plugin_id FROM clashing) RETURNING id)
       DELETE FROM component WHERE plugin_id IN (SELECT id FROM marked)`,
      [rows],
    );
    const written = await tx.query<unknown[]>(
      `INSERT INTO component (name, position, manifest) ${given}
       ON CONFLICT (name) DO UPDATE SET position = excluded.position, manifest = excluded.manifest
         WHERE (component.position, component.manifest) IS DISTINCT FROM (excluded.position, excluded.manifest)
       RETURNING name`,
      [rows],
    );
    if (gone[1] + broken[1] + written.length > 0) await tx.query(`SELECT pg_notify('millrace_component', '')`);
  });
  log.info({ components: manifests.length }, 'components described');
}
