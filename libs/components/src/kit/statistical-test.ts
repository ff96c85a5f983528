import type { LocalText } from '#contract';

import type { ComponentBase } from './component.js';

/** Which side the alternative hypothesis lies on; `greater`: the first run scores higher. */
export type Alternative = 'two-sided' | 'greater' | 'less';
/** How p-values of several comparisons are corrected. */
export type Correction = 'holm' | 'bonferroni' | 'benjamini_hochberg';

/** The choices a person may make beside the runs. */
export interface TestOptions {
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Null leaves the p-values of two runs as they are. */
  readonly correction: Correction | null;
}
/** Two runs compared, by their places in the scores. */
export interface ComparedPair {
  readonly first: number;
  readonly second: number;
  readonly statistic: number | null;
  readonly pValue: number;
}
/** The outcome over all runs, null where there are only pairs; `pairs` is null where only the whole was tested. */
export interface TestedRuns {
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly pairs: readonly ComparedPair[] | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Asks whether runs differ, by their scores on the same folds. */
export interface StatisticalTest extends ComponentBase {
  readonly kind: 'statistical-test';
  /** Whether it supposes normal scores. */
  readonly parametric: boolean;
  /** There when it asks something else than whether runs score differently, which helps to choose a test that does. */
  readonly helps?: 'normality' | 'spread';
  readonly minRuns: number;
  readonly maxRuns: number | null;
  readonly takesAlternative?: true;
  readonly takesCorrection?: true;
  /** It compares pairs after another test was significant. */
  readonly postHoc?: true;
  /** The test of pairs that follows when this one is significant. */
  readonly followedBy?: string;
  readonly interpretation: { readonly significant: LocalText; readonly notSignificant: LocalText };
  /**
   * @param scores a list per run, fold by fold; all of one length, two at least.
   * @throws AppError `test-impossible` {reason} for scores that allow no answer.
   */
  run(scores: readonly (readonly number[])[], options: TestOptions): TestedRuns;
}

/** Declares a statistical test. */
export function defineStatisticalTest(definition: Omit<StatisticalTest, 'kind' | 'params'>): StatisticalTest {
  return { kind: 'statistical-test', params: {}, ...definition };
}
