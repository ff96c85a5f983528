import {
  categoricalColumn,
  createFrame,
  numericColumn,
  takeRows,
  textColumn,
  typeEntry,
  type Column,
  type Frame,
} from '#frame';
import { random } from '#linalg';

/** Seeded rows of every kind of column, some with holes; the same for the same number of rows. */
export function toyFrame(rows: number): Frame {
  const { normal, below } = random(11);
  const numbers = (make: (row: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => make(row));
  const words = (make: (row: number) => string | null): (string | null)[] =>
    Array.from({ length: rows }, (_, row) => make(row));
  const levels = ['red', 'green', 'blue'];
  const codes = { ...typeEntry('Categorical'), dtype: 'int64' };
  const columns: Column[] = [
    numericColumn(
      'width',
      numbers(() => normal() * 3 + 10),
    ),
    numericColumn(
      'height',
      numbers((row) => (row % 7 === 3 ? NaN : normal())),
    ),
    numericColumn(
      'count',
      numbers(() => below(6)),
      typeEntry('Integer'),
    ),
    numericColumn(
      'gaps',
      numbers((row) => (row % 5 === 1 ? NaN : below(100))),
      typeEntry('Integer'),
    ),
    categoricalColumn(
      'color',
      words(() => levels[below(3)]!),
    ),
    categoricalColumn(
      'shape',
      words((row) => (row % 6 === 2 ? null : `s${below(4)}`)),
    ),
    categoricalColumn(
      'grade',
      words(() => String(below(5))),
      codes,
    ),
    textColumn(
      'note',
      words((row) => (row % 4 === 0 ? null : `note ${below(40)} <b>&`)),
    ),
    textColumn(
      'day',
      words((row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`),
      typeEntry('Date'),
    ),
  ];
  return createFrame(columns, rows);
}

/** The same columns with a value nowhere. */
export function emptied(frame: Frame): Frame {
  const columns = frame.columns.map((column): Column => {
    if (column.kind === 'numeric') return { ...column, values: column.values.map(() => NaN) };
    if (column.kind === 'categorical') return { ...column, codes: column.codes.map(() => -1) };
    return { ...column, values: column.values.map(() => null) };
  });
  return createFrame(columns, frame.rows);
}

/** The first rows of a frame. */
export const firstRows = (frame: Frame, count: number): Frame =>
  takeRows(
    frame,
    Array.from({ length: count }, (_, row) => row),
  );

/** Cells of a frame as plain arrays, to compare before and after. */
export const cellsOf = (frame: Frame): unknown =>
  frame.columns.map((column) => ({
    name: column.name,
    type: column.type,
    values:
      column.kind === 'categorical'
        ? Array.from(column.codes, (code) => column.dictionary[code] ?? null)
        : [...column.values],
  }));
