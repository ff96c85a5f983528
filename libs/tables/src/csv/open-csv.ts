import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError, type CsvReadPlan } from '#contract';

import type { Engine } from '../engine/engine.js';
import { loadTyped } from '../read/load-typed.js';
import type { LoadedFile, LoadTarget, OpenFile, ReadLimits } from '../read/open-file.js';
import type { ColumnReading } from '../types/column-sql.js';

import { csvScan, rewriteCsv, type CsvFile } from './csv-reader.js';
import { readLayout, type CsvLayout } from './csv-layout.js';
import { checkText, findInvalidUtf8 } from './text-source.js';

/** A delimited text file. One pass when it is well-formed and its types hold; more only to find out what is wrong. */
export async function openCsv(
  engine: Engine,
  path: string,
  plan: CsvReadPlan,
  { rowLimit, maxColumns }: ReadLimits,
): Promise<OpenFile> {
  const layout = await readLayout(path, plan, rowLimit, maxColumns);
  const { names, rows, notes, previewedBytes, separator, hasHeader, source } = layout;
  return {
    head: {
      names,
      rows,
      notes,
      previewedBytes,
      hints: { ...plan, separator },
      native: null,
      detected: { separator, encoding: source.encoding, header: hasHeader },
    },
    load: (readings, target) => load({ engine, plan, layout, target }, readings),
  };
}

interface Load {
  readonly engine: Engine;
  readonly plan: CsvReadPlan;
  readonly layout: CsvLayout;
  readonly target: LoadTarget;
}

async function load(job: Load, readings: readonly ColumnReading[]): Promise<LoadedFile> {
  const { layout, plan, target } = job;
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
  const path = join(target.folder, 'rows.csv');
  try {
    const { file, notes } = await rewriteCsv(layout, plan, path, target.signal);
    const loaded = await loadRows(job, file, readings);
    return { ...loaded, notes: [...notes, ...loaded.notes] };
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
async function loadUnseen(job: Load, file: CsvFile, readings: readonly ColumnReading[]): Promise<LoadedFile> {
  const { source, rows } = job.layout;
  const seen = file.limit !== null && rows.length >= file.limit;
  const checking = seen ? undefined : checkText(source, job.target.signal);
  const [loaded, checked] = await Promise.allSettled([loadRows(job, file, readings), checking]);
  if (checked.status === 'rejected') throw checked.reason;
  if (loaded.status === 'rejected') throw loaded.reason;
  return loaded.value;
}

const loadRows = ({ engine, layout, target }: Load, file: CsvFile, readings: readonly ColumnReading[]) =>
  loadTyped(engine, (columns) => csvScan(file, layout, columns), readings, target);
