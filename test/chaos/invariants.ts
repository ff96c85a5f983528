import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Client, Submitted } from './client.js';
import type { House } from './house.js';

interface JobRow {
  id: string;
  state: string;
  attempt: number;
  error: { code: string } | null;
}
interface EntityRow {
  status: number;
  /** The last job that worked on it. */
  job: string | null;
  path: string | null;
  scores: number;
}

/** Counts what happened to rows, beside the product: every time a job became finished and an entity FINISHED. */
export async function startAudit(house: House): Promise<void> {
  await house.sql('CREATE TABLE audit (what text, id text, xid bigint DEFAULT pg_current_xact_id()::text::bigint)');
  await house.sql(
    `CREATE FUNCTION audit_end() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO audit (what, id)
       VALUES (CASE WHEN to_jsonb(NEW) ->> 'parent_id' IS NULL THEN TG_TABLE_NAME ELSE 'trial' END, NEW.id::text);
       RETURN NULL;
     END $$`,
  );
  const ended = {
    job: `OLD.state <> 'finished' AND NEW.state = 'finished'`,
    run: 'OLD.status <> 3 AND NEW.status = 3',
    dataset: 'OLD.status <> 3 AND NEW.status = 3',
  };
  for (const [table, when] of Object.entries(ended)) {
    await house.sql(
      `CREATE TRIGGER audit_end AFTER UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION audit_end()`,
    );
  }
}

/** How many child jobs have finished so far. */
export async function trialsFinished(house: House): Promise<number> {
  const [row] = await house.sql<{ count: number }>(
    `SELECT count(DISTINCT id)::int AS count FROM audit WHERE what = 'trial'`,
  );
  return row!.count;
}

/** Every rule broken by what the database, the disk and the feed say now that nothing runs any more. */
export async function brokenRules(house: House, client: Client): Promise<string[]> {
  const broken: string[] = [];
  const audit = await house.sql<{ what: string; id: string; times: number }>(
    'SELECT what, id, count(*)::int AS times FROM audit GROUP BY 1, 2',
  );
  const times = new Map(audit.map((row) => [`${row.what} ${row.id}`, row.times]));
  const facts = { times, jobs: await jobsByEntity(house), rows: await entityRows(house) };
  for (const entry of client.submitted) broken.push(...entryRules(house, entry, facts));
  const stuck = await house.sql<{ id: number }>(
    `SELECT id FROM run WHERE status IN (1, 2) UNION ALL SELECT id FROM dataset WHERE status IN (1, 2)`,
  );
  if (stuck.length > 0) broken.push(`${stuck.length} rows wait or run although nothing does`);
  const left = await house.sql<{ state: string }>(
    `SELECT 'kept' AS state FROM trial UNION ALL
     SELECT state FROM job WHERE parent_id IS NOT NULL AND state <> 'cancelled'`,
  );
  if (left.length > 0)
    broken.push(`trials are left although nothing searches: ${left.map(({ state }) => state).join()}`);
  const again = audit.filter(({ what, times }) => what === 'trial' && times > 1);
  for (const { id, times } of again) broken.push(`trial ${id} finished ${times} times`);
  await client.listen();
  const jobs = await house.sql<JobRow>('SELECT id, state FROM job WHERE listed');
  for (const { id, state } of jobs) {
    if (client.heard.get(id) !== state)
      broken.push(`the feed said ${client.heard.get(id) ?? 'nothing'} of job ${id}, which is ${state}`);
  }
  return broken;
}

/** What the database says of every entity, by kind and id, and of how often jobs and entities were finished. */
interface Facts {
  readonly times: ReadonlyMap<string, number>;
  readonly jobs: ReadonlyMap<string, readonly JobRow[]>;
  readonly rows: ReadonlyMap<string, EntityRow>;
}

function entryRules(house: House, entry: Submitted, { times, jobs: jobsOf, rows }: Facts): string[] {
  const name = `${entry.kind} ${entry.entityId}`;
  const jobs = jobsOf.get(name) ?? [];
  // Cancelling what has just finished takes its row off the list; the audit remembers it.
  const ids = new Set([...entry.accepted, ...jobs.map(({ id }) => id)]);
  const finished = [...ids].filter((id) => times.has(`job ${id}`)).length;
  const effects = times.get(name) ?? 0;
  return [
    ...jobRules(entry, jobs, times),
    ...(effects === finished ? [] : [`took effect ${effects} times for ${finished} finished jobs`]),
    ...rowRules(house, entry, rows.get(name), times),
  ].map((rule) => `${name}: ${rule}`);
}

