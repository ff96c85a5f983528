import { z } from 'zod';

import { inEveryLanguage, type LocalText } from './locales.js';
import type { ColumnType } from './semantic-types.js';
import { phrase } from './words.js';

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

/** Why these columns do not fit the rule, or null when they do. */
export function misfit(
  { types, min = 1, max = Infinity, numericStorage }: ColumnRule,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): LocalText | null {
  const found = columns.length;
  if (found < min || found > max) {
    const text = min === max ? TEXTS.exactly : found < min ? TEXTS.atLeast : TEXTS.atMost;
    return phrase(text, { wanted: found < min ? min : max, found });
  }
  const foreign = columns.find(({ type }) => !types.includes('*') && !types.includes(type.type));
  if (foreign) {
    const allowed = inEveryLanguage((locale) => types.join(TEXTS.or[locale]));
    return phrase(TEXTS.otherType, { column: foreign.name, type: foreign.type.type, types: allowed });
  }
  const textual = columns.find(({ type }) => numericStorage && TEXT_STORAGE.has(type.dtype));
  return textual ? phrase(TEXTS.storedAsText, { column: textual.name }) : null;
}

const TEXTS = {
  exactly: {
    en: 'exactly {wanted} columns are needed and {found} are chosen',
    es: 'se necesitan exactamente {wanted} columnas y hay {found} elegidas',
    pt: 'são precisas exatamente {wanted} colunas e estão escolhidas {found}',
    de: 'genau {wanted} Spalten sind nötig, gewählt sind {found}',
    zh: '需要恰好 {wanted} 列，已选 {found} 列',
  },
  atLeast: {
    en: 'at least {wanted} columns are needed and {found} are chosen',
    es: 'se necesitan al menos {wanted} columnas y hay {found} elegidas',
    pt: 'são precisas pelo menos {wanted} colunas e estão escolhidas {found}',
    de: 'mindestens {wanted} Spalten sind nötig, gewählt sind {found}',
    zh: '至少需要 {wanted} 列，已选 {found} 列',
  },
  atMost: {
    en: 'at most {wanted} columns are taken and {found} are chosen',
    es: 'se admiten como mucho {wanted} columnas y hay {found} elegidas',
    pt: 'são aceites no máximo {wanted} colunas e estão escolhidas {found}',
    de: 'höchstens {wanted} Spalten sind erlaubt, gewählt sind {found}',
    zh: '最多允许 {wanted} 列，已选 {found} 列',
  },
  otherType: {
    en: '"{column}" is {type}, not {types}',
    es: '"{column}" es {type}, no {types}',
    pt: '"{column}" é {type}, não {types}',
    de: '"{column}" ist {type}, nicht {types}',
    zh: '"{column}" 是 {type}，不是 {types}',
  },
  or: { en: ' or ', es: ' o ', pt: ' ou ', de: ' oder ', zh: ' 或 ' },
  storedAsText: {
    en: '"{column}" is stored as text, not as numbers',
    es: '"{column}" está guardada como texto, no como números',
    pt: '"{column}" está guardada como texto, não como números',
    de: '"{column}" ist als Text gespeichert, nicht als Zahlen',
    zh: '"{column}" 以文本而非数字存储',
  },
} as const satisfies Record<string, LocalText>;

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
