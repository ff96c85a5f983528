import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { AppError, type ColumnType } from '#contract';

import { columnNames } from '../csv/column-names.js';
import { csvScan } from '../csv/csv-reader.js';
import { MAX_ROW_BYTES } from '../csv/csv-scanner.js';
import type { Engine } from '../engine/engine.js';
import type { TableNote } from '../table-meta.js';
import { NO_HINTS, type Hints } from '../types/infer-types.js';

import { loadTyped } from './load-typed.js';
import type { LoadTarget, OpenFile, ReadLimits } from './open-file.js';
import { boundsOfSparse, checkSize, type TableBounds } from './table-bounds.js';

/** Cells of one row as text, as many as there are names; null is missing. */
export type TextRow = readonly (string | null)[];

/** A file that is read row by row, as often as asked. */
export interface RowSource {
  /** As written; they need not be usable. */
  readonly names: readonly string[];
  readonly previewedBytes: number;
  readonly hints?: Hints;
  readonly native?: readonly (ColumnType | null)[];
  readonly detected?: Readonly<Record<string, string | boolean | number>>;
  readonly notes?: readonly TableNote[];
  /** All data rows in order. */
  rows(): AsyncIterable<TextRow> | Iterable<TextRow>;
  /** Fraction of the file the last call of `rows` has come to, in 0–1. */
  progress(): number;
}

/** Part of a load that goes by before DuckDB has the rows. */
const WRITING = 0.6;
/** How a missing cell is written down between the two steps, without the quotes of all others; short, for they may be most. */
const MISSING = '\u0001';
const BATCH_BYTES = 1 << 20;

/**
 * A row source as a file: its rows are written down as CSV in the folder in the making, and then read by the very code that reads CSV
 * files. So no data set is ever whole in memory, and types are judged alike in every format.
 * @throws AppError `too-many-columns`, and on loading `table-too-large`.
 */
export async function openRows(engine: Engine, source: RowSource, limits: ReadLimits): Promise<OpenFile> {
  const { rowLimit, maxColumns } = limits;
  if (source.names.length > maxColumns)
    throw new AppError('too-many-columns', { count: source.names.length, limit: maxColumns });
  const { names, notes } = columnNames(source.names);
  const bounds = boundsOfSparse(limits, source.previewedBytes);
  const rows: TextRow[] = [];
  if (rowLimit > 0)
    for await (const row of source.rows()) {
      rows.push(row);
      if (rows.length >= rowLimit) break;
    }
  return {
    head: {
      names,
      rows,
      notes: [...(source.notes ?? []), ...notes],
      previewedBytes: source.previewedBytes,
      hints: source.hints ?? NO_HINTS,
      native: source.native ?? null,
      detected: source.detected ?? {},
    },
    async load(readings, target) {
      const path = join(target.folder, 'rows.csv');
      try {
        await writeRows(source, path, target, bounds);
        const file = { path, hasHeader: false, skip: 0, limit: null, lineEnd: '\n' } as const;
        const onProgress = (fraction: number) => target.onProgress?.(WRITING + (1 - WRITING) * fraction);
        const scan = { separator: ',', missing: [MISSING], quotedAreMissing: false };
        return await loadTyped(engine, (columns) => csvScan(file, scan, columns), readings, { ...target, onProgress });
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

async function writeRows(
  source: RowSource,
  path: string,
  { signal, onProgress }: LoadTarget,
  bounds: TableBounds,
): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: BATCH_BYTES });
  try {
    await pipeline(batches(source, bounds, onProgress), file, { signal });
  } catch (error) {
    if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error });
    throw error;
  }
}

async function* batches(
  source: RowSource,
  bounds: TableBounds,
  onProgress: ((fraction: number) => void) | undefined,
): AsyncGenerator<string> {
  let batch = '';
  let line = 0;
  for await (const row of source.rows()) {
    checkSize(++line, row.length, bounds);
    const text = lineOf(row);
    // DuckDB's limit is in bytes; a character has at most three per UTF-16 unit.
    if (text.length * 3 > MAX_ROW_BYTES && Buffer.byteLength(text) > MAX_ROW_BYTES)
      throw new AppError('row-too-large', { line, limitBytes: MAX_ROW_BYTES });
    batch += text;
    if (batch.length < BATCH_BYTES) continue;
    onProgress?.(WRITING * source.progress());
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

function lineOf(row: TextRow): string {
  let line = '';
  for (let index = 0; index < row.length; index++) {
    if (index > 0) line += ',';
    line += quoted(row[index]!);
  }
  return `${line}\n`;
}

function quoted(cell: string | null): string {
  if (cell === null) return MISSING;
  if (cell.includes('\0')) throw new AppError('file-not-tabular', { reason: 'NUL' });
  return `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`;
}
