import type { MetricRow } from './metric-source.js';

/** Wire types of columns, of those that the format has. */
type ColumnType = 'float64' | 'bool' | 'utf8';
type Cell = number | string | boolean | null;
/** Rows of one shape. */
export interface RowBlock {
  readonly columns: { name: string; type: ColumnType }[];
  readonly rows: Cell[][];
}

/**
 * Rows as blocks of typed columns (`ml-dash.metric-rows.v1`): neighbours with the same fields of the same types share one. Lists and
 * objects travel as JSON text; numbers JSON has no word for as text that the reader knows.
 */
export function rowBlocks(rows: readonly MetricRow[]): RowBlock[] {
  const blocks: RowBlock[] = [];
  let shape: string | undefined;
  for (const { data } of rows) {
    const fields = Object.entries(data);
    const next = JSON.stringify(fields.map(([name, value]) => [name, typeOf(value)]));
    if (next !== shape) {
      blocks.push({ columns: fields.map(([name, value]) => ({ name, type: typeOf(value) })), rows: [] });
      shape = next;
    }
    blocks.at(-1)!.rows.push(fields.map(([, value]) => cellOf(value)));
  }
  return blocks;
}

function typeOf(value: unknown): ColumnType {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' || value === null || value === undefined ? 'float64' : 'utf8';
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : wordOf(value);
  return typeof value === 'string' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

const wordOf = (value: number): string => (Object.is(value, -0) ? '-0' : `${value}`);
