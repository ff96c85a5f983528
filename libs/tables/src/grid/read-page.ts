import { text, type Engine } from '../engine/engine.js';
import { dataPath, readMeta, type TableMeta } from '../table-meta.js';
import type { Page } from '../tables.js';

import { filterSql, sortSql, type Condition } from './filter-sql.js';
import type { GridFilter, GridSort } from './grid-query.js';
import { cellSql, shownCell, type PageRow } from './page-cells.js';
import type { CopySource, RowCopies } from './row-copies.js';
import type { RowOrders } from './row-orders.js';
import { versionOf } from './table-version.js';

/** Rows up to which a sorted table is answered by a top-n search instead of a full sort. */
const TOP_ROWS = 1000;

/** The table with each row's number as a column. */
export function numberedRows(folder: string): string {
  return `read_parquet(${text(dataPath(folder))}, file_row_number = true)`;
}

/** A table of so many rows gets a copy by rows once somebody looks beyond its head: those of fewer lie in a handful of row groups. */
const COPIED_ROWS = 250_000;

/** What pages are read from. */
export interface PageDoors {
  readonly engine: Engine;
  /** Reads rows by their numbers, planned without statistics: for all columns of a large table they take half the time (ADR 0008). */
  readonly seeker: () => Promise<Engine>;
  readonly orders: RowOrders;
  readonly copies: RowCopies;
}

/** See Tables.page. */
export async function readPage(
  { seeker, copies }: PageDoors,
  folder: string,
  range: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<Page> {
  const meta = await readMeta(folder);
  const { offset } = range;
  const count = Math.max(0, Math.min(range.limit, meta.rows - offset));
  if (count === 0) return { rows: [], total: meta.rows };
  const numbers = Array.from({ length: count }, (_, at) => offset + at);
  const source = await copySource(folder, meta);
  const copied = await copies.read(source, numbers);
  if (copied) return { rows: copied, total: meta.rows };
  if (offset >= COPIED_ROWS) copies.want(source);
  const which = `BETWEEN ${offset} AND ${offset + count - 1}`;
  const rows = await copies.aside(fetchRows(await seeker(), folder, meta, which, signal));
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
  doors: PageDoors,
  folder: string,
  request: GridRequest,
  signal?: AbortSignal,
): Promise<Page> {
  const { engine, orders, copies } = doors;
  const meta = await readMeta(folder);
  const { page, pageSize } = request;
  const offset = page * pageSize;
  const where = filterSql(meta.columns, request.filter);
  const orderBy = sortSql(meta.columns, request.sort);
  if (!where && !orderBy) return readPage(doors, folder, { offset, limit: pageSize }, signal);
  const sql = orderSql(folder, where, orderBy);
  const values = where?.values ?? [];
  const source = await copySource(folder, meta);
  const key = JSON.stringify([source.key, sql, values]);
  if (orderBy && !orders.has(key) && offset + pageSize <= TOP_ROWS) {
    const [top, total] = await Promise.all([
      engine.rows(`${sql} LIMIT ${pageSize} OFFSET ${offset}`, values, signal),
      where ? countRows(engine, folder, where, signal) : meta.rows,
    ]);
    const numbers = top.map(([row]) => Number(row));
    return { rows: await gather(doors, folder, { meta, source, numbers }, signal), total };
  }
  const { rows, count } = await orders.read(
    { key, sql, values, atMost: meta.rows },
    { offset, limit: pageSize },
    signal,
  );
  const gathered = await gather(doors, folder, { meta, source, numbers: [...rows] }, signal);
  if (meta.rows >= COPIED_ROWS) copies.want(source);
  return { rows: gathered, total: count };
}

async function copySource(folder: string, meta: TableMeta): Promise<CopySource> {
  return { key: await versionOf(folder), from: numberedRows(folder), columns: meta.columns };
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
  { seeker, copies }: PageDoors,
  folder: string,
  { meta, source, numbers }: { meta: TableMeta; source: CopySource; numbers: readonly number[] },
  signal?: AbortSignal,
): Promise<PageRow[]> {
  if (numbers.length === 0) return [];
  const copied = await copies.read(source, numbers);
  if (copied) return copied;
  const found = await copies.aside(fetchRows(await seeker(), folder, meta, `IN (${numbers.join(', ')})`, signal));
  const byNumber = new Map(found.map(({ number, row }) => [number, row]));
  return numbers.map((number) => byNumber.get(number)!);
}

async function fetchRows(
  engine: Engine,
  folder: string,
  { columns: shown }: TableMeta,
  which: string,
  signal?: AbortSignal,
): Promise<{ number: number; row: PageRow }[]> {
  const rows: { number: number; row: PageRow }[] = [];
  const cells = shown.map(cellSql).join(', ');
  const sql = `SELECT file_row_number::UINTEGER, ${cells} FROM ${numberedRows(folder)} WHERE file_row_number ${which}`;
  for await (const chunk of engine.chunks(sql, [], signal, { whole: true })) {
    const numbers = chunk.getColumnVector(0);
    const columns = shown.map((_, index) =>
      chunk
        .getColumnVector(index + 1)
        .toArray()
        .map(shownCell),
    );
    for (let at = 0; at < chunk.rowCount; at++) {
      const row = Object.fromEntries(shown.map(({ name }, index) => [name, columns[index]![at]!]));
      rows.push({ number: numbers.getItem(at) as number, row });
    }
  }
  return rows;
}
