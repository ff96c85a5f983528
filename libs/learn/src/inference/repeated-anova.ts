import { fisherTail, studentizedRangeTail } from './tails.js';

/** The scores of runs on the same folds, divided into what runs, folds and the rest explain. */
export interface RepeatedAnova {
  readonly statistic: number;
  readonly pValue: number;
  readonly degrees: readonly [between: number, within: number];
  readonly means: readonly number[];
  /** Mean square of what neither run nor fold explains. */
  readonly error: number;
}

/**
 * Analysis of variance with repeated measures: every run is scored on every fold, `scores[run][fold]`. The statistic is not finite where
 * nothing is left to chance. Source: statsmodels' AnovaRM with one factor; J. Demšar, Statistical Comparisons of Classifiers over Multiple
 * Data Sets, 2006.
 */
export function repeatedAnova(scores: readonly (readonly number[])[]): RepeatedAnova {
  const [runs, folds] = [scores.length, scores[0]!.length];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = scores.map(mean);
  const foldMeans = Array.from({ length: folds }, (_, fold) => mean(scores.map((run) => run[fold]!)));
  const centre = mean(means);
  const between = folds * means.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  let rest = 0;
  scores.forEach((run, at) =>
    run.forEach((score, fold) => (rest += (score - means[at]! - foldMeans[fold]! + centre) ** 2)),
  );
  const degrees = [runs - 1, (runs - 1) * (folds - 1)] as const;
  const error = rest / degrees[1];
  // What rounding leaves of scores that fit exactly is no chance.
  const noise = (Number.EPSILON * 16 * Math.max(...scores.flat().map(Math.abs))) ** 2;
  const statistic = error > noise ? between / degrees[0] / error : Number.NaN;
  return { statistic, pValue: fisherTail(statistic, ...degrees), degrees, means, error };
}

/** Pairs of runs after such an analysis, by Tukey's honestly significant difference. */
export function tukeyPairs(
  scores: readonly (readonly number[])[],
): readonly { readonly first: number; readonly second: number; readonly statistic: number; readonly pValue: number }[] {
  const { means, error, degrees } = repeatedAnova(scores);
  const unit = Math.sqrt(error / scores[0]!.length);
  return means.flatMap((one, first) =>
    means.slice(first + 1).map((other, at) => {
      const statistic = Math.abs(one - other) / unit;
      const pValue = studentizedRangeTail(statistic, means.length, degrees[1]);
      return { first, second: first + 1 + at, statistic, pValue };
    }),
  );
}
