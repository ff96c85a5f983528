import { text } from '../engine/engine.js';
import type { TableColumn } from '../table-meta.js';

import { FILTER_OPERATORS, type FilterOperator, type GridFilter, type GridSort } from './grid-query.js';

/** A condition and the values of its placeholders. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

type Item = GridFilter['items'][number];

/**
 * The filter as one SQL condition over the table's columns, or null when nothing is filtered. Items on unknown columns, with unknown
 * operators or still without a value are left out.
 */
export function filterSql(columns: readonly TableColumn[], filter: GridFilter | undefined): Condition | null {
  const conditions = (filter?.items ?? []).flatMap((item) => {
    const column = named(columns, item.field);
    const operator = FILTER_OPERATORS.find((known) => known === item.operator);
    const condition = column && operator ? itemSql(column, operator, item) : null;
    return condition ? [condition] : [];
  });
  if (conditions.length === 0) return null;
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

/** The column as it is compared: a picture by its name. */
function named(columns: readonly TableColumn[], name: string): TableColumn | undefined {
  const column = columns.find((candidate) => candidate.name === name);
  return column?.type.type === 'Image' ? { ...column, id: `${column.id}.path` } : column;
}

/**
 * The sort as an ORDER BY list that ends with the row's position, so that pages never overlap; null when nothing is sorted. The position
 * is as short as the row orders hold it: DuckDB sorts a fraction with it a quarter faster than with one of 64 bits.
 */
export function sortSql(columns: readonly TableColumn[], sort: GridSort | undefined): string | null {
  const keys = (sort ?? []).flatMap(({ id, desc }) => {
    const column = named(columns, id);
    return column ? [`${comparable(column)} ${desc ? 'DESC' : 'ASC'} NULLS LAST`] : [];
  });
  return keys.length > 0 ? [...keys, 'file_row_number::UINTEGER'].join(', ') : null;
}

const ORDERS = {
  equals: '=',
  lessThan: '<',
  lessThanOrEqualTo: '<=',
  greaterThan: '>',
  greaterThanOrEqualTo: '>=',
} as const;
const isNumber = ({ type }: TableColumn): boolean =>
  type.type === 'Integer' || type.type === 'Float' || type.type === 'Decimal';

function itemSql(column: TableColumn, operator: FilterOperator, { value }: Item): Condition | null {
  const empty = isNumber(column) ? `${column.id} IS NULL` : `${column.id} IS NULL OR ${column.id} = ''`;
  if (operator === 'isEmpty') return { sql: empty, values: [] };
  if (operator === 'isNotEmpty') return { sql: `NOT (${empty})`, values: [] };
  if (operator === 'between') return between(column, value);
  if (operator === 'isAnyOf') return isAnyOf(column, value);
  const given = scalar(value);
  if (given === null) return null;
  if (operator in ORDERS) return compare(column, ORDERS[operator as keyof typeof ORDERS], given);
  return search(column, operator, String(given));
}

function between(column: TableColumn, value: unknown): Condition | null {
  const [low, high] = Array.isArray(value) ? value.map(scalar) : [];
  const sides = [
    low == null ? null : compare(column, '>=', low),
    high == null ? null : compare(column, '<=', high),
  ].filter((side) => side !== null);
  return sides.length === 0
    ? null
    : { sql: sides.map(({ sql }) => sql).join(' AND '), values: sides.flatMap(({ values }) => values) };
}

function isAnyOf(column: TableColumn, value: unknown): Condition | null {
  const list = (
    Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').map((word) => word.trim()) : [value]
  )
    .map(scalar)
    .filter((word) => word !== null);
  const sides = list.map((word) => compare(column, '=', word));
  return sides.length === 0
    ? null
    : { sql: sides.map(({ sql }) => sql).join(' OR '), values: sides.flatMap(({ values }) => values) };
}

/** Numbers compare as numbers, dates as days, all else as text; a value that cannot be one of them matches nothing. */
function compare(column: TableColumn, sign: string, value: string | number): Condition {
  if (isNumber(column)) {
    const number = Number(value);
    return Number.isNaN(number)
      ? { sql: 'false', values: [] }
      : { sql: `${column.id} ${sign} ?::DOUBLE`, values: [number] };
  }
  if (column.type.type === 'Date') {
    const day = `coalesce(try_strptime(?, ${text(column.type.dtype)}), try_cast(? AS TIMESTAMP))`;
    return { sql: `${comparable(column)} ${sign} ${day}`, values: [String(value), String(value)] };
  }
  return { sql: `${column.id} ${sign} ?`, values: [asWord(column, String(value))] };
}

function search(column: TableColumn, operator: FilterOperator, value: string): Condition {
  const cell = `lower(${column.id}::VARCHAR)`;
  const wanted = value.toLowerCase();
  if (operator === 'startsWith') return { sql: `starts_with(${cell}, ?)`, values: [wanted] };
  if (operator === 'endsWith') return { sql: `ends_with(${cell}, ?)`, values: [wanted] };
  const found = `contains(${cell}, ?)`;
  return { sql: operator === 'contains' ? found : `NOT coalesce(${found}, false)`, values: [wanted] };
}

/** What a column is ordered by: dates by their day, not by how they are written. */
function comparable({ id, type }: TableColumn): string {
  return type.type === 'Date' ? `try_strptime(${id}, ${text(type.dtype)})` : id;
}

/** Truth values are stored as `True` and `False`; clients also write true, 1, false, 0. */
function asWord({ type }: TableColumn, value: string): string {
  if (type.categories?.length !== 2 || !type.categories.includes('True') || !type.categories.includes('False'))
    return value;
  const lower = value.toLowerCase();
  return lower === 'true' || lower === '1' ? 'True' : lower === 'false' || lower === '0' ? 'False' : value;
}

/** A value that can be compared; null when there is none yet. */
function scalar(value: unknown): string | number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
