import { AppError, choice, float, int, orNull, phrase, union } from '#contract';
import { asCategorical, type Column } from '#frame';

import { refusals } from './refusal-words.js';

/** Parameters of converters that balance classes, as the reference catalogue has them. */
export const balanceParams = {
  sampling_strategy: union({
    default: 'auto',
    of: [float({ default: 1, above: 0, max: 1 }), choice({ default: 'auto', options: ['auto'] })],
  }),
  random_state: orNull(int({ default: 0 })),
};

/** The rows of each class that occurs, in the order of the classes. */
export interface ClassRows {
  readonly label: string;
  readonly rows: Int32Array;
}

/**
 * The classes of a target.
 * @throws AppError `converter-target-missing`, `missing-values` {column, count}, `one-class` {column}, `converter-columns-invalid` for
 * numbers that are no classes.
 */
export function classesOf(target: Column | null, converter: string): ClassRows[] {
  if (target === null) throw new AppError('converter-target-missing', { converter });
  if (target.kind === 'numeric' && target.values.some((value) => Number.isFinite(value) && !Number.isInteger(value)))
    throw new AppError('converter-columns-invalid', {
      reason: phrase(refusals.fractions, { column: target.name }),
    });
  const { name, codes, dictionary } = asCategorical(target);
  const rows = dictionary.map((): number[] => []);
  let missing = 0;
  codes.forEach((code, row) => {
    if (code < 0) missing++;
    else rows[code]!.push(row);
  });
  if (missing > 0) throw new AppError('missing-values', { column: name, count: missing });
  const classes = dictionary.flatMap((label, code) =>
    rows[code]!.length > 0 ? [{ label, rows: Int32Array.from(rows[code]!) }] : [],
  );
  if (classes.length < 2) throw new AppError('one-class', { column: name });
  return classes;
}

/** How many rows each class is to have after its rows were added to. A ratio needs two classes. @throws AppError `parameters-invalid`. */
export function grownSizes(classes: readonly ClassRows[], strategy: number | string): number[] {
  const most = Math.max(...classes.map(({ rows }) => rows.length));
  const small = smallerOf(classes, strategy);
  return classes.map((one) => {
    if (typeof strategy !== 'number') return most;
    if (one !== small) return one.rows.length;
    const size = Math.trunc(strategy * most);
    if (size >= one.rows.length) return size;
    throw unreachable(`"${one.label}" already has ${one.rows.length} rows beside ${most}`);
  });
}

/** How many rows each class is to keep. A ratio needs two classes. @throws AppError `parameters-invalid`. */
export function shrunkSizes(classes: readonly ClassRows[], strategy: number | string): number[] {
  const least = Math.min(...classes.map(({ rows }) => rows.length));
  const small = smallerOf(classes, strategy);
  return classes.map((one) => {
    if (typeof strategy !== 'number') return least;
    if (one === small) return one.rows.length;
    const size = Math.trunc(least / strategy);
    if (size <= one.rows.length) return size;
    throw unreachable(`"${one.label}" has only ${one.rows.length} rows beside ${least}`);
  });
}

/** The smallest class, the first of equal ones. */
function smallerOf(classes: readonly ClassRows[], strategy: number | string): ClassRows {
  if (typeof strategy === 'number' && classes.length !== 2)
    throw unreachable(`a ratio needs two classes and there are ${classes.length}; choose "auto"`);
  return classes.reduce((least, one) => (one.rows.length < least.rows.length ? one : least));
}

const unreachable = (reason: string): AppError =>
  new AppError('parameters-invalid', { parameter: 'sampling_strategy', reason });
