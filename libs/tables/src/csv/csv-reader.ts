import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { AppError, type CsvReadPlan } from '#contract';

import { text } from '../engine/engine.js';
import type { TableNote } from '../table-meta.js';

import { MAX_ROW_BYTES, scanRows, type CsvRow } from './csv-scanner.js';
import { fits, type CsvLayout } from './csv-layout.js';
import { readUtf8 } from './text-source.js';

/** A file DuckDB can read as it is. */
export interface CsvFile {
  readonly path: string;
  readonly hasHeader: boolean;
  readonly skip: number;
  readonly limit: number | null;
  readonly lineEnd: '\n' | '\r\n';
}

/** What a scan must know of how cells are written. */
type CellStyle = Pick<CsvLayout, 'separator' | 'missing'> & {
  /** Whether a missing word counts as one in quotes too; unless said otherwise, yes. */
  readonly quotedAreMissing?: boolean;
};

/** The table function that reads the file; `columns` are pairs of column id and SQL type. */
export function csvScan(file: CsvFile, layout: CellStyle, columns: readonly (readonly [string, string])[]): string {
  // DuckDB reads an empty list as "the empty cell is missing"; a word no cell holds says that none is.
  const missing = layout.missing.length > 0 ? layout.missing : ['\u0001no missing word\u0001'];
  const options = [
    text(file.path),
    'auto_detect = false',
    `header = ${file.hasHeader}`,
    `delim = ${text(layout.separator)}`,
    `quote = '"', escape = '"'`,
    `nullstr = [${missing.map(text).join(', ')}]`,
    `allow_quoted_nulls = ${layout.quotedAreMissing ?? true}`,
    `columns = {${columns.map(([id, type]) => `${id}: '${type}'`).join(', ')}}`,
    `max_line_size = ${MAX_ROW_BYTES}, buffer_size = ${2 * MAX_ROW_BYTES}`,
    // Told of CRLF, the strict reader of DuckDB 1.5 finds no rows, or the next row in a last cell; untold it reads them.
    ...(file.lineEnd === '\n' ? [`new_line = ${text('\\n')}`] : []),
    'strict_mode = true',
  ];
  const scan = `read_csv(${options.join(', ')})`;
  const limits = `${file.limit === null ? '' : ` LIMIT ${file.limit}`}${file.skip > 0 ? ` OFFSET ${file.skip}` : ''}`;
  return limits === '' ? scan : `(FROM ${scan}${limits})`;
}

/**
 * Writes the data rows as plain UTF-8 CSV without header, one kind of line end, every row as wide as the header, for files DuckDB's
 * strict reader does not take: other encodings, mixed line ends, cells that go on after their quotes, blank lines that count.
 * @throws AppError `file-ragged`, `quote-unclosed`, `row-too-large`.
 */
export async function rewriteCsv(
  layout: CsvLayout,
  plan: CsvReadPlan,
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ file: CsvFile; notes: TableNote[] }> {
  const counts = { skipped: 0, firstSkipped: 0, repaired: 0, firstRepaired: 0 };
  try {
    await pipeline(dataRows(layout, plan, counts), createWriteStream(path, { highWaterMark: 1 << 20 }), { signal });
  } catch (error) {
    if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error });
    throw error;
  }
  const notes: TableNote[] = [];
  if (counts.skipped > 0)
    notes.push({
      code: 'bad-lines-skipped',
      column: null,
      values: { count: counts.skipped, line: counts.firstSkipped },
    });
  if (counts.repaired > 0)
    notes.push({
      code: 'quotes-repaired',
      column: null,
      values: { count: counts.repaired, line: counts.firstRepaired },
    });
  return { file: { path, hasHeader: false, skip: 0, limit: null, lineEnd: '\n' }, notes };
}

interface Counts {
  skipped: number;
  firstSkipped: number;
  repaired: number;
  firstRepaired: number;
}

const BATCH_BYTES = 1 << 20;

async function* dataRows(layout: CsvLayout, plan: CsvReadPlan, counts: Counts): AsyncGenerator<Buffer> {
  const width = layout.names.length;
  let skip = plan.skiprows ?? 0;
  let left = plan.nrows ?? Infinity;
  let before = layout.hasHeader ? (typeof plan.header === 'number' ? plan.header : 0) + 1 : 0;
  let batch: Buffer[] = [];
  let size = 0;
  for await (const row of scanRows(readUtf8(layout.source), layout.separator)) {
    if (row.blank && plan.skip_blank_lines) continue;
    if (before-- > 0) continue;
    if (!fits(row, width, plan)) {
      counts.firstSkipped ||= row.line;
      counts.skipped++;
      continue;
    }
    if (skip-- > 0) continue;
    if (left-- <= 0) break;
    if (row.repaired) {
      counts.firstRepaired ||= row.line;
      counts.repaired++;
    }
    const line = lineOf(row, width, layout.separator);
    batch.push(line, NEWLINE);
    size += line.length + 1;
    if (size < BATCH_BYTES) continue;
    yield Buffer.concat(batch);
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield Buffer.concat(batch);
}

const NEWLINE = Buffer.from('\n');

/** The row as DuckDB reads it: as written where that will do. */
function lineOf(row: CsvRow, width: number, separator: string): Buffer {
  if (row.cells !== width) return Buffer.from(width === 1 ? '""' : separator.repeat(width - 1));
  if (!row.repaired && width > 1) return Buffer.from(row.raw);
  const cells = Array.from({ length: width }, (_, index) => `"${row.cell(index).replaceAll('"', '""')}"`);
  return Buffer.from(cells.join(separator));
}
