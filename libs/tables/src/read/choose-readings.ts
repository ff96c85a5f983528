import { AppError, type ColumnType, type ColumnTypes, type SemanticType } from '#contract';

import type { ColumnReading } from '../types/column-sql.js';
import { dateFormatOf } from '../types/date-formats.js';
import type { Inference } from '../types/infer-types.js';
import { numberStyle, PLAIN } from '../types/number-style.js';

import type { FileHead } from './open-file.js';

const READABLE: readonly SemanticType[] = ['Integer', 'Float', 'Text', 'Categorical', 'Date'];

/**
 * How each column is read: as asked where a type was asked for, else as inferred; under its new name.
 * @throws AppError `column-not-found` for a rename of nothing, `column-rename-invalid`, `columns-duplicated`, `conversion-unsupported`,
 * `values-not-convertible` when no date format reads the sample.
 */
export function chooseReadings(
  head: FileHead,
  inferred: readonly Inference[],
  types: ColumnTypes = {},
  renames: Readonly<Record<string, string>> = {},
): ColumnReading[] {
  const unknown = Object.keys(renames).find((name) => !head.names.includes(name));
  if (unknown !== undefined) throw new AppError('column-not-found', { column: unknown });
  const seen = new Set<string>();
  return head.names.map((given, index) => {
    const name = Object.hasOwn(renames, given) ? renames[given]!.trim() : given;
    if (name === '' || name === '__proto__') throw new AppError('column-rename-invalid', { column: name });
    if (seen.has(name)) throw new AppError('columns-duplicated', { column: name });
    seen.add(name);
    const asked = Object.hasOwn(types, given) ? types[given] : Object.hasOwn(types, name) ? types[name] : undefined;
    const cells = head.rows.map((row) => row[index] ?? null);
    return { id: `c${index}`, name, ...readingOf(given, inferred[index]!, asked, cells, head.hints.separator) };
  });
}

function readingOf(
  name: string,
  inference: Inference,
  asked: ColumnType | undefined,
  cells: readonly (string | null)[],
  separator: string,
): Omit<ColumnReading, 'id' | 'name'> {
  const { type, style, truth } = inference;
  if (!asked) return { type, style, truth, chosen: false };
  if (asked.type === type.type && (asked.type !== 'Date' || asked.dtype === type.dtype)) {
    return { type: asked, style, truth, chosen: asked.dtype !== type.dtype };
  }
  if (!READABLE.includes(asked.type))
    throw new AppError('conversion-unsupported', { column: name, from: type.type, to: asked.type });
  const values = cells.filter((cell) => cell !== null);
  if (asked.type === 'Date')
    return {
      type: { ...asked, dtype: dateFormat(name, asked.dtype, values) },
      style: PLAIN,
      truth: null,
      chosen: true,
    };
  const own =
    asked.type === 'Integer' || asked.type === 'Float'
      ? numberStyle(values, { decimal: 'auto', thousands: 'auto' }, separator)
      : null;
  return { type: asked, style: own ?? PLAIN, truth: asked.type === 'Categorical' ? truth : null, chosen: true };
}

function dateFormat(name: string, asked: string, values: readonly string[]): string {
  if (asked.includes('%')) return asked;
  const format = dateFormatOf(values);
  if (format) return format;
  throw new AppError('values-not-convertible', {
    column: name,
    type: 'Date',
    count: values.length,
    row: 1,
    value: (values[0] ?? '').slice(0, 80),
  });
}
