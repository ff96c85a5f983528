import type { OrderSign } from './compare-values.js';

/** A comparison of a stored value with a constant of the query. */
export type PlanSign = '==' | OrderSign;
/** A number compares with numbers and truths, a text with texts. */
export type PlanValue = string | number;

/**
 * The part of a query an index can answer, as data: every run that matches the query satisfies its plan, others may too.
 * `series` speaks of the series a search goes through, `metric` of any numeric series of the run.
 */
export type Plan =
  | { readonly kind: 'all' | 'none' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Plan[] }
  | { readonly kind: 'text'; readonly field: 'hash' | 'name' | 'experiment'; readonly value: string }
  | { readonly kind: 'flag'; readonly field: 'active' | 'archived'; readonly value: boolean }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'created'; readonly sign: OrderSign; readonly seconds: number }
  | { readonly kind: 'param'; readonly key: string; readonly sign: PlanSign; readonly value: PlanValue }
  | { readonly kind: 'series-name'; readonly name: string }
  | { readonly kind: 'series-context'; readonly path: readonly string[]; readonly value: string }
  | { readonly kind: 'series-number'; readonly field: PlanField; readonly sign: PlanSign; readonly value: number }
  | {
      readonly kind: 'metric';
      readonly name: string;
      readonly field: PlanField;
      readonly sign: PlanSign;
      readonly value: number;
    };
/** Statistics of a series a plan can name. */
export type PlanField = 'last' | 'last_step' | 'first' | 'first_step' | 'min' | 'max' | 'count';
export const PLAN_FIELDS: readonly PlanField[] = ['last', 'last_step', 'first', 'first_step', 'min', 'max', 'count'];

export const ALL: Plan = { kind: 'all' };
export const NONE: Plan = { kind: 'none' };

/** What satisfies all of them. */
export function both(parts: readonly Plan[]): Plan {
  const left = parts.filter(({ kind }) => kind !== 'all');
  if (left.some(({ kind }) => kind === 'none')) return NONE;
  return left.length > 1 ? { kind: 'and', parts: left } : (left[0] ?? ALL);
}

/** What satisfies any of them: nothing can be left out when one of them is everything. */
export function either(parts: readonly Plan[]): Plan {
  const left = parts.filter(({ kind }) => kind !== 'none');
  if (left.some(({ kind }) => kind === 'all')) return ALL;
  return left.length > 1 ? { kind: 'or', parts: left } : (left[0] ?? NONE);
}
