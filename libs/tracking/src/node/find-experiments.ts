import type { Asked } from './tracked-node.js';

/** Runs whose place matches. */
export interface ExperimentSearch {
  /** A POSIX expression over `namespace/project/name`, with the folders in between or without. */
  readonly expression: string;
  /** The one project to look in; null for all. */
  readonly projectId: number | null;
  readonly offset: number;
  readonly limit: number;
}

/** Ids of the runs, the latest first, and how many there are in all. */
export async function findExperiments(db: Asked, search: ExperimentSearch): Promise<{ ids: number[]; total: number }> {
  const { expression, projectId, offset, limit } = search;
  const rows = await db.query<{ id: number | null; total: string }[]>(
    `WITH found AS (SELECT r.id, r.started_at FROM tracked_run r JOIN tracked_project p ON p.id = r.project_id
       WHERE r.deleted_at IS NULL AND p.deleted_at IS NULL AND ($2::integer IS NULL OR p.id = $2)
         AND (p.namespace || '/' || p.slug || '/' || r.name ~ $1
           OR p.namespace || '/' || p.slug || '/' || r.folder || '/' || r.name ~ $1))
     SELECT page.id, (SELECT count(*) FROM found) AS total FROM (SELECT) AS always
       LEFT JOIN (SELECT id FROM found ORDER BY started_at DESC, id DESC LIMIT $3 OFFSET $4) AS page ON true`,
    [expression, projectId, limit, offset],
  );
  return { ids: rows.flatMap(({ id }) => (id === null ? [] : [id])), total: Number(rows[0]?.total ?? 0) };
}

/** The run of this name, or of this path with its name; of several the one at the top, then the latest. */
export async function findExperiment(db: Asked, projectId: number, name: string): Promise<number | undefined> {
  const [row] = await db.query<{ id: number }[]>(
    `SELECT id FROM tracked_run WHERE project_id = $1 AND deleted_at IS NULL AND (name = $2 OR folder || '/' || name = $2)
     ORDER BY folder = '' DESC, started_at DESC, id DESC LIMIT 1`,
    [projectId, name],
  );
  return row?.id;
}

/** How many runs each project has; absent: none. */
export async function countExperiments(db: Asked, projectIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: string }[]>(
    `SELECT project_id AS id, count(*) FROM tracked_run WHERE project_id = ANY($1) AND deleted_at IS NULL GROUP BY 1`,
    [projectIds],
  );
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
