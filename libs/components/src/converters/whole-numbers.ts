import { AppError } from '#contract';
import { asNumeric, type Frame } from '#frame';
import { matrix, type Matrix } from '#linalg';

/** The columns as a matrix for algorithms that need every value. @throws AppError `missing-values`, `infinite-values`, `no-rows`. */
export function wholeNumbers(frame: Frame): Matrix {
  if (frame.rows === 0) throw new AppError('no-rows');
  const x = numbers(frame);
  frame.columns.forEach(({ name }, j) => {
    const values = x.data.subarray(j * x.rows, (j + 1) * x.rows);
    const count = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    if (count > 0) throw new AppError('missing-values', { column: name, count });
    if (!values.every(Number.isFinite)) throw new AppError('infinite-values', { column: name });
  });
  return x;
}

/** The columns as a matrix; missing values are NaN. */
export function numbers(frame: Frame): Matrix {
  const x = matrix(frame.rows, frame.columns.length);
  frame.columns.forEach((source, j) => x.data.set(asNumeric(source).values, j * frame.rows));
  return x;
}
