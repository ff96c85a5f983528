import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '#contract';

import { draftFolder, parquetOptions } from '../engine/draft.js';
import { text, type Engine } from '../engine/engine.js';
import { withCategories } from '../engine/categories.js';
import { dataPath, writeMeta, type TableColumn, type TableMeta, type TableNote } from '../table-meta.js';
import type { IngestRequest } from '../tables.js';
import { exactValue, fastValue, readerType, type ColumnReading } from '../types/column-sql.js';
import { settleTypes } from '../types/settle-types.js';

import { csvScan, rewriteCsv, type CsvFile } from './csv-reader.js';
import { readLayout, type CsvLayout } from './csv-layout.js';
import { chooseReadings } from './choose-readings.js';
import { inferLayout, INFERENCE_ROWS } from './sniff-csv.js';
import { checkText, findInvalidUtf8 } from './text-source.js';

/** See Tables.ingestCsv. One pass when the file is well-formed and its types hold; more only to find out what is wrong. */
export async function ingestCsv(engine: Engine, request: IngestRequest, maxColumns: number): Promise<TableMeta> {
  const { source, plan, target, signal } = request;
  const layout = await readLayout(source, plan, request.inferenceRows ?? INFERENCE_ROWS, maxColumns);
  const readings = chooseReadings(layout, inferLayout(layout, plan), request.types, request.renames);
  return draftFolder(target, async (folder) => {
    const job: Load = { engine, request, layout, folder, notes: [...layout.notes] };
    const loaded = await loadFile(job, readings);
    if (loaded.rows === 0) throw new AppError('no-rows');
    const columns = loaded.readings.map(({ id, name, type }): TableColumn => ({ id, name, type }));
    const chosen = new Set(readings.filter((reading) => reading.chosen).map((reading) => reading.id));
    const settled = await withCategories(engine, dataPath(folder), columns, chosen, signal);
    const meta: TableMeta = {
      version: 1,
      rows: loaded.rows,
      columns: settled.columns,
      notes: [...job.notes, ...settled.notes],
    };
    await writeMeta(folder, meta);
    return meta;
  });
}

interface Load {
  readonly engine: Engine;
  readonly request: IngestRequest;
  readonly layout: CsvLayout;
  readonly folder: string;
  readonly notes: TableNote[];
}
interface Loaded {
  readonly rows: number;
  readonly readings: readonly ColumnReading[];
}

async function loadFile(job: Load, readings: readonly ColumnReading[]): Promise<Loaded> {
  const { layout, request } = job;
  const { plan } = request;
  if (layout.strict) {
    try {
      const file = {
        path: layout.source.path,
        hasHeader: layout.hasHeader,
        skip: plan.skiprows ?? 0,
        limit: plan.nrows,
        lineEnd: layout.lineEnd,
      };
      return await loadUnseen(job, file, readings);
    } catch (error) {
      if (error instanceof AppError) throw error;
    }
  }
  const path = join(job.folder, 'rows.csv');
  try {
    const { file, notes } = await rewriteCsv(layout, plan, path, request.signal);
    job.notes.push(...notes);
    return await loadTyped(job, file, readings);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const wrong = layout.source.encoding === 'utf-8' ? await findInvalidUtf8(layout.source) : undefined;
    const reason = error instanceof Error ? error.message.split('\n')[0]!.slice(0, 200) : '';
    throw wrong ?? new AppError('file-not-tabular', { reason }, { cause: error });
  } finally {
    await rm(path, { force: true });
  }
}

/** DuckDB reads the file itself; what it would take and we do not is looked for at the same time. */
async function loadUnseen(job: Load, file: CsvFile, readings: readonly ColumnReading[]): Promise<Loaded> {
  const { source, rows } = job.layout;
  const seen = file.limit !== null && rows.length >= file.limit;
  const checking = seen ? undefined : checkText(source, job.request.signal);
  const [loaded, checked] = await Promise.allSettled([loadTyped(job, file, readings), checking]);
  if (checked.status === 'rejected') throw checked.reason;
  if (loaded.status === 'rejected') throw loaded.reason;
  return loaded.value;
}

/** First as if every cell fitted its type; when one does not, all rows are checked and the types settled. */
async function loadTyped(job: Load, file: CsvFile, readings: readonly ColumnReading[]): Promise<Loaded> {
  const { engine, layout, request } = job;
  try {
    const scan = csvScan(
      file,
      layout,
      readings.map((reading) => [reading.id, readerType(reading)]),
    );
    return {
      rows: await copy(
        job,
        scan,
        readings.map((reading) => [reading.id, fastValue(reading)]),
      ),
      readings,
    };
  } catch (error) {
    if (error instanceof AppError || !isConversion(error)) throw error;
  }
  const scan = csvScan(
    file,
    layout,
    readings.map((reading) => [reading.id, 'VARCHAR']),
  );
  const settled = await settleTypes(engine, scan, readings, request.signal);
  job.notes.push(...settled.notes);
  const rows = await copy(
    job,
    scan,
    settled.readings.map((reading) => [reading.id, exactValue(reading)]),
  );
  return { rows, readings: settled.readings };
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
  { engine, request, folder }: Load,
  scan: string,
  values: readonly (readonly [string, string])[],
): Promise<number> {
  const { onProgress, signal } = request;
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
