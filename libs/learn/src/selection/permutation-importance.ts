import { type Matrix, type Tick, column, deriveSeed, matrix } from '#linalg';

import { shuffledRows } from './splits.js';

/** What permuting one column did to the score, over the repeats. */
export interface PermutedColumn {
  /** Mean fall of the score: how much the model needs the column. */
  readonly mean: number;
  /** Standard deviation of the falls (of the population, as scikit-learn has it). */
  readonly deviation: number;
  readonly falls: Float64Array;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin, Dominici 2019): for each column, how much `score` (higher is better)
 * falls when its values are shuffled among the rows. `score` is called repeats × columns + 1 times with a matrix it must not
 * keep; `x` itself is left alone. Ticks once per call. One result per column, in their order.
 */
export function permutationImportance(
  x: Matrix,
  score: (x: Matrix) => number,
  { repeats, seed, tick }: { readonly repeats: number; readonly seed: number; readonly tick?: Tick },
): PermutedColumn[] {
  const total = x.cols * repeats + 1;
  tick?.(0, total);
  const whole = score(x);
  const work = matrix(x.rows, x.cols, x.data.slice());
  return Array.from({ length: x.cols }, (_, j) => {
    const original = column(x, j);
    const shuffled = column(work, j);
    const falls = Float64Array.from({ length: repeats }, (_repeat, r) => {
      tick?.(1 + j * repeats + r, total);
      shuffledRows(x.rows, deriveSeed(seed, j * repeats + r)).forEach((from, to) => (shuffled[to] = original[from]!));
      return whole - score(work);
    });
    shuffled.set(original);
    const mean = falls.reduce((sum, fall) => sum + fall, 0) / repeats;
    const deviation = Math.sqrt(falls.reduce((sum, fall) => sum + (fall - mean) ** 2, 0) / repeats);
    return { mean, deviation, falls };
  });
}
