import { AppError } from '#contract';

import { text, type Engine } from '../engine/engine.js';
import { cellSql, shownCell } from '../grid/page-cells.js';
import { columnOf, dataPath, readMeta } from '../table-meta.js';
import type { ValueCounts } from '../tables.js';

/** See Tables.countValues: the engine groups within its memory, or on disk; only `most` values are ever held here. */
export async function countValues(
  engine: Engine,
  folder: string,
  column: string,
  most: number,
  signal?: AbortSignal,
): Promise<ValueCounts> {
  const found = columnOf(await readMeta(folder), column);
  if (found.type.type === 'Image' || found.type.type === 'Binary') throw new AppError('column-not-found', { column });
  const grouped = `SELECT ${cellSql(found)} AS value, count(*)::DOUBLE AS rows FROM ${text(dataPath(folder))} GROUP BY 1`;
  const sql = `SELECT value, rows, (count(*) OVER ())::DOUBLE FROM (${grouped} HAVING value IS NOT NULL) ORDER BY rows DESC, value LIMIT ${most}`;
  const rows = await engine.rows(sql, [], signal);
  return {
    distinct: Number(rows[0]?.[2] ?? 0),
    values: rows.map(([value, count]) => ({ value: shownCell(value), rows: Number(count) })),
  };
}
