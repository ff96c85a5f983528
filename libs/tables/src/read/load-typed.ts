import { AppError } from '#contract';

import { parquetOptions } from '../engine/draft.js';
import { text, type Engine } from '../engine/engine.js';
import { dataPath } from '../table-meta.js';
import { exactValue, fastValue, readerType, type ColumnReading } from '../types/column-sql.js';
import { settleTypes } from '../types/settle-types.js';

import type { LoadedFile, LoadTarget } from './open-file.js';

/** A table expression over the file that gives each column id its SQL type. */
export type Scan = (columns: readonly (readonly [id: string, type: 'DOUBLE' | 'VARCHAR'])[]) => string;

/** First as if every cell fitted its type; when one does not, all rows are checked and the types settled. */
export async function loadTyped(
  engine: Engine,
  scanOf: Scan,
  readings: readonly ColumnReading[],
  target: LoadTarget,
): Promise<LoadedFile> {
  try {
    const scan = scanOf(readings.map((reading) => [reading.id, readerType(reading)]));
    const values = readings.map((reading) => [reading.id, fastValue(reading)] as const);
    return { rows: await copy(engine, scan, values, target), readings, notes: [] };
  } catch (error) {
    if (error instanceof AppError || !isConversion(error)) throw error;
  }
  const scan = scanOf(readings.map((reading) => [reading.id, 'VARCHAR']));
  const settled = await settleTypes(engine, scan, readings, target.signal);
  const values = settled.readings.map((reading) => [reading.id, exactValue(reading)] as const);
  return { rows: await copy(engine, scan, values, target), ...settled };
}

function isConversion(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Conversion Error|Invalid Input Error: (not whole|no number|no date|Could not))|Error when converting column/m.test(
      error.message,
    )
  );
}

async function copy(
  engine: Engine,
  scan: string,
  values: readonly (readonly [string, string])[],
  { folder, onProgress, signal }: LoadTarget,
): Promise<number> {
  const select = values.map(([id, value]) => `${value} AS ${id}`).join(', ');
  return engine.use(async (connection) => {
    const report = () => onProgress?.(Math.min(1, Math.max(0, connection.progress.percentage / 100)));
    const timer = onProgress ? setInterval(report, 250) : undefined;
    try {
      const result = await connection.run(
        `COPY (SELECT ${select} FROM ${scan}) TO ${text(dataPath(folder))} ${parquetOptions(values.length)}`,
      );
      return Number((await result.getRows())[0]![0]);
    } finally {
      clearInterval(timer);
    }
  }, signal);
}
