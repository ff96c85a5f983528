import { z } from 'zod';

import type { ColumnType } from './semantic-types.js';

/** Which columns a converter or explorer may be pointed at. */
export interface ColumnRule {
  /** Allowed semantic types; `*` allows all. */
  readonly types: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** True when columns stored as text are refused even where their semantic type is allowed. */
  readonly numericStorage?: true;
}

/** Storage types that hold no numbers. */
const TEXT_STORAGE: ReadonlySet<string> = new Set(['string', 'large_string']);

/** Why these columns do not fit the rule, in English, or null when they do. */
export function misfit(
  { types, min = 1, max = Infinity, numericStorage }: ColumnRule,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): string | null {
  if (columns.length < min || columns.length > max) {
    const wanted = min === max ? `exactly ${min}` : columns.length < min ? `at least ${min}` : `at most ${max}`;
    return `${wanted} columns are needed and ${columns.length} are chosen`;
  }
  const foreign = columns.find(({ type }) => !types.includes('*') && !types.includes(type.type));
  if (foreign) return `"${foreign.name}" is ${foreign.type.type}, not ${types.join(' or ')}`;
  const textual = columns.find(({ type }) => numericStorage && TEXT_STORAGE.has(type.dtype));
  return textual ? `"${textual.name}" is stored as text, not as numbers` : null;
}

const Metadata = z.looseObject({
  allowed_types: z.array(z.string()),
  allowed_dtypes: z.array(z.string()),
  non_allowed_dtypes: z.array(z.string()),
  input_cardinality: z.object({ exact: z.int().optional(), min: z.int().optional(), max: z.int().optional() }),
});

/**
 * The rule as a manifest's metadata carry it: allowed semantic types, allowed and refused storage types, an exact number
 * of columns or bounds. An empty list of allowed ones allows all, as the real client reads it.
 */
export function columnMetadata({ types, min = 1, max, numericStorage }: ColumnRule): z.infer<typeof Metadata> {
  const bounds = max === undefined ? { min } : min === max ? { exact: min } : { min, max };
  return {
    allowed_types: types.includes('*') ? [] : [...types],
    allowed_dtypes: [],
    non_allowed_dtypes: numericStorage ? [...TEXT_STORAGE] : [],
    input_cardinality: bounds,
  };
}

/** The rule out of a manifest's metadata; null when these carry none. */
export function columnRuleOf(metadata: Readonly<Record<string, unknown>>): ColumnRule | null {
  const parsed = Metadata.safeParse(metadata);
  if (!parsed.success) return null;
  const { allowed_types: types, non_allowed_dtypes: refused } = parsed.data;
  const { exact, min, max } = parsed.data.input_cardinality;
  const [least, most] = [exact ?? min, exact ?? max];
  return {
    types: types.length === 0 ? ['*'] : types,
    ...(least === undefined ? {} : { min: least }),
    ...(most === undefined ? {} : { max: most }),
    ...(refused.length > 0 ? { numericStorage: true as const } : {}),
  };
}
