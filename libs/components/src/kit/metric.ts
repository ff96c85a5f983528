import type { Matrix } from '#linalg';

import type { ComponentBase } from './component.js';

interface MetricBase extends ComponentBase {
  readonly tasks: readonly string[];
  /** True when larger is better. */
  readonly maximize: boolean;
}
/** Scores encoded truth (n) against probabilities (n×K); NaN where the metric is undefined. */
export interface ClassificationMetric extends MetricBase {
  readonly kind: 'classification-metric';
  score(truth: Int32Array, probabilities: Matrix): number;
}
/** Scores true against predicted numbers. */
export interface RegressionMetric extends MetricBase {
  readonly kind: 'regression-metric';
  score(truth: Float64Array, predicted: Float64Array): number;
}
/** A metric of either kind; `kind` says what `score` takes. */
export type Metric = ClassificationMetric | RegressionMetric;

/** Declares a classification metric. */
export function defineClassificationMetric(
  definition: Omit<ClassificationMetric, 'kind' | 'params'>,
): ClassificationMetric {
  return { kind: 'classification-metric', params: {}, ...definition };
}

/** Declares a regression metric. */
export function defineRegressionMetric(definition: Omit<RegressionMetric, 'kind' | 'params'>): RegressionMetric {
  return { kind: 'regression-metric', params: {}, ...definition };
}
