import { AppError } from '#contract';

import { asCategorical, asNumeric } from './columns.js';
import { presentLevels } from './encoder.js';
import { column, sharedCodes, type CategoricalColumn, type Frame } from './frame.js';

/** Classes of a target and each row's code into them; `codes` lies on shared memory. */
export interface ClassTarget {
  readonly classes: readonly string[];
  readonly codes: Int32Array;
}

/**
 * A classification target: the classes that occur, ordered as the column's categories, and every row's code.
 * @throws AppError `column-not-found`; `missing-values` {column, count} when a row has no class.
 */
export function encodeClasses(frame: Frame, name: string): ClassTarget {
  const source = asCategorical(column(frame, name));
  refuseMissing(
    name,
    source.codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0),
  );
  const classes = presentLevels(source);
  return { classes, codes: codesInto(source, classes) };
}

/** Codes of a column into known classes; −1 where the class is unknown or missing. @throws AppError `column-not-found`. */
export function classCodes(frame: Frame, name: string, classes: readonly string[]): Int32Array {
  return codesInto(asCategorical(column(frame, name)), classes);
}

/** The class of every code; null for −1. */
export function decodeClasses(classes: readonly string[], codes: ArrayLike<number>): (string | null)[] {
  return Array.from(codes, (code) => classes[code] ?? null);
}

/**
 * A regression target on shared memory.
 * @throws AppError `column-not-found`, `values-not-convertible`, `missing-values` {column, count}.
 */
export function numericTarget(frame: Frame, name: string): Float64Array {
  const numeric = asNumeric(column(frame, name));
  refuseMissing(
    name,
    numeric.values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
  );
  return numeric.values;
}

function refuseMissing(name: string, count: number): void {
  if (count > 0) throw new AppError('missing-values', { column: name, count });
}

function codesInto(source: CategoricalColumn, classes: readonly string[]): Int32Array {
  const codeOf = new Map(classes.map((level, code) => [level, code]));
  const translated = source.dictionary.map((level) => codeOf.get(level) ?? -1);
  const codes = sharedCodes(source.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = translated[source.codes[row]!] ?? -1;
  return codes;
}
