import type { ColumnTypes } from '#contract';

import { columnFrom } from './columns.js';
import { createFrame, type Column, type Frame } from './frame.js';

type Records = readonly Readonly<Record<string, unknown>>[];

/** A cell as it goes over the wire. */
export type Cell = string | number | null;

/**
 * A frame from rows as JSON has them. Columns are those of `types`; a key a row lacks is missing there, other keys are left out.
 * @throws AppError `values-not-convertible`.
 */
export function fromRecords(records: Records, types: ColumnTypes): Frame {
  const columns = Object.entries(types).map(([name, type]) =>
    columnFrom(
      name,
      records.map((record) => (Object.hasOwn(record, name) ? record[name] : null)),
      type,
    ),
  );
  return createFrame(columns, records.length);
}

/** One cell; missing values and infinities, which JSON lacks, are null. */
export function cellAt(column: Column, row: number): Cell {
  if (column.kind === 'numeric') return Number.isFinite(column.values[row]) ? column.values[row]! : null;
  if (column.kind === 'categorical') return column.dictionary[column.codes[row]!] ?? null;
  return column.values[row] ?? null;
}

/** The rows as objects, name → cell. */
export function toRecords(frame: Frame): Record<string, Cell>[] {
  return Array.from({ length: frame.rows }, (_, row) =>
    Object.fromEntries(frame.columns.map((column) => [column.name, cellAt(column, row)])),
  );
}
