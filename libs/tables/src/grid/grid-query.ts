import { z } from 'zod';

/** The operators a grid may filter with; others are ignored. */
export const FILTER_OPERATORS = [
  'equals',
  'lessThan',
  'lessThanOrEqualTo',
  'greaterThan',
  'greaterThanOrEqualTo',
  'contains',
  'doesNotContain',
  'startsWith',
  'endsWith',
  'isEmpty',
  'isNotEmpty',
  'isAnyOf',
  'between',
] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

const FilterItem = z
  .looseObject({
    field: z.string().optional(),
    columnField: z.string().optional(),
    operator: z.string().optional(),
    operatorValue: z.string().optional(),
    value: z.unknown().optional(),
  })
  .transform((item) => ({
    field: item.field ?? item.columnField ?? '',
    operator: item.operator ?? item.operatorValue ?? '',
    value: item.value,
  }));

/** Conditions a row must all meet. `columnField` and `operatorValue` are read as `field` and `operator`. */
export const GridFilter = z.object({ items: z.array(FilterItem).default([]) });
export type GridFilter = z.output<typeof GridFilter>;

/** Columns to sort by, first one first. */
export const GridSort = z.array(z.object({ id: z.string(), desc: z.boolean().default(false) }));
export type GridSort = z.output<typeof GridSort>;

/** A filter from its query text; text that cannot be read filters nothing. */
export function parseFilter(json: string | undefined): GridFilter {
  return GridFilter.catch({ items: [] }).parse(parseJson(json) ?? {});
}

/** A sort from its query text; text that cannot be read sorts nothing. */
export function parseSort(json: string | undefined): GridSort {
  return GridSort.catch([]).parse(parseJson(json) ?? []);
}

function parseJson(json: string | undefined): unknown {
  try {
    return json === undefined || json === '' ? null : (JSON.parse(json) as unknown);
  } catch {
    return null;
  }
}
