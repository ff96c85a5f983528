import type { DataFrame } from 'danfojs-node';

import { AppError } from '#contract';
import { columnFrom, createFrame, lengthOf, typeEntry, type Column, type Frame } from '#frame';

/** Rows from which on danfojs gets slow: 20,000 are sorted in 0.2 s, a million never (docs: its `sortValues` is quadratic). */
export const DANFO_MAX_ROWS = 20_000;

type Value = string | number | boolean | null | undefined;

/**
 * The frame as a danfojs DataFrame, for plugin and component authors. Missing numbers are NaN, missing words null. danfojs loads on the
 * first call. Leave its `describe` (throws on null), `sortValues` and `loc` (quadratic) alone.
 * @throws AppError `frame-too-large` beyond {@link DANFO_MAX_ROWS}.
 */
export async function toDanfo(frame: Frame): Promise<DataFrame> {
  refuseLarge(frame.rows);
  const danfo = await import('danfojs-node');
  const columns = frame.columns.map((column): Value[] => valuesOf(column));
  const rows = Array.from({ length: frame.rows }, (_, row) => columns.map((column) => column[row]));
  return new danfo.DataFrame(rows, { columns: frame.columns.map(({ name }) => name) });
}

/**
 * A frame from a danfojs DataFrame: columns of whole numbers are Integer, other numbers Float, truth values Categorical, words Text.
 * @throws AppError `frame-too-large`, `columns-duplicated`.
 */
export function fromDanfo(data: Pick<DataFrame, 'columns' | 'shape' | 'values'>): Frame {
  const [rows = 0] = data.shape;
  refuseLarge(rows);
  const names = data.columns.map(String);
  const values = data.values as Value[][];
  return createFrame(
    names.map((name, index) =>
      columnOf(
        name,
        values.map((row) => row[index]),
      ),
    ),
    rows,
  );
}

function refuseLarge(rows: number): void {
  if (rows > DANFO_MAX_ROWS) throw new AppError('frame-too-large', { rows, limit: DANFO_MAX_ROWS });
}

function valuesOf(column: Column): Value[] {
  if (column.kind === 'categorical')
    return Array.from({ length: lengthOf(column) }, (_, row) => column.dictionary[column.codes[row]!] ?? null);
  return [...column.values];
}

function columnOf(name: string, values: readonly Value[]): Column {
  const present = values.filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
  if (present.length > 0 && present.every((value) => typeof value === 'number')) {
    return columnFrom(name, values, typeEntry(present.every(Number.isInteger) ? 'Integer' : 'Float'));
  }
  const truth = present.length > 0 && present.every((value) => typeof value === 'boolean');
  return columnFrom(name, values, truth ? typeEntry('Categorical', ['False', 'True']) : typeEntry('Text'));
}
