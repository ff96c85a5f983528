import { matrix, type Matrix, random } from '#linalg';

/** Rows with encoded classes. */
export interface ClassSet {
  readonly x: Matrix;
  readonly y: Int32Array;
  readonly classes: number;
}
/** Rows with numbers. */
export interface NumberSet {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** Bells of unit width around points that lie 4 apart, `rows` in all, the classes taking turns. */
export function blobs(classes = 3, rows = 120, cols = 3): ClassSet {
  const { normal } = random(5);
  const x = matrix(rows, cols);
  const y = Int32Array.from({ length: rows }, (_, i) => i % classes);
  for (let j = 0; j < cols; j++)
    for (let i = 0; i < rows; i++) x.data[j * rows + i] = normal() + (j === 0 ? 4 * y[i]! : j === 1 ? -y[i]! : 0);
  return { x, y, classes };
}

/** y = 3a − 2b + 10 with a little noise; further columns say nothing. */
export function plane(rows = 120, cols = 3): NumberSet {
  const { normal } = random(6);
  const x = matrix(rows, cols);
  for (let at = 0; at < x.data.length; at++) x.data[at] = normal();
  const y = Float64Array.from(
    { length: rows },
    (_, i) => 3 * x.data[i]! - (cols > 1 ? 2 * x.data[rows + i]! : 0) + 10 + 0.1 * normal(),
  );
  return { x, y };
}
