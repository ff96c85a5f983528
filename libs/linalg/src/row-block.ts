import type { Matrix } from './matrix.js';

/** Some rows of a column-major matrix in kernel memory: column j begins `stride` float64 after column j − 1. */
interface RowBlock {
  readonly cells: Float64Array;
  readonly stride: number;
}

/**
 * Float64 from column to column of a block of `rows`: one cache line more than the rows (a multiple of 8) need, since columns
 * a power of two apart would compete for the same lines of a cache.
 */
export function blockStride(rows: number): number {
  return Math.ceil(rows / 8) * 8 + 8;
}

/** Copies `count` rows from `start` on; rows of zeros fill the last eight. Returns the rows with those. */
export function fillBlock(
  { cells, stride }: RowBlock,
  { rows, cols, data }: Matrix,
  start: number,
  count: number,
): number {
  const even = Math.ceil(count / 8) * 8;
  for (let j = 0; j < cols; j++) {
    const from = j * rows + start;
    cells.set(data.subarray(from, from + count), j * stride);
    if (even > count) cells.fill(0, j * stride + count, j * stride + even);
  }
  return even;
}
