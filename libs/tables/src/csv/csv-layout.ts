import { isUtf8 } from 'node:buffer';

import { AppError, type CsvReadPlan } from '#contract';

import type { TableNote } from '../table-meta.js';

import { columnNames } from './column-names.js';
import { CsvScanner, MAX_ROW_BYTES, type CsvRow } from './csv-scanner.js';
import { missingWords } from './missing-words.js';
import { openText, readUtf8, wrongUtf8, type TextSource } from './text-source.js';

/** A text file understood: its separator, columns, and the first rows as cells; null is missing. */
export interface CsvLayout {
  readonly source: TextSource;
  readonly separator: string;
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  readonly missing: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly notes: readonly TableNote[];
  readonly previewedBytes: number;
  readonly lineEnd: '\n' | '\r\n';
  /** The head holds only what DuckDB's strict reader reads the same way: its header is line 1, one kind of line end, no repairs. */
  readonly strict: boolean;
}

const HEAD_BYTES = 4 * 1024 * 1024;
const GUESS_BYTES = 256 * 1024;
const SEPARATOR_OF = { ',': ',', ';': ';', '|': '|', 'blank space': ' ', tab: '\t' } as const;
const CANDIDATES = [',', ';', '\t', '|'] as const;

/**
 * Reads the head of a file up to `rowLimit` data rows.
 * @throws AppError as Tables.sniffCsv.
 */
export async function readLayout(
  path: string,
  plan: CsvReadPlan,
  rowLimit: number,
  maxColumns: number,
): Promise<CsvLayout> {
  const source = await openText(path, plan);
  const { head, scan, separator } = await scanStart(source, plan, { rowLimit, maxColumns });
  const { names, notes } = columnNames(scan.names);
  const missing = missingWords(plan).filter((word) => !word.includes(separator) && !word.includes('"'));
  const isMissing = new Set(missing);
  return {
    source,
    separator,
    names,
    hasHeader: scan.hasHeader,
    missing,
    rows: scan.rows.map((row) => row.map((cell) => (isMissing.has(cell) ? null : cell))),
    notes,
    previewedBytes: head.length,
    lineEnd: head.includes('\r\n') ? '\r\n' : '\n',
    strict:
      scan.strict &&
      source.encoding === 'utf-8' &&
      names.length > 1 &&
      plan.skip_blank_lines &&
      plan.on_bad_lines === 'error',
  };
}

interface Limits {
  readonly rowLimit: number;
  readonly maxColumns: number;
}

/** Scans the usual head, or a longer one when the first row does not end in it. */
async function scanStart(
  source: TextSource,
  plan: CsvReadPlan,
  limits: Limits,
): Promise<{ head: Buffer; scan: HeadScan; separator: string }> {
  for (const headBytes of [HEAD_BYTES, 2 * MAX_ROW_BYTES + HEAD_BYTES]) {
    const chunks: Buffer[] = [];
    for await (const chunk of readUtf8(source, headBytes)) chunks.push(chunk);
    const head = Buffer.concat(chunks);
    const whole = headBytes >= source.sizeBytes - source.bomBytes;
    const separator = plan.separator === 'auto' ? guessSeparator(head) : SEPARATOR_OF[plan.separator];
    const scan = scanHead(head, whole, separator, plan, limits);
    if (scan && (scan.rows.length > 0 || whole || plan.nrows === 0)) return { head, scan, separator };
    if (whole) break;
  }
  throw new AppError(typeof plan.header === 'number' && plan.header > 0 ? 'no-rows' : 'file-empty');
}

interface HeadScan {
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  readonly rows: readonly (readonly string[])[];
  readonly strict: boolean;
}

