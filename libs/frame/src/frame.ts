import { AppError, type ColumnType } from '#contract';

/** Numbers; a missing one is NaN. `values` lies on shared memory. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly type: ColumnType;
  readonly values: Float64Array;
}
/** Codes into `dictionary`; a missing one is −1. `codes` lies on shared memory. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly type: ColumnType;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}
/** Free text, and everything that is kept as written: dates, times. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly type: ColumnType;
  readonly values: readonly (string | null)[];
}
/** A column of any kind; `kind` says how it keeps its values. */
export type Column = NumericColumn | CategoricalColumn | TextColumn;

/** A table in memory: columns of equal length under distinct names. */
export interface Frame {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Room for `length` numbers that threads can read without a copy. */
export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Room for `length` codes that threads can read without a copy. */
export function sharedCodes(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** The number of rows a column has. */
export function lengthOf(column: Column): number {
  return column.kind === 'categorical' ? column.codes.length : column.values.length;
}

/**
 * A frame of these columns.
 * @throws RangeError when lengths differ; AppError `columns-duplicated` when two share a name.
 */
export function createFrame(columns: readonly Column[], rows = columns[0] ? lengthOf(columns[0]) : 0): Frame {
  const seen = new Set<string>();
  for (const column of columns) {
    if (lengthOf(column) !== rows) throw new RangeError(`column of ${lengthOf(column)} rows in a frame of ${rows}`);
    if (seen.has(column.name)) throw new AppError('columns-duplicated', { column: column.name });
    seen.add(column.name);
  }
  return { rows, columns };
}

/** The column of this name. @throws AppError `column-not-found`. */
export function column(frame: Frame, name: string): Column {
  const found = frame.columns.find((candidate) => candidate.name === name);
  if (!found) throw new AppError('column-not-found', { column: name });
  return found;
}

/** These columns in this order, sharing memory with the frame. @throws AppError `column-not-found`. */
export function select(frame: Frame, names: readonly string[]): Frame {
  return createFrame(
    names.map((name) => column(frame, name)),
    frame.rows,
  );
}

/** The frame with these columns put in place of those with the same name, new ones at the end. */
export function withColumns(frame: Frame, columns: readonly Column[]): Frame {
  const fresh = new Map(columns.map((added) => [added.name, added]));
  const kept = frame.columns.map((old) => {
    const replacement = fresh.get(old.name);
    fresh.delete(old.name);
    return replacement ?? old;
  });
  return createFrame([...kept, ...fresh.values()], frame.columns.length ? frame.rows : undefined);
}

/** The rows with these numbers, in this order, copied to fresh shared memory. */
export function takeRows(frame: Frame, rows: ArrayLike<number>): Frame {
  return { rows: rows.length, columns: frame.columns.map((source) => takeColumn(source, rows)) };
}

function takeColumn(source: Column, rows: ArrayLike<number>): Column {
  const count = rows.length;
  if (source.kind === 'numeric') {
    const values = sharedFloats(count);
    for (let row = 0; row < count; row++) values[row] = source.values[rows[row]!]!;
    return { ...source, values };
  }
  if (source.kind === 'categorical') {
    const codes = sharedCodes(count);
    for (let row = 0; row < count; row++) codes[row] = source.codes[rows[row]!]!;
    return { ...source, codes };
  }
  return { ...source, values: Array.from(rows, (row) => source.values[row] ?? null) };
}
