import { AppError, DEFAULT_DTYPES, type ColumnType, type SemanticType } from '#contract';

import {
  sharedCodes,
  sharedFloats,
  type CategoricalColumn,
  type Column,
  type NumericColumn,
  type TextColumn,
} from './frame.js';

const NUMERIC = new Set<SemanticType>(['Integer', 'Float', 'Decimal']);

/** Whether columns of this type are kept as numbers. */
export function isNumericType(type: SemanticType): boolean {
  return NUMERIC.has(type);
}

/** The type entry of a column of this kind with its usual storage type. */
export function typeEntry(type: SemanticType, categories?: readonly string[]): ColumnType {
  const entry: ColumnType = { type, dtype: DEFAULT_DTYPES[type] };
  if (type !== 'Categorical') return entry;
  const known = [...(categories ?? [])];
  return { ...entry, categories: known, num_categories: known.length, converted: false, encoder: 'one_hot' };
}

/** Categories in the order they are shown and coded: as numbers when all are numbers, else by code units. */
export function sortCategories(categories: Iterable<string>): string[] {
  const list = [...categories];
  const numeric = list.every((word) => word.trim() !== '' && Number.isFinite(Number(word)));
  return numeric
    ? list.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
    : list.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A numeric column; the values are copied unless they lie on shared memory already. */
export function numericColumn(
  name: string,
  values: ArrayLike<number>,
  type: ColumnType = typeEntry('Float'),
): NumericColumn {
  if (values instanceof Float64Array && values.buffer instanceof SharedArrayBuffer)
    return { kind: 'numeric', name, type, values };
  const shared = sharedFloats(values.length);
  shared.set(values);
  return { kind: 'numeric', name, type, values: shared };
}

/** A categorical column from words; null is missing. The type's categories come first in the dictionary, new words follow sorted. */
export function categoricalColumn(
  name: string,
  words: readonly (string | null)[],
  type?: ColumnType,
): CategoricalColumn {
  const known = new Set(type?.categories ?? []);
  const fresh = new Set<string>();
  for (const word of words) if (word !== null && !known.has(word)) fresh.add(word);
  const dictionary = [...known, ...sortCategories(fresh)];
  const codeOf = new Map(dictionary.map((word, code) => [word, code]));
  const codes = sharedCodes(words.length);
  for (let row = 0; row < words.length; row++) codes[row] = codeOf.get(words[row]!) ?? -1;
  const entry = { ...(type ?? typeEntry('Categorical')), categories: dictionary, num_categories: dictionary.length };
  return { kind: 'categorical', name, type: entry, codes, dictionary };
}

/** A column of free text. */
export function textColumn(
  name: string,
  values: readonly (string | null)[],
  type: ColumnType = typeEntry('Text'),
): TextColumn {
  return { kind: 'text', name, type, values };
}

/**
 * A column of this type from loose values, as JSON or a parser gives them: null, undefined, NaN and, for numbers, blank text are
 * missing; numbers may be text; true and false read `True` and `False`.
 * @throws AppError `values-not-convertible` {column, type, count, row, value}; row numbers start at 1.
 */
export function columnFrom(name: string, values: readonly unknown[], type: ColumnType): Column {
  if (isNumericType(type.type)) return numericColumn(name, toNumbers(name, values, type.type), type);
  const words = values.map(toWord);
  return type.type === 'Categorical' ? categoricalColumn(name, words, type) : textColumn(name, words, type);
}

/** The column as numbers; text and levels that are numbers are read. @throws AppError `values-not-convertible`. */
export function asNumeric(source: Column): NumericColumn {
  return source.kind === 'numeric'
    ? source
    : (columnFrom(source.name, cellsOf(source), typeEntry('Float')) as NumericColumn);
}

/** The column as levels; every distinct number or text becomes one. */
export function asCategorical(source: Column): CategoricalColumn {
  return source.kind === 'categorical'
    ? source
    : (columnFrom(source.name, cellsOf(source), typeEntry('Categorical')) as CategoricalColumn);
}

function cellsOf(source: Column): (string | number | null)[] {
  return source.kind === 'categorical'
    ? Array.from(source.codes, (code) => source.dictionary[code] ?? null)
    : [...source.values];
}

function toNumbers(name: string, values: readonly unknown[], type: SemanticType): Float64Array {
  const numbers = sharedFloats(values.length);
  let count = 0;
  let first = -1;
  values.forEach((value, row) => {
    const number = toNumber(value);
    numbers[row] = number ?? NaN;
    if (number !== undefined) return;
    count++;
    if (first < 0) first = row;
  });
  if (count > 0)
    throw new AppError('values-not-convertible', {
      column: name,
      type,
      count,
      row: first + 1,
      value: excerpt(values[first]),
    });
  return numbers;
}

/** A loose value as a number: NaN for a missing one (null, blank text), undefined for what is no number. */
export function toNumber(value: unknown): number | undefined {
  if (value === null || value === undefined) return NaN;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || text === 'NaN') return NaN;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** A loose value as text; null for a missing one. */
export function toWord(value: unknown): string | null {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return null;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

/** A value as an error message may quote it. */
function excerpt(value: unknown): string {
  const text = toWord(value) ?? '';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
