import type { Matrix } from './matrix.js';
import { NumericError } from './numeric-error.js';
import { sumOf } from './sums.js';

/** Refuses matrices without rows or columns. */
export function requireCells(x: Matrix): void {
  if (x.rows === 0) throw new NumericError('no-rows');
  if (x.cols === 0) throw new NumericError('no-columns');
}

/** Refuses matrices without rows or columns, with NaN (`missing-values`) or with infinite cells (`infinite-values`). */
export function requireFinite(x: Matrix): void {
  requireCells(x);
  // One sum over all cells is finite unless a cell is not, or the numbers are huge; only then are they looked at one by one.
  if (sumOf(x.data) * 0 === 0) return;
  for (let i = 0; i < x.data.length; i++) {
    const value = x.data[i]!;
    const at = { row: i % x.rows, column: Math.floor(i / x.rows) };
    if (Number.isNaN(value)) throw new NumericError('missing-values', at);
    if (!Number.isFinite(value)) throw new NumericError('infinite-values', at);
  }
}

/** Refuses a vector whose length is not `rows` (`bad-shape`) or that holds NaN or infinite values. */
export function requireFiniteVector(y: Float64Array, rows: number): void {
  if (y.length !== rows) throw new NumericError('bad-shape', { rows, length: y.length });
  requireFinite({ rows, cols: 1, data: y });
}
