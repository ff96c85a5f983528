import { type Matrix, NumericError, matrix, random } from '#linalg';

/** How a baseline guesses without looking at the columns. */
export const dummyStrategies = ['most_frequent', 'prior', 'stratified', 'uniform'] as const;

/** A fitted baseline: the share of each class in training and how to guess from it. */
export interface DummyFit {
  readonly strategy: (typeof dummyStrategies)[number];
  readonly priors: Float64Array;
  readonly seed: number;
}

/** Counts the classes (those below `classes`). No rows: `no-rows`; a class out of range: `bad-parameter`. */
export function fitDummy(y: Int32Array, classes: number, strategy: DummyFit['strategy'], seed: number): DummyFit {
  if (y.length === 0) throw new NumericError('no-rows');
  const priors = new Float64Array(classes);
  y.forEach((k, i) => {
    if (k < 0 || k >= classes) throw new NumericError('bad-parameter', { parameter: 'class', value: k, row: i });
    priors[k]!++;
  });
  return { strategy, priors: priors.map((count) => count / y.length), seed };
}

/**
 * Class probabilities, rows × classes: the shares themselves (prior), certainty of the most frequent class (the first of
 * equals), a seeded draw by the shares (stratified), or the same for all classes that occurred (uniform).
 */
export function predictDummy({ strategy, priors, seed }: DummyFit, rows: number): Matrix {
  const result = matrix(rows, priors.length);
  const { data } = result;
  if (strategy === 'stratified') {
    const { float } = random(seed);
    for (let i = 0; i < rows; i++) {
      let left = float();
      let k = 0;
      while (k < priors.length - 1 && left >= priors[k]!) left -= priors[k++]!;
      // Rounding may carry the draw past the last class that occurred.
      while (priors[k] === 0) k--;
      data[k * rows + i] = 1;
    }
    return result;
  }
  const best = priors.indexOf(Math.max(...priors));
  const occurring = priors.filter((share) => share > 0).length;
  priors.forEach((share, k) => {
    const value = { prior: share, most_frequent: k === best ? 1 : 0, uniform: share > 0 ? 1 / occurring : 0 }[strategy];
    data.fill(value, k * rows, (k + 1) * rows);
  });
  return result;
}
