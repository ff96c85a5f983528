import { AppError } from '#contract';

/** What a table may have at most. */
export interface TableBounds {
  readonly maxColumns: number;
  readonly maxRows: number;
  /** Rows × columns, empty cells included. */
  readonly maxCells: number;
}

export const BOUNDS: TableBounds = { maxColumns: 20_000, maxRows: 100_000_000, maxCells: 1_000_000_000 };

/**
 * @throws AppError `table-too-large`.
 */
export function checkSize(rows: number, columns: number, { maxRows, maxCells }: Omit<TableBounds, 'maxColumns'>): void {
  if (rows > maxRows || rows * columns > maxCells)
    throw new AppError('table-too-large', { rows: maxRows, cells: maxCells });
}

/** Cells a byte of a file can hold in earnest: those of a packed workbook full of one value come to 40. */
const CELLS_A_BYTE = 50;
/** The part of the cells even the smallest file may come to. */
const SMALL_FILE = 1 / 50;

/** Formats that name only the cells that are filled can stand for any number of empty ones, which are written down before they are a table. */
export function boundsOfSparse(bounds: TableBounds, fileBytes: number): TableBounds {
  const cells = Math.max(Math.floor(bounds.maxCells * SMALL_FILE), fileBytes * CELLS_A_BYTE);
  return { ...bounds, maxCells: Math.min(bounds.maxCells, cells) };
}

/** Memory the engine needs for a column of text while it writes a table. */
const COLUMN_BYTES = 200 * 1024;

/** Memory that a table's columns alone have used up is said to be that. */
export function tooWide(error: unknown, columns: number, memoryBytes: number): unknown {
  const limit = Math.floor(memoryBytes / COLUMN_BYTES);
  const isMemory = error instanceof AppError && error.code === 'out-of-memory';
  return isMemory && columns > limit
    ? new AppError('too-many-columns', { count: columns, limit }, { cause: error })
    : error;
}
