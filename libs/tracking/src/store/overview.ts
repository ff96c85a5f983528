import type { DataSource } from 'typeorm';

import type { TrackedOverview } from './label-types.js';
import { sqlOf } from './sql.js';
import { SERIES_KINDS, type SeriesContext } from './tracked-types.js';

interface CountRow {
  readonly at: string;
  readonly runs: number;
  readonly archived: number;
  readonly active: number;
}

/** What the runs of a project hold, taken together. */
export function openOverview(db: DataSource): TrackedOverview {
  const sql = sqlOf(db);
  return {
    async activity(projectId, { groupId, unit, minutesBehindUtc }) {
      const rows = await sql<CountRow>(
        `SELECT to_char(date_trunc($2, started_at AT TIME ZONE 'UTC' - make_interval(mins => $3)), 'YYYY-MM-DD"T"HH24:00:00') AS at,
           count(*)::int AS runs, count(*) FILTER (WHERE archived)::int AS archived,
           count(*) FILTER (WHERE status IN ('queued', 'running'))::int AS active
         FROM tracked_run WHERE project_id = $1 AND deleted_at IS NULL AND ($4::uuid IS NULL OR group_id = $4)
         GROUP BY 1 ORDER BY 1`,
        [projectId, unit, minutesBehindUtc, groupId ?? null],
      );
      const sum = (field: 'runs' | 'archived' | 'active'): number => rows.reduce((total, row) => total + row[field], 0);
      return {
        runs: sum('runs'),
        archived: sum('archived'),
        active: sum('active'),
        began: Object.fromEntries(rows.map(({ at, runs }) => [at, runs])),
      };
    },
    async params(projectId, limit) {
      const rows = await sql<{ key: string; value: unknown }>(
        `SELECT param.key, (array_agg(coalesce(to_jsonb(param.num), to_jsonb(param.str), to_jsonb(param.bool)) ORDER BY run.id DESC))[1] AS value
         FROM tracked_param param JOIN tracked_run run ON run.id = param.run_id
         WHERE run.project_id = $1 AND run.deleted_at IS NULL GROUP BY param.key ORDER BY param.key LIMIT $2`,
        [projectId, limit],
      );
      return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
    },
    async series(projectId, limit) {
      const rows = await sql<{ kind: number; name: string; context: SeriesContext }>(
        `SELECT kind, name, context FROM (
           SELECT series.kind, series.name, series.context,
             row_number() OVER (PARTITION BY series.kind ORDER BY series.name, series.context) AS place
           FROM tracked_series series JOIN tracked_run run ON run.id = series.run_id
           WHERE run.project_id = $1 AND run.deleted_at IS NULL GROUP BY series.kind, series.name, series.context
         ) AS placed WHERE place <= $2 ORDER BY kind, place`,
        [projectId, limit],
      );
      return rows.map(({ kind, name, context }) => ({ kind: SERIES_KINDS[kind]!, name, context }));
    },
  };
}
