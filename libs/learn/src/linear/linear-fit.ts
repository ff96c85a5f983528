import { type Matrix, timesVector } from '#linalg';

/** A fitted linear function of the columns: one coefficient per column, in the target's unit per unit of the column. */
export interface LinearFit {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** The fitted values of all rows. */
export function predictLinear({ coefficients, intercept }: LinearFit, x: Matrix): Float64Array {
  return timesVector(x, coefficients, intercept);
}
