/** The parts of a data set; the wire writes `val` for the second where it names keys. */
export const SPLITS = ['train', 'validation', 'test'] as const;
/** One of the parts. */
export type SplitName = (typeof SPLITS)[number];
/** What a metric was measured over: `last` are final scores, the next three points of a curve, the rest folds of cross-validation. */
export const LEVELS = ['last', 'trial', 'step', 'epoch', 'fold', 'outer_fold', 'last_outer'] as const;
/** One of the levels. */
export type MetricLevel = (typeof LEVELS)[number];

/** One value of one metric of a run. */
export interface MetricPoint {
  readonly split: SplitName;
  readonly level: MetricLevel;
  readonly name: string;
  readonly step: number;
  readonly value: number;
  readonly stdValue?: number;
  readonly foldIndex?: number;
}
