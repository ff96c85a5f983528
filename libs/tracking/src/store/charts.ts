import type { DataSource } from 'typeorm';

import { makeCharts } from './make-charts.js';
import { type Sql, sqlOf, within } from './sql.js';
import type {
  ChartBoard,
  ChartOwner,
  ChartStatus,
  TrackedChart,
  TrackedChartGroup,
  TrackedCharts,
  Unfolded,
} from './tracked-charts.js';

/** Charts over a migrated database. */
export function openCharts(db: DataSource): TrackedCharts {
  const sql = sqlOf(db);
  return {
    async open(owner, wanted) {
      const board = await readBoard(sql, owner);
      const known = new Set(board.charts.map(({ name }) => name));
      const missing = wanted.filter(({ name }) => !known.has(name));
      if (missing.length === 0) return board;
      await within(db, undefined, (own) => makeCharts(own, columnsOf(owner), missing));
      return readBoard(sql, owner);
    },
    unfolded: (owner) => readUnfolded(sql, owner),
    async unfoldedRuns(runIds) {
      const rows = await sql<UnfoldedRow & { id: number }>(
        `SELECT id, ${unfoldedIn('layout')} FROM tracked_run WHERE id = ANY($1::int[]) AND layout <> '{}'`,
        [runIds],
      );
      return new Map(rows.map((row) => [row.id, unfoldedOf(row)]));
    },
    async ownerOf(what, id) {
      const of =
        what === 'chart' ? 'JOIN tracked_chart c ON c.chart_group_id = g.id WHERE c.id = $1' : 'WHERE g.id = $1';
      const [row] = await sql<OwnerRow>(`SELECT g.run_id, g.project_id FROM tracked_chart_group g ${of}`, [id]);
      if (row === undefined) return undefined;
      return row.run_id === null ? { projectId: row.project_id! } : { runId: row.run_id };
    },
    setStatus: (chartId, status) => within(db, undefined, (own) => setStatus(own, chartId, status)),
    async setOpened(what, opened) {
      if ('groupId' in what) {
        const text = 'UPDATE tracked_chart_group SET opened = $2, last_modified = now() WHERE id = $1';
        await sql(text, [what.groupId, opened]);
        return;
      }
      const { table, column, id } = settingsOf(what.owner);
      await sql(
        `UPDATE ${table} SET ${column} = jsonb_set(${column}, ARRAY[$2::text], to_jsonb($3::int)), last_modified = now() WHERE id = $1`,
        [id, what.pinned ? 'pinned_opened' : 'hidden_opened', opened],
      );
    },
    async setError(chartId, seriesId, error) {
      await sql(
        `INSERT INTO tracked_chart_source (chart_id, series_id, error) VALUES ($1, $2, $3::jsonb)
         ON CONFLICT (chart_id, series_id) DO UPDATE SET error = excluded.error`,
        [chartId, seriesId, JSON.stringify(error)],
      );
    },
    async placeOf(runId) {
      const [row] = await sql<{ place: number; namesakes: number }>(PLACE, [runId], 'tracked-run-place');
      return row!;
    },
  };
}

const PLACE = `
  SELECT count(*)::int + 1 AS place, count(*) FILTER (WHERE other.name = run.name)::int AS namesakes
  FROM tracked_run run JOIN tracked_run other ON other.project_id = run.project_id AND other.deleted_at IS NULL
    AND (other.started_at, other.id) < (run.started_at, run.id)
  WHERE run.id = $1`;

interface OwnerRow {
  readonly run_id: number | null;
  readonly project_id: number | null;
}
const columnsOf = (owner: ChartOwner): { column: 'run_id' | 'project_id'; id: number } =>
  'runId' in owner ? { column: 'run_id', id: owner.runId } : { column: 'project_id', id: owner.projectId };
const settingsOf = (owner: ChartOwner): { table: string; column: string; id: number } =>
  'runId' in owner
    ? { table: 'tracked_run', column: 'layout', id: owner.runId }
    : { table: 'tracked_project', column: 'settings', id: owner.projectId };

