import type { ColumnType } from '#contract';

import { text } from '../engine/engine.js';

import type { TruthWords } from './infer-types.js';
import { numberPattern, type NumberStyle } from './number-style.js';

/** How one column of a text file becomes a column of the table. */
export interface ColumnReading {
  readonly id: string;
  readonly name: string;
  readonly type: ColumnType;
  readonly style: NumberStyle;
  readonly truth: TruthWords | null;
  /** Somebody asked for this type: cells that do not fit are an error, not a reason for another type. */
  readonly chosen: boolean;
}

const STORAGE: Readonly<Record<string, string>> = {
  int8: 'TINYINT',
  int16: 'SMALLINT',
  int32: 'INTEGER',
  int64: 'BIGINT',
  uint8: 'UTINYINT',
  uint16: 'USMALLINT',
  uint32: 'UINTEGER',
  uint64: 'UBIGINT',
  float16: 'FLOAT',
  float32: 'FLOAT',
  float64: 'DOUBLE',
};

/** The SQL type a column is stored as. Dates stay text as written; their format is in the type entry. */
export function storageType({ type, dtype }: ColumnType): string {
  if (type === 'Integer') return STORAGE[dtype] ?? 'BIGINT';
  if (type === 'Float') return STORAGE[dtype] ?? 'DOUBLE';
  return 'VARCHAR';
}

const isPlain = ({ style }: ColumnReading): boolean => style.decimal === '.' && style.thousands === '';
const isNumber = ({ type }: ColumnReading): boolean => type.type === 'Integer' || type.type === 'Float';

/** The type DuckDB's CSV reader gives the cells: plain numbers are read straight, all else is text. */
export function readerType(reading: ColumnReading): 'DOUBLE' | 'VARCHAR' {
  return isNumber(reading) && isPlain(reading) ? 'DOUBLE' : 'VARCHAR';
}

/**
 * The stored value from a cell of {@link readerType}; a cell that does not fit makes the statement fail. Whole numbers are read as
 * doubles, because a cast to BIGINT would round `1.5` without a word: what is not whole becomes an infinity, which no
 * integer takes. Beyond 2⁵³ {@link exactValue} takes over.
 */
export function fastValue(reading: ColumnReading): string {
  const { id, type } = reading;
  if (readerType(reading) === 'VARCHAR') return exactValue(reading);
  const target = storageType(type);
  if (type.type === 'Float') return `CASE WHEN isnan(${id}) THEN NULL ELSE ${id}::${target} END`;
  const safe = `BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`;
  // Two branches, not one with OR: DuckDB's planner takes ten times as long over the latter when columns are many.
  return `(CASE WHEN ${id} <> trunc(${id}) THEN 'inf'::DOUBLE WHEN ${id} NOT ${safe} THEN 'inf'::DOUBLE ELSE ${id} END)::${target}`;
}

/** The stored value from a cell as text; a cell that does not fit makes the statement fail. */
export function exactValue(reading: ColumnReading): string {
  const { id, type, truth } = reading;
  if (isNumber(reading)) {
    const target = storageType(type);
    const digits = plainDigits(reading);
    if (type.type === 'Float')
      return `CASE WHEN ${fits(reading)} THEN nullif(${digits}::DOUBLE, 'nan'::DOUBLE)::${target} WHEN ${id} IS NULL THEN NULL ELSE error('no number') END`;
    const whole = `CASE WHEN regexp_full_match(${digits}, '[+-]?[0-9]+') THEN ${digits}::${target} ELSE ${digits}::DOUBLE::${target} END`;
    return `CASE WHEN ${id} IS NULL THEN NULL WHEN ${fits(reading)} THEN ${whole} ELSE error('not whole') END`;
  }
  if (type.type === 'Date') return `CASE WHEN ${id} IS NULL OR ${fits(reading)} THEN ${id} ELSE error('no date') END`;
  if (!truth) return id;
  const lower = `lower(trim(${id}))`;
  return `CASE WHEN ${lower} IN (${truth.yes.map(text).join(', ')}) THEN 'True' WHEN ${lower} IN (${truth.no.map(text).join(', ')}) THEN 'False' ELSE ${id} END`;
}

/** Whether a cell as text, not missing, can be stored. */
export function fits(reading: ColumnReading): string {
  const { id, type, style } = reading;
  if (type.type === 'Date') return `(try_strptime(trim(${id}), ${text(type.dtype)}) IS NOT NULL)`;
  if (!isNumber(reading)) return 'true';
  const digits = plainDigits(reading);
  const form = isPlain(reading) ? '' : `regexp_full_match(trim(${id}), ${text(numberPattern(style, true))}) AND `;
  if (type.type === 'Float') return `(${form}try_cast(${digits} AS DOUBLE) IS NOT NULL)`;
  const target = storageType(type);
  const whole = `(regexp_full_match(${digits}, '[+-]?[0-9]+') AND try_cast(${digits} AS ${target}) IS NOT NULL)`;
  const integral = `(try_cast(${digits} AS DOUBLE) = trunc(try_cast(${digits} AS DOUBLE)) AND abs(try_cast(${digits} AS DOUBLE)) < 9007199254740992 AND try_cast(try_cast(${digits} AS DOUBLE) AS ${target}) IS NOT NULL)`;
  return `(${form}coalesce(${whole} OR ${integral}, false))`;
}

/** The cell with its digits ungrouped and a point before the fraction. */
function plainDigits({ id, style }: ColumnReading): string {
  const ungrouped = style.thousands === '' ? `trim(${id})` : `replace(trim(${id}), ${text(style.thousands)}, '')`;
  return style.decimal === ',' ? `replace(${ungrouped}, ',', '.')` : ungrouped;
}
