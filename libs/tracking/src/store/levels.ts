import { arrayText } from './arrays.js';
import { COARSE_BYTES, joinedSketch, type Sketch } from './sketch.js';
import type { Sql } from './sql.js';

/** Chunks a node stands over on the first level, nodes of the level below on each further one. */
export const FAN_OUT = 4;
/** Parts of a node whose least and greatest its sketch has. */
export const NODE_PARTS = 32;
/** Levels there can be: the highest holds a node for some 10^10 points. */
export const TOP_LEVEL = 12;
/** Chunks that are put under nodes in one go; the rest follows with the next ones. */
const GO = 4096;

interface Item {
  readonly first_x: number;
  readonly last_x: number;
  readonly n: number;
  readonly sketch: Sketch;
}
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where nodes or, on level 0, chunks lie. */
export const itemsOf = (level: number): string =>
  level === 0 ? '(SELECT *, 0 AS level FROM tracked_chunk)' : 'tracked_level';

/** Whether a series that came by some chunks is due for nodes; not all series at once. */
export const nodesDue = (id: number, before: number, after: number): boolean =>
  Math.floor((after + id) / FAN_OUT) > Math.floor((before + id) / FAN_OUT);

/**
 * Puts nodes over chunks that have none: above the last node, and where chunks in a range were replaced. The series is locked.
 * @returns how many nodes were made.
 */
export async function mendLevels(sql: Sql, id: number, replaced?: Range): Promise<number> {
  let { from, to } = replaced ?? { from: Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };
  let sum = 0;
  for (let level = 1; level <= TOP_LEVEL; level++) {
    const gone = replaced === undefined ? [] : await removeNodes(sql, id, level, { from, to });
    for (const node of gone) [from, to] = [Math.min(from, node.first_x), Math.max(to, node.last_x)];
    const made = await addNodes(sql, id, level, { from, to });
    if (gone.length + made === 0) break;
    sum += made;
  }
  return sum;
}

async function removeNodes(sql: Sql, id: number, level: number, { from, to }: Range): Promise<Item[]> {
  return sql<Item>(
    `DELETE FROM tracked_level WHERE series_id = $1 AND level = $2 AND last_x >= $3 AND first_x <= $4
     RETURNING first_x::float8, last_x::float8`,
    [id, level, from, to],
  );
}

/** Fills the gap around the range; above the last node only with full ones. */
async function addNodes(sql: Sql, id: number, level: number, { from, to }: Range): Promise<number> {
  const [gap] = await sql<{ above: number | null; below: number | null }>(
    `SELECT (SELECT last_x::float8 FROM tracked_level WHERE series_id = $1 AND level = $2 AND first_x < $3 ORDER BY first_x DESC LIMIT 1) AS above,
       (SELECT first_x::float8 FROM tracked_level WHERE series_id = $1 AND level = $2 AND first_x > $4 ORDER BY first_x LIMIT 1) AS below`,
    [id, level, from, to],
    'tracked-level-gap',
  );
  const { above, below } = gap!;
  const items = await sql<Item>(
    `SELECT first_x::float8, last_x::float8, n::float8, sketch FROM ${itemsOf(level - 1)} item
     WHERE series_id = $1 AND level = $2 AND first_x > $3 AND first_x < $4 ORDER BY first_x LIMIT $5`,
    [id, level - 1, above ?? Number.MIN_SAFE_INTEGER, below ?? Number.MAX_SAFE_INTEGER, below === null ? GO : null],
    level === 1 ? 'tracked-level-chunks' : 'tracked-level-nodes',
  );
  const nodes: Item[] = [];
  for (let at = 0; at < items.length; at += FAN_OUT) {
    const own = items.slice(at, at + FAN_OUT);
    if (own.length < FAN_OUT && below === null) break;
    const n = own.reduce((sum, item) => sum + item.n, 0);
    nodes.push({ first_x: own[0]!.first_x, last_x: own.at(-1)!.last_x, n, sketch: joinedSketch(own, NODE_PARTS) });
  }
  if (nodes.length > 0) await insertNodes(sql, id, level, nodes);
  return nodes.length;
}

