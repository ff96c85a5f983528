import type { Sql } from './sql.js';
import type { WantedChart } from './tracked-charts.js';

/** Makes the charts and groups that are missing, in the order given; others may be making the same. */
export async function makeCharts(
  sql: Sql,
  { column, id }: { column: 'run_id' | 'project_id'; id: number },
  wanted: readonly WantedChart[],
): Promise<void> {
  // Whoever comes second finds the first one's charts.
  await sql(`SELECT pg_advisory_xact_lock(hashtextextended('tracked charts ' || $1, $2))`, [column, id]);
  const groups = [...new Set(wanted.map(({ group }) => group))];
  await sql(
    `INSERT INTO tracked_chart_group (${column}, name, sort)
     SELECT $1, name, (SELECT coalesce(max(sort) + 1, 0) FROM tracked_chart_group WHERE ${column} = $1) + place - 1
     FROM unnest($2::text[]) WITH ORDINALITY AS wanted (name, place)
     WHERE NOT EXISTS (SELECT 1 FROM tracked_chart_group g WHERE g.${column} = $1 AND g.name = wanted.name) ORDER BY place`,
    [id, groups],
  );
  await sql(
    `INSERT INTO tracked_chart (chart_group_id, name, kind, system, sort)
     SELECT g.id, wanted.name, kind, system, 0
     FROM unnest($2::text[], $3::text[], $4::text[], $5::int[]) WITH ORDINALITY AS wanted (name, in_group, kind, system, place)
     JOIN tracked_chart_group g ON g.${column} = $1 AND g.name = wanted.in_group
     WHERE NOT EXISTS (SELECT 1 FROM tracked_chart c JOIN tracked_chart_group o ON o.id = c.chart_group_id
       WHERE o.${column} = $1 AND c.name = wanted.name)
     ORDER BY place`,
    [
      id,
      wanted.map(({ name }) => name),
      wanted.map(({ group }) => group),
      wanted.map(({ kind }) => kind),
      wanted.map(({ system }) => system),
    ],
  );
}
