import { isNumericType, type Cell } from '#frame';

import type { TableColumn } from '../table-meta.js';

/** A row of a page, by column name. */
export type PageRow = Record<string, Cell>;

/** A column as a page shows it: numbers as doubles, text as it is, pictures and bytes as a mark. */
export function cellSql({ id, type }: TableColumn): string {
  if (isNumericType(type.type)) return `${id}::DOUBLE`;
  if (type.type === 'Image')
    return `CASE WHEN ${id} IS NULL THEN NULL ELSE coalesce('data:image/png;base64,' || to_base64(${id}.thumb), '[Image]') END`;
  if (type.type === 'Binary') return `CASE WHEN ${id} IS NULL THEN NULL ELSE '[Image]' END`;
  return `${id}::VARCHAR`;
}

/** A number that JSON has no word for is shown as missing. */
export function shownCell(value: unknown): Cell {
  return typeof value === 'number' && !Number.isFinite(value) ? null : (value as Cell);
}