/** No accepted job is lost, none ends otherwise than its plan says, none finishes twice. */
function jobRules(entry: Submitted, jobs: readonly JobRow[], times: ReadonlyMap<string, number>): string[] {
  const lost = entry.accepted.filter((id) => !jobs.some((job) => job.id === id) && !entry.mayBeCancelled);
  const wrong = jobs.filter(({ state, error }) => {
    if (entry.mayBeCancelled && state === 'cancelled') return false;
    return entry.mayFail ? state !== 'error' || error?.code !== 'no-rows' : state !== 'finished';
  });
  const twice = jobs.filter(({ id }) => (times.get(`job ${id}`) ?? 0) > 1);
  return [
    ...lost.map((id) => `accepted job ${id} is lost`),
    ...wrong.map(({ id, state, error }) => `job ${id} ended as ${state} (${error?.code ?? 'no error'})`),
    ...twice.map(({ id }) => `job ${id} finished twice`),
  ];
}

async function jobsByEntity(house: House): Promise<Map<string, JobRow[]>> {
  const jobs = await house.sql<JobRow & { entity: string }>(
    `SELECT entity_type || ' ' || entity_id AS entity, id, state, attempt, error FROM job WHERE entity_type IN ('run', 'dataset')`,
  );
  const byEntity = new Map<string, JobRow[]>();
  for (const job of jobs) byEntity.set(job.entity, [...(byEntity.get(job.entity) ?? []), job]);
  return byEntity;
}

async function entityRows(house: House): Promise<Map<string, EntityRow>> {
  const rows = await house.sql<EntityRow & { entity: string }>(
    `SELECT 'run ' || id AS entity, huey_id AS job, status, run_path AS path,
       (SELECT count(*)::int FROM metric_point WHERE run_id = run.id AND level = 'last') AS scores FROM run
     UNION ALL SELECT 'dataset ' || id, huey_id, status, file_path, 1 FROM dataset`,
  );
  return new Map(rows.map((row) => [row.entity, row]));
}

/**
 * The row, its file and its scores say the same as the last job that worked on it: a client whose answer was lost asks again, and may do
 * so when the first job has finished.
 */
function rowRules(
  house: House,
  { kind, mayBeCancelled }: Submitted,
  row: EntityRow | undefined,
  times: Facts['times'],
): string[] {
  // A half-made data set goes with its cancelled job.
  if (row === undefined) return mayBeCancelled && kind === 'dataset' ? [] : ['its row is gone'];
  if (!times.has(`job ${row.job}`)) return row.status === 3 ? ['status FINISHED although its last job did not'] : [];
  const path = kind === 'run' ? (row.path ?? 'none') : `tables/${row.path ?? 'none'}`;
  return [
    ...(row.status === 3 ? [] : [`finished, but its status is ${row.status}`]),
    ...(existsSync(join(house.home, 'data', path)) ? [] : ['its file is missing']),
    ...(row.scores === 1 ? [] : [`${row.scores} final scores`]),
  ];
}

/** Files that no row names, and uploads nobody needs: what crashes left, until the workers tidy. */
export async function orphanFiles(house: House): Promise<string[]> {
  const data = join(house.home, 'data');
  const rows = await house.sql<{ path: string }>(
    `SELECT run_path AS path FROM run WHERE run_path IS NOT NULL
     UNION ALL SELECT 'tables/' || file_path FROM dataset WHERE file_path <> ''`,
  );
  const known = new Set(rows.flatMap(({ path }) => [path, path.replace(/-state$/, '-splits')]));
  const list = (folder: string): string[] =>
    (existsSync(join(data, folder)) ? readdirSync(join(data, folder)) : []).map((name) => `${folder}/${name}`);
  const files = [...list('runs').flatMap(list), ...list('tables'), ...list('uploads')];
  return files.filter((file) => !known.has(file));
}
