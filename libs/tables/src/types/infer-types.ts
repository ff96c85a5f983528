import type { ColumnType, CsvReadPlan } from '#contract';
import { typeEntry } from '#frame';

import { dateFormatOf, INFERRED_DATE_FORMATS } from './date-formats.js';
import { allNumbers, numberStyle, PLAIN, type NumberStyle } from './number-style.js';

/**
 * Why a column has its type: the rule that decided, how sure it is in 0–1, and values that show it.
 */
export interface TypeReason {
  readonly rule:
    | 'all-missing'
    | 'booleans'
    | 'dates'
    | 'declared'
    | 'few-levels'
    | 'floats'
    | 'integers'
    | 'leading-zeros'
    | 'text'
    | 'too-large';
  readonly confidence: number;
  readonly values: readonly string[];
}

/** A column's type by its values, and how numbers and truth values are written in it. */
export interface Inference {
  readonly type: ColumnType;
  /** What the parser alone would say: numbers are numbers, true and false two levels, all else text. */
  readonly straight: ColumnType;
  readonly reason: TypeReason;
  readonly style: NumberStyle;
  readonly truth: TruthWords | null;
}

/** Lower-case words that mean true and false in a column; they are stored as `True` and `False`. */
export interface TruthWords {
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/**
 * When words are levels: fewer than 10 distinct ones of which at least one repeats, or at most 100 that on average occur twice; and
 * none is a paragraph.
 */
const LEVELS = { few: 10, many: 100, meanLength: 64 } as const;
const MAX_INTEGER = 9_223_372_036_854_775_807n;

/** How the numbers and truth values of a file are written, as far as somebody said it. */
export interface Hints {
  readonly decimal: CsvReadPlan['decimal'];
  readonly thousands: CsvReadPlan['thousands'];
  readonly true_values: readonly string[] | null;
  readonly false_values: readonly string[] | null;
  readonly separator: string;
}

/** Nobody said anything. */
export const NO_HINTS: Hints = {
  decimal: 'auto',
  thousands: 'auto',
  true_values: null,
  false_values: null,
  separator: ',',
};

/** Infers one column's type from the cells as written; null is missing. */
export function inferColumn(cells: readonly (string | null)[], hints: Hints = NO_HINTS): Inference {
  const values = cells.filter((cell) => cell !== null);
  const text = (rule: TypeReason['rule'], shown: readonly string[], confidence = 1) =>
    answer(textType(), rule, confidence, shown);
  if (values.length === 0) return text('all-missing', [], 0.5);
  const truth = truthWords(hints);
  const known = new Set([...truth.yes, ...truth.no]);
  if (values.every((value) => known.has(value.trim().toLowerCase()))) {
    const type = typeEntry('Categorical', ['False', 'True']);
    return { ...answer(bare(type), 'booleans', 1, distinct(values).slice(0, 2)), straight: type, truth };
  }
  const numbers = inferNumbers(values, hints);
  if (numbers) return numbers;
  const format = dateFormatOf(values, INFERRED_DATE_FORMATS);
  if (format) {
    const sure = format.startsWith('%Y') || dateFormatOf(values, ['%m/%d/%Y', '%m-%d-%Y']) === null;
    return answer({ type: 'Date', dtype: format }, 'dates', sure ? 1 : 0.5, values.slice(0, 3));
  }
  const levels = distinct(values);
  return isLevels(values, levels)
    ? answer(bare(typeEntry('Categorical')), 'few-levels', 0.8, levels.slice(0, 3))
    : text('text', longest(values));
}

function inferNumbers(values: readonly string[], hints: Hints): Inference | null {
  const style = numberStyle(values, hints, hints.separator);
  if (!style) return null;
  const whole = allNumbers(values, style, false);
  const floats = {
    ...answer(typeEntry('Float'), 'floats', style === PLAIN ? 1 : 0.8, values.slice(0, 3), style),
    straight: typeEntry('Float'),
  };
  if (!whole) return style.decimal === '.' && style.thousands === '' ? floats : { ...floats, straight: textType() };
  const ids = values.filter((value) => /^[+-]?0\d/.test(value.trim()));
  if (ids.length > 0)
    return { ...levelsOrText(values), reason: { rule: 'leading-zeros', confidence: 0.9, values: ids.slice(0, 3) } };
  const large = values.find((value) => value.trim().length > 18 && tooLarge(value.replace(/[^0-9-]/g, '')));
  if (large !== undefined) return answer(textType(), 'too-large', 0.9, [large]);
  const integers = answer(
    typeEntry('Integer'),
    'integers',
    style.thousands === '' ? 1 : 0.7,
    values.slice(0, 3),
    style,
  );
  return style.thousands === '' ? { ...integers, straight: typeEntry('Integer') } : integers;
}

function answer(
  type: ColumnType,
  rule: TypeReason['rule'],
  confidence: number,
  values: readonly string[],
  style = PLAIN,
): Inference {
  const shown = values.map((value) => (value.length > 40 ? `${value.slice(0, 40)}…` : value));
  return { type, straight: textType(), reason: { rule, confidence, values: shown }, style, truth: null };
}

function levelsOrText(values: readonly string[]): Inference {
  return answer(isLevels(values, distinct(values)) ? bare(typeEntry('Categorical')) : textType(), 'text', 1, []);
}

function isLevels(values: readonly string[], levels: readonly string[]): boolean {
  const length = levels.reduce((sum, level) => sum + level.length, 0) / levels.length;
  const few = levels.length < LEVELS.few && levels.length < values.length;
  return length <= LEVELS.meanLength && (few || (levels.length <= LEVELS.many && levels.length * 2 <= values.length));
}

function truthWords(hints: Hints): TruthWords {
  const lower = (words: readonly string[] | null) => (words ?? []).map((word) => word.trim().toLowerCase());
  return { yes: ['true', ...lower(hints.true_values)], no: ['false', ...lower(hints.false_values)] };
}

/** Inferred categories are known only once all rows were read. */
function bare(type: ColumnType): ColumnType {
  return { type: type.type, dtype: type.dtype };
}

function textType(): ColumnType {
  return { ...typeEntry('Text'), encoding: 'utf-8' };
}

function tooLarge(digits: string): boolean {
  const value = BigInt(digits);
  return value > MAX_INTEGER || value < -MAX_INTEGER;
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
const longest = (values: readonly string[]): string[] => [
  values.reduce((best, value) => (value.length > best.length ? value : best)),
];
