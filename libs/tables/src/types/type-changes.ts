import type { SemanticType, TypeChange } from '#contract';

import { dateFormatOf } from './date-formats.js';
import { allNumbers, numberStyle } from './number-style.js';

/** Why a change cannot be made, as data for a text. */
export interface TypeChangeProblem {
  readonly code: 'column-not-found' | 'conversion-unsupported' | 'values-not-convertible';
  readonly values: Readonly<Record<string, string | number>>;
}

/** The judgement over a set of changes; keys are column names. `resolved_dtypes` holds the date formats that were found. */
export interface TypeChangeVerdict {
  readonly valid: boolean;
  readonly errors: Readonly<Record<string, TypeChangeProblem>>;
  readonly warnings: Readonly<
    Record<string, { readonly code: 'categories-many'; readonly values: { readonly count: number } }>
  >;
  readonly resolved_dtypes: Readonly<Record<string, string>>;
}

const MANY_LEVELS = 100;
const NUMBERS: readonly SemanticType[] = ['Integer', 'Float', 'Decimal'];
const WORDS: readonly SemanticType[] = ['Text', 'Categorical'];
const TO_TEXT: readonly SemanticType[] = ['Integer', 'Float', 'Decimal', 'Date', 'Categorical', 'Text'];

type Outcome =
  | { readonly ok: true; readonly dtype?: string }
  | { readonly ok: false; readonly failing: (value: string) => boolean }
  | null;

/**
 * Judges type changes on sample cells, column by column; null is missing and always fits, but a column without any value cannot
 * become a Date.
 */
export function validateTypeChanges(
  sample: ReadonlyMap<string, readonly (string | null)[]>,
  changes: Readonly<Record<string, TypeChange>>,
): TypeChangeVerdict {
  const errors: [string, TypeChangeProblem][] = [];
  const warnings: [string, { code: 'categories-many'; values: { count: number } }][] = [];
  const resolved: [string, string][] = [];
  for (const [column, change] of Object.entries(changes)) {
    const cells = sample.get(column);
    if (!cells) {
      errors.push([column, { code: 'column-not-found', values: { column } }]);
      continue;
    }
    const values = cells.filter((cell) => cell !== null);
    const outcome = judge(values, change);
    if (outcome === null) {
      errors.push([
        column,
        { code: 'conversion-unsupported', values: { column, from: change.current_type, to: change.new_type } },
      ]);
    } else if (!outcome.ok) {
      errors.push([
        column,
        {
          code: 'values-not-convertible',
          values: { column, type: change.new_type, ...firstFailure(cells, outcome.failing) },
        },
      ]);
    } else if (outcome.dtype !== undefined) resolved.push([column, outcome.dtype]);
    const count = new Set(values).size;
    if (change.new_type === 'Categorical' && count > MANY_LEVELS)
      warnings.push([column, { code: 'categories-many', values: { count } }]);
  }
  return {
    valid: errors.length === 0,
    errors: Object.fromEntries(errors),
    warnings: Object.fromEntries(warnings),
    resolved_dtypes: Object.fromEntries(resolved),
  };
}

/** Null: there is no such conversion. */
function judge(values: readonly string[], { current_type: from, new_type: to }: TypeChange): Outcome {
  const fine = { ok: true } as const;
  if (values.length === 0 && to !== 'Date') return fine;
  if (to === 'Categorical' || to === from) return to === 'Date' && values.length > 0 ? asDate(values) : fine;
  if (to === 'Text') return TO_TEXT.includes(from) ? fine : null;
  if (to === 'Float')
    return from === 'Integer' || from === 'Decimal' ? fine : WORDS.includes(from) ? asNumbers(values, true) : null;
  if (to === 'Integer') return NUMBERS.includes(from) || WORDS.includes(from) ? asNumbers(values, false) : null;
  if (to === 'Date') return WORDS.includes(from) ? asDate(values) : null;
  return null;
}

function asNumbers(values: readonly string[], fraction: boolean): Outcome {
  const style = numberStyle(values, { decimal: 'auto', thousands: 'auto' }, ';');
  const fits = (value: string) =>
    style !== null || allNumbers([value], { decimal: '.', thousands: '' }, true)
      ? fraction || Number.isInteger(Number(normalised(value, style?.decimal ?? '.')))
      : false;
  return values.every(fits) ? { ok: true } : { ok: false, failing: (value) => !fits(value) };
}

function normalised(value: string, decimal: '.' | ','): string {
  const digits = value.trim().replace(decimal === ',' ? /[. ']/g : /[, ']/g, '');
  return digits.replace(',', '.');
}

function asDate(values: readonly string[]): Outcome {
  const format = values.length > 0 ? dateFormatOf(values) : null;
  if (format) return { ok: true, dtype: format };
  return { ok: false, failing: (value) => dateFormatOf([value]) === null };
}

function firstFailure(
  cells: readonly (string | null)[],
  failing: (value: string) => boolean,
): { count: number; row: number; value: string } {
  const bad = cells.flatMap((cell, row) => (cell !== null && failing(cell) ? [row] : []));
  // All values read as dates one by one, yet no single format reads them all: the first one stands for the mixture.
  const row = bad[0] ?? cells.findIndex((cell) => cell !== null);
  return { count: Math.max(1, bad.length), row: row + 1, value: (cells[row] ?? '').slice(0, 80) };
}
