import { asNumeric, type Frame } from '#frame';
import type { Tick } from '#linalg';

/** Columns a matrix of pairs shows at most. */
export const MOST_COLUMNS = 150;

/** The columns as numbers; with `numericOnly` those that hold none are left out instead of being an error. */
export function numericColumns(frame: Frame, numericOnly: boolean): { name: string; values: Float64Array }[] {
  const kept = frame.columns.filter(
    (one) => !numericOnly || one.kind === 'numeric' || (one.kind === 'categorical' && one.type.dtype !== 'string'),
  );
  return kept.map((one) => ({ name: one.name, values: asNumeric(one).values }));
}

/** What `measure` says of every pair of columns, each with itself too; it says the same of a pair turned round. */
export function pairMatrix<C>(
  columns: readonly C[],
  measure: (a: C, b: C) => number,
  tick: Tick | undefined,
): number[][] {
  const size = columns.length;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(NaN));
  for (let i = 0, done = 0; i < size; i++)
    for (let j = i; j < size; j++, done++) {
      tick?.(done, (size * (size + 1)) / 2);
      matrix[i]![j] = matrix[j]![i] = measure(columns[i]!, columns[j]!);
    }
  return matrix;
}
