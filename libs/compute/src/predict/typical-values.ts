import { AppError, type PredictionData } from '#contract';
import { asCategorical, asNumeric, type Column, column, numericColumn, sharedCodes, sharedFloats } from '#frame';

import type { TaskHost } from '../host.js';
import { stoppable } from '../stoppable.js';
import type { Expected } from './adapt-column.js';

/** What a column takes where it has no value: the median of the training rows, or their most frequent level. */
export type Typical = number | string;

/**
 * Typical values of these columns over the rows the run was trained on.
 * @throws AppError `column-not-found` when the training data changed since and lack one.
 */
export async function typicalValues(
  wanted: readonly Expected[],
  training: PredictionData['training'],
  host: TaskHost,
): Promise<ReadonlyMap<string, Typical>> {
  if (wanted.length === 0) return new Map();
  if (training === undefined) throw new AppError('input-columns-missing', { columns: namesOf(wanted).join(', ') });
  const folder = await host.storage.materialise(training.tableKey);
  const request = { columns: namesOf(wanted), rows: training.rowIndexes };
  const frame = await stoppable(host, (signal) => host.tables.readFrame(folder, { ...request, signal }));
  return new Map(
    wanted.map((expected) => [expected.input.name, typical(expected, column(frame, expected.input.name))]),
  );
}

const namesOf = (wanted: readonly Expected[]): string[] => wanted.map(({ input }) => input.name);

function typical({ input }: Expected, source: Column): Typical {
  if (input.kind === 'numeric') {
    const values = Float64Array.from(asNumeric(source).values.filter(Number.isFinite)).sort();
    const middle = values.length >> 1;
    if (values.length === 0) return 0;
    return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
  }
  const { codes, dictionary } = asCategorical(source);
  const counts = new Map<string, number>(input.categories.map((level) => [level, 0]));
  for (const code of codes) {
    const level = dictionary[code];
    if (level !== undefined && counts.has(level)) counts.set(level, counts.get(level)! + 1);
  }
  // The first of the most frequent, in the order of the encoder, so that equal data give equal answers.
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** A column of one value. */
export function constantColumn({ input, type }: Expected, value: Typical, rows: number): Column {
  if (typeof value === 'number') return numericColumn(input.name, sharedFloats(rows).fill(value), type);
  return { kind: 'categorical', name: input.name, type, codes: sharedCodes(rows), dictionary: [value] };
}

/** The column with this value where it has none. */
export function fillColumn(source: Column, value: Typical): Column {
  if (source.kind === 'numeric') {
    const values = sharedFloats(source.values.length);
    source.values.forEach((cell, row) => (values[row] = Number.isNaN(cell) ? Number(value) : cell));
    return { ...source, values };
  }
  if (source.kind === 'text') return { ...source, values: source.values.map((cell) => cell ?? String(value)) };
  const known = source.dictionary.indexOf(String(value));
  const dictionary = known < 0 ? [...source.dictionary, String(value)] : source.dictionary;
  const codes = sharedCodes(source.codes.length);
  const code = known < 0 ? dictionary.length - 1 : known;
  source.codes.forEach((given, row) => (codes[row] = given < 0 ? code : given));
  return { ...source, codes, dictionary };
}