interface UnfoldedRow {
  readonly pinned: number | null;
  readonly hidden: number | null;
}
const unfoldedIn = (column: string): string =>
  `(${column}->>'pinned_opened')::int AS pinned, (${column}->>'hidden_opened')::int AS hidden`;
const unfoldedOf = (row: UnfoldedRow | undefined): Unfolded => ({
  pinnedOpened: row?.pinned ?? 1,
  hiddenOpened: row?.hidden ?? 0,
});

async function readUnfolded(sql: Sql, owner: ChartOwner): Promise<Unfolded> {
  const { table, column, id } = settingsOf(owner);
  const [row] = await sql<UnfoldedRow>(`SELECT ${unfoldedIn(column)} FROM ${table} WHERE id = $1`, [id]);
  return unfoldedOf(row);
}

interface ChartRow {
  readonly id: number;
  readonly chart_group_id: number;
  readonly name: string;
  readonly group: string;
  readonly description: string | null;
  readonly kind: string;
  readonly status: ChartStatus;
  readonly system: number;
  readonly sort: number;
  readonly errors: Record<string, Record<string, unknown>> | null;
  readonly created: Date;
  readonly last_modified: Date;
}

async function readBoard(sql: Sql, owner: ChartOwner): Promise<ChartBoard> {
  const { column, id } = columnsOf(owner);
  const [charts, unfolded] = await Promise.all([
    sql<ChartRow>(
      `SELECT c.id, c.chart_group_id, c.name, g.name AS "group", c.description, c.kind, c.status, c.system, c.sort, c.created,
         c.last_modified, (SELECT jsonb_object_agg(series_id, error) FROM tracked_chart_source WHERE chart_id = c.id AND error IS NOT NULL) AS errors
       FROM tracked_chart c JOIN tracked_chart_group g ON g.id = c.chart_group_id WHERE g.${column} = $1 ORDER BY c.id`,
      [id],
    ),
    readUnfolded(sql, owner),
  ]);
  // After the charts: beside them, a group that is being made could be missed though its charts were seen.
  const groups = await sql<Omit<TrackedChartGroup, 'lastModified'> & { last_modified: Date }>(
    `SELECT id, name, description, sort, opened, created, last_modified FROM tracked_chart_group WHERE ${column} = $1 ORDER BY sort, id`,
    [id],
  );
  return {
    ...unfolded,
    groups: groups.map(({ last_modified: lastModified, ...group }) => ({ ...group, lastModified })),
    charts: charts.map(toChart),
  };
}

function toChart({ chart_group_id: groupId, last_modified: lastModified, errors, ...row }: ChartRow): TrackedChart {
  const byId = Object.entries(errors ?? {}).map(([series, error]) => [Number(series), error] as const);
  return { ...row, groupId, lastModified, errors: new Map(byId) };
}

async function setStatus(sql: Sql, chartId: number, status: ChartStatus): Promise<void> {
  // The other charts of the owner are locked with it, so that two of them cannot become last at once.
  const rows = await sql<{ id: number; status: number; sort: number }>(
    `SELECT c.id, c.status, c.sort FROM tracked_chart c JOIN tracked_chart_group g ON g.id = c.chart_group_id
     JOIN tracked_chart_group own ON own.run_id IS NOT DISTINCT FROM g.run_id AND own.project_id IS NOT DISTINCT FROM g.project_id
     WHERE own.id = (SELECT chart_group_id FROM tracked_chart WHERE id = $1) ORDER BY c.id FOR UPDATE OF c`,
    [chartId],
  );
  const last = Math.max(
    -1,
    ...rows.filter((row) => row.status === status && row.id !== chartId).map(({ sort }) => sort),
  );
  await sql('UPDATE tracked_chart SET status = $2, sort = $3, last_modified = now() WHERE id = $1', [
    chartId,
    status,
    status === 0 ? 0 : last + 1,
  ]);
}