function scanHead(head: Buffer, whole: boolean, separator: string, plan: CsvReadPlan, limits: Limits): HeadScan | null {
  const headerRow = headerRowOf(plan);
  const scanner = new CsvScanner(separator.charCodeAt(0));
  scanner.push(head);
  if (whole) scanner.end();
  let names: string[] | null = null;
  let seen = 0;
  let skip = plan.skiprows ?? 0;
  let strict = hasOneLineEnd(head);
  const rows: string[][] = [];
  const wanted = Math.min(limits.rowLimit, plan.nrows ?? Infinity);
  for (let row = scanner.next(); row && rows.length < wanted; row = scanner.next()) {
    const skipped = row.blank && plan.skip_blank_lines;
    strict &&= isStrict(row, skipped, seen);
    if (skipped || seen++ < headerRow) continue;
    if (!isUtf8(row.raw)) throw wrongUtf8(row.line);
    if (names) {
      if (fits(row, names.length, plan) && --skip < 0) rows.push(cellsOf(row, names.length));
      continue;
    }
    names = namesOf(row, headerRow >= 0, plan, limits.maxColumns);
    if (headerRow < 0 && --skip < 0) rows.push(cellsOf(row, names.length));
  }
  return names && { names, hasHeader: headerRow >= 0, rows, strict: strict && headerRow < 1 };
}

/** DuckDB skips empty lines between rows as we do, but not those before the header or with blanks in them. */
function isStrict(row: CsvRow, skipped: boolean, seen: number): boolean {
  return !row.repaired && (!skipped || (row.raw.length === 0 && seen > 0));
}

/** Number of the row that holds the names, not counting skipped blank lines; −1 when none does. */
function headerRowOf({ header, names }: CsvReadPlan): number {
  if (header === 'infer') return names ? -1 : 0;
  return header === 'none' ? -1 : header;
}

function namesOf(row: CsvRow, isHeader: boolean, plan: CsvReadPlan, maxColumns: number): string[] {
  if (row.torn) throw new AppError('quote-unclosed', { line: row.line });
  if (row.cells > maxColumns) throw new AppError('too-many-columns', { count: row.cells, limit: maxColumns });
  if (plan.names) {
    if (plan.names.length !== row.cells)
      throw new AppError('column-names-wrong', { expected: row.cells, found: plan.names.length });
    return plan.names;
  }
  return Array.from({ length: row.cells }, (_, index) => (isHeader ? row.cell(index) : `column_${index + 1}`));
}

/**
 * Whether a row has the header's width and its quotation marks pair; a blank line that is kept is a row of missing cells.
 * @throws AppError `file-ragged`, `quote-unclosed`.
 */
export function fits(row: CsvRow, width: number, plan: CsvReadPlan): boolean {
  const { torn } = row;
  if (!torn && (row.cells === width || row.blank)) return true;
  if (plan.on_bad_lines === 'error' && torn) throw new AppError('quote-unclosed', { line: row.line });
  if (plan.on_bad_lines === 'error')
    throw new AppError('file-ragged', { line: row.line, expected: width, found: row.cells });
  return false;
}

/** The cells of a row that fits. */
export function cellsOf(row: CsvRow, width: number): string[] {
  return Array.from({ length: width }, (_, index) => (row.cells === width ? row.cell(index) : ''));
}

function hasOneLineEnd(head: Buffer): boolean {
  const text = head.toString('latin1');
  const crlf = text.split('\r\n').length;
  return text.split('\r').length === crlf && (crlf === 1 || text.split('\n').length === crlf);
}

/** The separator under which the first lines have the same number of cells, more than one; the widest wins, then the usual order. */
function guessSeparator(head: Buffer): string {
  let best = { separator: ',', agreement: 0, width: 1 };
  for (const separator of CANDIDATES) {
    const widths = headWidths(head, separator);
    const width = widths[0] ?? 1;
    const agreement = widths.filter((count) => count === width).length / Math.max(1, widths.length);
    const better = agreement > best.agreement + 0.1 || (agreement > best.agreement - 0.1 && width > best.width);
    if (width > 1 && better) best = { separator, agreement, width };
  }
  return best.separator;
}

function headWidths(head: Buffer, separator: string): number[] {
  const scanner = new CsvScanner(separator.charCodeAt(0));
  scanner.push(head.length > GUESS_BYTES ? head.subarray(0, GUESS_BYTES) : Buffer.concat([head, Buffer.from('\n')]));
  const widths: number[] = [];
  for (let row = scanner.next(); row && widths.length < 100; row = scanner.next())
    if (!row.blank) widths.push(row.cells);
  return widths;
}
