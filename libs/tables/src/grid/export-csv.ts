import { Readable } from 'node:stream';

import { text, type Engine } from '../engine/engine.js';
import { readMeta, type TableColumn } from '../table-meta.js';

import { filterSql, sortSql } from './filter-sql.js';
import type { GridFilter, GridSort } from './grid-query.js';
import { numberedRows } from './read-page.js';

/** What a spreadsheet may take for a formula: these signs, also in their full-width forms, at the start of a cell that is no number. */
const FORMULA = '^[=+\\-@\\t\\r\\n＝＋－＠]';
const NUMBER = '[+-]?[0-9]+([.,][0-9]+)?';
const SPECIAL = '[",\\r\\n]';

/** See Tables.exportCsv. Lines are put together by DuckDB, so a row costs one string here. */
export async function exportCsv(
  engine: Engine,
  folder: string,
  query: { filter?: GridFilter | undefined; sort?: GridSort | undefined },
  signal?: AbortSignal,
): Promise<Readable> {
  const meta = await readMeta(folder);
  const columns = meta.columns.filter(({ type }) => type.type !== 'Binary' && type.type !== 'Image');
  const where = filterSql(meta.columns, query.filter);
  const orderBy = sortSql(meta.columns, query.sort);
  const line = columns.length > 0 ? `concat_ws(',', ${columns.map(cellSql).join(', ')})` : `''`;
  const sql = `SELECT ${line} FROM ${numberedRows(folder)}${where ? ` WHERE ${where.sql}` : ''}${orderBy ? ` ORDER BY ${orderBy}` : ''}`;
  return Readable.from(lines(engine, columns, sql, where?.values ?? [], signal), { objectMode: false });
}

async function* lines(
  engine: Engine,
  columns: readonly TableColumn[],
  sql: string,
  values: readonly (string | number)[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${columns.map(({ name }) => headerCell(name)).join(',')}\n`);
  for await (const chunk of engine.chunks(sql, values, signal)) {
    yield Buffer.from(`${chunk.getColumnVector(0).toArray().join('\n')}\n`);
  }
}

function headerCell(name: string): string {
  const safe = new RegExp(FORMULA).test(name) && !new RegExp(`^${NUMBER}$`).test(name) ? `'${name}` : name;
  return new RegExp(SPECIAL).test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function cellSql({ id, type }: TableColumn): string {
  if (type.type === 'Integer' || type.type === 'Float' || type.type === 'Decimal') {
    return `coalesce(CASE WHEN isfinite(${id}::DOUBLE) THEN ${id}::VARCHAR END, '')`;
  }
  const safe = `CASE WHEN regexp_matches(${id}, ${text(FORMULA)}) AND NOT regexp_full_match(${id}, ${text(NUMBER)}) THEN '''' || ${id} ELSE ${id} END`;
  return `coalesce(CASE WHEN regexp_matches(${id}, ${text(SPECIAL)}) THEN '"' || replace(${safe}, '"', '""') || '"' ELSE ${safe} END, '')`;
}