async function insertNodes(sql: Sql, id: number, level: number, nodes: readonly Item[]): Promise<void> {
  await sql(
    `INSERT INTO tracked_level (series_id, level, first_x, last_x, n, sketch)
     SELECT $1, $2, first_x, last_x, n, decode(sketch, 'hex')
     FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::text[]) node (first_x, last_x, n, sketch)`,
    [
      id,
      level,
      arrayText(nodes.map((node) => node.first_x)),
      arrayText(nodes.map((node) => node.last_x)),
      arrayText(nodes.map((node) => node.n)),
      nodes.map(({ sketch }) => sketch.toString('hex')),
    ],
    'tracked-level-insert',
  );
}

/** How many nodes of each level, and chunks (level 0), begin or lie in a range, counted up to `enough`; empty levels are not there. */
export async function countLevels(sql: Sql, id: number, { from, to }: Range, enough: number): Promise<number[]> {
  const counted = (items: string, level: string): string =>
    `(SELECT count(*)::int FROM (SELECT 1 FROM ${items} WHERE series_id = $1 ${level} AND first_x <= $3 AND first_x >= coalesce(
       (SELECT first_x FROM ${items} WHERE series_id = $1 ${level} AND first_x <= $2 ORDER BY first_x DESC LIMIT 1), $2) LIMIT $4) one)`;
  const [row] = await sql<{ counts: number[] }>(
    `SELECT ${counted('tracked_chunk', '')} || array_agg(nodes ORDER BY level) AS counts
     FROM (SELECT level, ${counted('tracked_level', 'AND level = l.level')} AS nodes FROM generate_series(1, ${TOP_LEVEL}) l (level)) found`,
    [id, from, to, enough],
    'tracked-level-counts',
  );
  return row!.counts;
}

/**
 * Sketches that stand for a range, ascending: whole ones of a level, at the edges first, least, greatest and last of lower ones. Chunks
 * that lie partly in the range are left out.
 */
export async function readLevel(sql: Sql, id: number, { from, to }: Range, level: number): Promise<Sketch[]> {
  const side = (items: string, of: string, below: string, above: string): string =>
    `SELECT item.first_x, CASE WHEN step.level = $4 THEN sketch ELSE substring(sketch FOR ${COARSE_BYTES}) END AS sketch
     FROM step JOIN ${items} item ON item.series_id = $1 ${of} AND item.first_x > ${below} AND item.first_x < ${above} AND item.last_x <= $3`;
  const both = (items: string, of: string): string =>
    `${side(items, of, '$2::bigint - 1', 'coalesce(step.inner_first, $3::bigint + 1)')}
     UNION ALL ${side(items, of, 'step.inner_last', '$3::bigint + 1')}`;
  // Each step knows what the levels above it cover: inner_first to inner_last.
  const rows = await sql<{ sketch: Sketch }>(
    `WITH RECURSIVE step (level, inner_first, inner_last) AS (
       SELECT $4::int, NULL::bigint, NULL::bigint
       UNION ALL
       SELECT level - 1, coalesce(least(inner_first, found.first), inner_first), coalesce(greatest(inner_last, found.last), inner_last)
       FROM step CROSS JOIN LATERAL (SELECT
         (SELECT first_x FROM (SELECT first_x, last_x FROM tracked_level WHERE series_id = $1 AND level = step.level AND first_x >= $2
            ORDER BY first_x LIMIT 1) node WHERE last_x <= $3) AS first,
         (SELECT max(last_x) FROM (SELECT first_x, last_x FROM tracked_level WHERE series_id = $1 AND level = step.level AND first_x <= $3
            ORDER BY first_x DESC LIMIT 2) node WHERE last_x <= $3 AND first_x >= $2) AS last) found
       WHERE level > 0)
     SELECT sketch FROM (${both('tracked_level', 'AND item.level = step.level')}
       UNION ALL ${both('tracked_chunk', 'AND step.level = 0')}) item ORDER BY first_x`,
    [id, from, to, level],
    'tracked-level-read',
  );
  return rows.map(({ sketch }) => sketch);
}
