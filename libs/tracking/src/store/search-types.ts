import type { SeriesKind } from './tracked-types.js';

/** How a stored value compares with a constant. */
export type CompareSign = '==' | '<' | '<=' | '>' | '>=';
/** A statistic of a series by the name queries give it. */
export type SeriesStatistic = 'last' | 'last_step' | 'first' | 'first_step' | 'min' | 'max' | 'count';

/**
 * What runs are looked for by; `#matyan` makes it of a query. It may find more runs than are wanted, never fewer.
 * A parameter compared with a number is a number or a truth, which counts 1 or 0.
 */
export type RunCondition =
  | { readonly kind: 'all' | 'none' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly RunCondition[] }
  | { readonly kind: 'text'; readonly field: 'hash' | 'name' | 'experiment'; readonly value: string }
  | { readonly kind: 'flag'; readonly field: 'active' | 'archived'; readonly value: boolean }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'created'; readonly sign: Exclude<CompareSign, '=='>; readonly seconds: number }
  | { readonly kind: 'param'; readonly key: string; readonly sign: CompareSign; readonly value: string | number }
  | SeriesCondition
  | ({ readonly kind: 'metric'; readonly name: string } & StatisticCondition);
interface StatisticCondition {
  readonly field: SeriesStatistic;
  readonly sign: CompareSign;
  readonly value: number;
}
/** Of one and the same series of the kinds searched, where several stand together. */
export type SeriesCondition =
  | { readonly kind: 'series-name'; readonly name: string }
  | { readonly kind: 'series-context'; readonly path: readonly string[]; readonly value: string }
  | ({ readonly kind: 'series-number' } & StatisticCondition);

/** One key of the order of a search. */
export interface RunOrder {
  readonly field: 'run' | 'experiment' | 'hash' | 'date' | 'duration' | 'description' | 'creator';
  readonly descending: boolean;
}
/** Runs of a project that may be wanted. */
export interface RunSearch {
  readonly projectId: number;
  readonly condition: RunCondition;
  /** Only runs that have a series of one of these kinds. */
  readonly kinds?: readonly SeriesKind[];
  /** Absent: newest first. */
  readonly order?: readonly RunOrder[];
}
/** A run a search may want, by its two ids. */
export interface FoundRun {
  readonly id: number;
  readonly extId: string;
}
