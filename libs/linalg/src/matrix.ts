import { NumericError } from './numeric-error.js';

/** A dense matrix, column-major: cell (i, j) is `data[j * rows + i]`. The buffer may be a SharedArrayBuffer. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A matrix over `data` (length rows × cols, column-major, not copied), or of zeros. Wrong length: `bad-shape`. */
export function matrix(rows: number, cols: number, data: Float64Array = new Float64Array(rows * cols)): Matrix {
  if (data.length !== rows * cols) throw new NumericError('bad-shape', { rows, cols, length: data.length });
  return { rows, cols, data };
}

/** A matrix from an array of equally long rows. Ragged rows: `bad-shape`. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const result = matrix(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) throw new NumericError('bad-shape', { rows: rows.length, cols, length: row.length });
    row.forEach((value, j) => (result.data[j * rows.length + i] = value));
  });
  return result;
}

/** Column j as a view of length `rows` on the matrix's own buffer. */
export function column(m: Matrix, j: number): Float64Array {
  return m.data.subarray(j * m.rows, (j + 1) * m.rows);
}

/** A new matrix of the rows `indexes`, in that order; repeats are allowed. */
export function takeRows(m: Matrix, indexes: ArrayLike<number>): Matrix {
  const rows = indexes.length;
  const result = matrix(rows, m.cols);
  for (let j = 0; j < m.cols; j++) {
    for (let i = 0; i < rows; i++) result.data[j * rows + i] = m.data[j * m.rows + indexes[i]!]!;
  }
  return result;
}
