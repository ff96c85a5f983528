import { AppError } from '#contract';
import { typeEntry } from '#frame';

import type { Engine } from '../engine/engine.js';
import type { TableNote } from '../table-meta.js';

import { fits, type ColumnReading } from './column-sql.js';

interface Misfit {
  readonly count: number;
  /** First row that does not fit, from 1, and its cell. */
  readonly row: number;
  readonly value: string;
}

/** Columns judged in one pass over the file. */
const BATCH = 100;

/**
 * Checks every row against the types: an inferred Integer that does not hold becomes Float, then Text, an inferred Float or Date
 * Text, each with a note. `scan` reads all cells as text.
 * @throws AppError `values-not-convertible` for a type somebody chose.
 */
export async function settleTypes(
  engine: Engine,
  scan: string,
  readings: readonly ColumnReading[],
  signal?: AbortSignal,
): Promise<{ readings: ColumnReading[]; notes: TableNote[] }> {
  const settled = [...readings];
  const notes: TableNote[] = [];
  const checked = settled.flatMap((reading, index) => (fits(reading) === 'true' ? [] : [index]));
  for (let start = 0; start < checked.length; start += BATCH) {
    const indexes = checked.slice(start, start + BATCH);
    const tries = indexes.flatMap((index) => [settled[index]!, asFloat(settled[index]!)]);
    const misfits = await findMisfits(engine, scan, tries, signal);
    indexes.forEach((index, at) => {
      const misfit = misfits[2 * at];
      if (!misfit) return;
      const reading = settled[index]!;
      if (reading.chosen) {
        throw new AppError('values-not-convertible', { column: reading.name, type: reading.type.type, ...misfit });
      }
      const type =
        reading.type.type === 'Integer' && !misfits[2 * at + 1]
          ? typeEntry('Float')
          : { ...typeEntry('Text'), encoding: 'utf-8' };
      settled[index] = { ...reading, type };
      notes.push({
        code: 'type-fallback',
        column: reading.name,
        values: { from: reading.type.type, to: type.type, ...misfit },
      });
    });
  }
  return { readings: settled, notes };
}

const asFloat = (reading: ColumnReading): ColumnReading =>
  reading.type.type === 'Integer' ? { ...reading, type: typeEntry('Float') } : reading;

async function findMisfits(
  engine: Engine,
  scan: string,
  readings: readonly ColumnReading[],
  signal?: AbortSignal,
): Promise<(Misfit | undefined)[]> {
  const parts = readings.map((reading) => {
    const bad = `${reading.id} IS NOT NULL AND NOT ${fits(reading)}`;
    return `count(*) FILTER (${bad}), min(row) FILTER (${bad}), min_by(${reading.id}, row) FILTER (${bad})`;
  });
  const found = await engine.row(
    `SELECT ${parts.join(', ')} FROM (SELECT *, row_number() OVER () AS row FROM ${scan})`,
    [],
    signal,
  );
  return readings.map((_, index) => {
    const [count, row, value] = found.slice(index * 3, index * 3 + 3);
    return Number(count) === 0
      ? undefined
      : { count: Number(count), row: Number(row), value: (value as string).slice(0, 80) };
  });
}
