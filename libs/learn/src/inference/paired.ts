import { studentTCdf } from '#linalg';

import type { Side } from './tails.js';

/** Two lists of scores on the same folds, compared. */
export interface CorrectedPaired {
  readonly statistic: number;
  readonly pValue: number;
  readonly differences: readonly number[];
  readonly meanDifference: number;
  /** 1/k + 1/(k − 1), or 1/k uncorrected: what the variance of the differences is multiplied by, because folds share training rows. */
  readonly correctionFactor: number;
  readonly correctedVariance: number;
  readonly degreesOfFreedom: number;
}

/**
 * The paired t-test of scores by cross-validation with k folds, its variance corrected for the rows folds share. The statistic is not
 * finite where all differences are equal. Source: C. Nadeau and Y. Bengio, Inference for the Generalization Error, 2003.
 */
export function correctedPaired(
  first: readonly number[],
  second: readonly number[],
  alternative: Side,
): CorrectedPaired {
  return paired(first, second, alternative, 1 / first.length + 1 / (first.length - 1));
}

/** The paired t-test as it is, as if folds shared no rows. Source: scipy's ttest_rel. */
export function plainPaired(first: readonly number[], second: readonly number[], alternative: Side): CorrectedPaired {
  return paired(first, second, alternative, 1 / first.length);
}

function paired(
  first: readonly number[],
  second: readonly number[],
  alternative: Side,
  correctionFactor: number,
): CorrectedPaired {
  const folds = first.length;
  const differences = first.map((score, fold) => score - second[fold]!);
  const mean = differences.reduce((sum, value) => sum + value, 0) / folds;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (folds - 1);
  const statistic = mean / Math.sqrt(correctionFactor * variance);
  const below = studentTCdf(alternative === 'two-sided' ? -Math.abs(statistic) : statistic, folds - 1);
  const above = studentTCdf(-statistic, folds - 1);
  return {
    statistic,
    pValue: alternative === 'two-sided' ? 2 * below : alternative === 'greater' ? above : below,
    differences,
    meanDifference: mean,
    correctionFactor,
    correctedVariance: correctionFactor * variance,
    degreesOfFreedom: folds - 1,
  };
}
