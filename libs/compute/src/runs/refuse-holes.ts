import { AppError } from '#contract';
import type { Column } from '#frame';

/** @throws AppError `missing-values` {column, count} for the first of these columns with missing values in these parts. */
export function refuseHoles(columns: readonly Column[], parts: readonly Int32Array[]): void {
  for (const source of columns) {
    const missing = isMissing(source);
    const count = parts.reduce((all, rows) => rows.reduce((sum, row) => sum + (missing(row) ? 1 : 0), all), 0);
    if (count > 0) throw new AppError('missing-values', { column: source.name, count });
  }
}

function isMissing(source: Column): (row: number) => boolean {
  switch (source.kind) {
    case 'numeric':
      return (row) => Number.isNaN(source.values[row]);
    case 'categorical':
      return (row) => source.codes[row]! < 0;
    case 'text':
      return (row) => (source.values[row] ?? null) === null;
  }
}
