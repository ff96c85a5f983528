import { stat } from 'node:fs/promises';

import type { DuckDBVector } from '@duckdb/node-api';

import type { Cell } from '#frame';

import { text, type Engine } from '../engine/engine.js';
import { dataPath, readMeta, type TableColumn, type TableMeta } from '../table-meta.js';
import type { Page } from '../tables.js';

import { filterSql, sortSql, type Condition } from './filter-sql.js';
import type { GridFilter, GridSort } from './grid-query.js';
import type { RowOrders } from './row-orders.js';

type Row = Record<string, Cell>;

/** Rows up to which a sorted table is answered by a top-n search instead of a full sort. */
const TOP_ROWS = 1000;

/** The table with each row's number as a column. */
export function numberedRows(folder: string): string {
  return `read_parquet(${text(dataPath(folder))}, file_row_number = true)`;
}

/** See Tables.page. */
export async function readPage(
  engine: Engine,
  folder: string,
  range: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<Page> {
  const meta = await readMeta(folder);
  const { offset, limit } = range;
  const rows =
    limit > 0 && offset < meta.rows
      ? await fetchRows(engine, folder, meta, `BETWEEN ${offset} AND ${offset + limit - 1}`, signal)
      : [];
  return { rows: rows.sort((a, b) => a.number - b.number).map(({ row }) => row), total: meta.rows };
}

export interface GridRequest {
  readonly filter?: GridFilter | undefined;
  readonly sort?: GridSort | undefined;
  readonly page: number;
  readonly pageSize: number;
}

/** See Tables.filterPage. */
export async function filterPage(
  engine: Engine,
  orders: RowOrders,
  folder: string,
  request: GridRequest,
  signal?: AbortSignal,
): Promise<Page> {
  const meta = await readMeta(folder);
  const { page, pageSize } = request;
  const offset = page * pageSize;
  const where = filterSql(meta.columns, request.filter);
  const orderBy = sortSql(meta.columns, request.sort);
  if (!where && !orderBy) return readPage(engine, folder, { offset, limit: pageSize }, signal);
  const sql = orderSql(folder, where, orderBy);
  const values = where?.values ?? [];
  const { mtimeMs, size, ino } = await stat(dataPath(folder));
  const key = JSON.stringify([folder, mtimeMs, size, ino, sql, values]);
  if (orderBy && !orders.has(key) && offset + pageSize <= TOP_ROWS) {
    const [top, total] = await Promise.all([
      engine.rows(`${sql} LIMIT ${pageSize} OFFSET ${offset}`, values, signal),
      where ? countRows(engine, folder, where, signal) : meta.rows,
    ]);
    return {
      rows: await gather(
        engine,
        folder,
        meta,
        top.map(([row]) => Number(row)),
        signal,
      ),
      total,
    };
  }
  const { rows: numbers, count } = await orders.read({ key, sql, values }, { offset, limit: pageSize }, signal);
  return { rows: await gather(engine, folder, meta, [...numbers], signal), total: count };
}

/** A statement that lists the numbers of the rows that pass, in order. */
export function orderSql(folder: string, where: Condition | null, orderBy: string | null): string {
  const rows = `SELECT file_row_number::UINTEGER FROM ${numberedRows(folder)}`;
  return `${rows}${where ? ` WHERE ${where.sql}` : ''}${orderBy ? ` ORDER BY ${orderBy}` : ''}`;
}

async function countRows(engine: Engine, folder: string, where: Condition, signal?: AbortSignal): Promise<number> {
  const [count] = await engine.row(
    `SELECT count(*) FROM ${text(dataPath(folder))} WHERE ${where.sql}`,
    where.values,
    signal,
  );
  return Number(count);
}

async function gather(
  engine: Engine,
  folder: string,
  meta: TableMeta,
  numbers: readonly number[],
  signal?: AbortSignal,
): Promise<Row[]> {
  if (numbers.length === 0) return [];
  const found = await fetchRows(engine, folder, meta, `IN (${numbers.join(', ')})`, signal);
  const byNumber = new Map(found.map(({ number, row }) => [number, row]));
  return numbers.map((number) => byNumber.get(number)!);
}

async function fetchRows(
  engine: Engine,
  folder: string,
  meta: TableMeta,
  which: string,
  signal?: AbortSignal,
): Promise<{ number: number; row: Row }[]> {
  const cells = meta.columns.map(cellSql).join(', ');
  const rows: { number: number; row: Row }[] = [];
  const sql = `SELECT file_row_number::UINTEGER, ${cells} FROM ${numberedRows(folder)} WHERE file_row_number ${which}`;
  for await (const chunk of engine.chunks(sql, [], signal)) {
    const numbers = chunk.getColumnVector(0);
    const columns = meta.columns.map((_, index) => cellsOf(chunk.getColumnVector(index + 1)));
    for (let at = 0; at < chunk.rowCount; at++) {
      const row = Object.fromEntries(meta.columns.map(({ name }, index) => [name, columns[index]![at]!]));
      rows.push({ number: numbers.getItem(at) as number, row });
    }
  }
  return rows;
}

/** A column as a page shows it: numbers as doubles, text as it is, pictures and bytes as a mark. */
function cellSql({ id, type }: TableColumn): string {
  if (type.type === 'Integer' || type.type === 'Float' || type.type === 'Decimal') return `${id}::DOUBLE`;
  if (type.type === 'Image')
    return `CASE WHEN ${id} IS NULL THEN NULL ELSE coalesce('data:image/png;base64,' || to_base64(${id}.thumb), '[Image]') END`;
  if (type.type === 'Binary') return `CASE WHEN ${id} IS NULL THEN NULL ELSE '[Image]' END`;
  return `${id}::VARCHAR`;
}

function cellsOf(vector: DuckDBVector): Cell[] {
  return vector
    .toArray()
    .map((value) => (typeof value === 'number' && !Number.isFinite(value) ? null : (value as Cell)));
}
