import { open, readFile, stat } from 'node:fs/promises';

import { read, SSF, type CellObject, type WorkBook } from '@e965/xlsx';

import { AppError, type ExcelReadPlan } from '#contract';

import { packAgain, proveSizes } from '../archive/check-archive.js';
import { missingWords } from '../csv/missing-words.js';
import { refuseSignature } from '../csv/text-source.js';
import type { ReadLimits } from '../read/open-file.js';
import type { RowSource, TextRow } from '../read/open-rows.js';

/**
 * A workbook is held in memory whole, about ten bytes for each of its unpacked ones: these bounds keep a child of the usual size alive.
 * Larger sheets are better saved as CSV.
 */
const MAX_BYTES = 64 * 1024 * 1024;
const UNPACKED = { entries: 10_000, unpackedBytes: 256 * 1024 * 1024 };
/** What a sheet has room for; who names a cell beyond wants readers to walk all the way there. */
const SHEET_ROWS = 2 ** 20;
const SHEET_COLUMNS = 2 ** 14;
/** The library's calendar, which its own types leave open. */
const calendar = SSF as {
  is_date(format: string): boolean;
  parse_date_code(
    serial: number,
    options: { date1904: boolean },
  ): Readonly<Record<'y' | 'm' | 'd' | 'H' | 'M' | 'S', number>> | null;
};
/** First bytes of what workbooks are packed in: ZIP (XLSX, XLSB, ODS) and OLE (XLS, encrypted XLSX). */
const ZIP = '504b0304';
const OLE = 'd0cf11e0';

/**
 * One sheet of a workbook. Formulas count by their stored results, errors such as `#N/A` are missing, of merged cells the first one has
 * the value, days and times become ISO text.
 * @throws AppError `file-empty`, `file-not-tabular`, `file-damaged`, `file-encrypted`, `format-too-large`, `archive-too-large`,
 * `sheet-not-found`, `column-names-wrong`, `no-rows`.
 */
export async function openExcel(path: string, plan: ExcelReadPlan, limits: ReadLimits): Promise<RowSource> {
  const { size } = await stat(path);
  // The library knows no Zip64.
  const isPlain = (await checkWorkbook(path, size)) === 'plain';
  const book = parse(await (isPlain ? readFile(path) : packAgain(path, UNPACKED)), plan, limits);
  const name = sheetName(book, plan.sheet);
  const table = cellsOf(book.Sheets[name]?.['!data'] ?? [], plan, book.Workbook?.WBProps?.date1904 === true);
  return {
    names: namesOf(table, plan),
    previewedBytes: size,
    hints: { ...plan, decimal: '.', thousands: 'none', separator: ',' },
    detected: { sheet: name, sheets: book.SheetNames.length },
    rows: () => table.rows(),
    progress: () => table.fraction(),
  };
}

async function checkWorkbook(path: string, size: number): Promise<'plain' | 'zip64'> {
  if (size === 0) throw new AppError('file-empty');
  const file = await open(path);
  const { buffer: head } = await file.read(Buffer.alloc(16), 0, 16, 0).finally(() => file.close());
  const start = head.toString('hex', 0, 4);
  if (start !== ZIP && start !== OLE) {
    refuseSignature(head);
    throw new AppError('file-damaged', { format: 'Excel' });
  }
  if (size > MAX_BYTES) throw new AppError('format-too-large', { format: 'Excel', limitBytes: MAX_BYTES });
  return start === ZIP ? proveSizes(path, UNPACKED) : 'plain';
}

function parse(bytes: Buffer, plan: ExcelReadPlan, { rowLimit, headOnly }: ReadLimits): WorkBook {
  const rows = plan.skiprows + (plan.header ?? 0) + 1 + rowLimit;
  try {
    return read(bytes, {
      type: 'buffer',
      dense: true,
      sheets: plan.sheet,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
      cellText: false,
      ...(headOnly && { sheetRows: rows }),
    });
  } catch (error) {
    const encrypted = /password|encrypt/i.test(String(error));
    throw new AppError(encrypted ? 'file-encrypted' : 'file-damaged', { format: 'Excel' }, { cause: error });
  }
}

function sheetName(book: WorkBook, sheet: number | string): string {
  const name = typeof sheet === 'number' ? book.SheetNames[sheet] : book.SheetNames.find((known) => known === sheet);
  if (name === undefined)
    throw new AppError('sheet-not-found', { sheet, sheets: book.SheetNames.join(', ').slice(0, 500) });
  return name;
}

type Cells = readonly (readonly (CellObject | undefined)[] | undefined)[];

interface SheetTable {
  readonly header: TextRow | null;
  readonly width: number;
  rows(): Iterable<TextRow>;
  fraction(): number;
}

/** The part of a sheet the plan asks for, cell by cell; nothing is copied before it is read. */
function cellsOf(cells: Cells, plan: ExcelReadPlan, date1904: boolean): SheetTable {
  const missing = new Set(missingWords(plan));
  const text = (cell: CellObject | undefined) => cellText(cell, missing, date1904);
  const filled = (cell: CellObject | undefined) => cell !== undefined && cell.v !== undefined && cell.t !== 'z';
  const wanted = (column: number) =>
    plan.columns === null || plan.columns.some(([first, last]) => column >= first && column <= last);
  let end = 0;
  let columnEnd = 0;
  const isBeyond = cells.length > SHEET_ROWS || cells.some((row) => row !== undefined && row.length > SHEET_COLUMNS);
  if (isBeyond) throw new AppError('file-damaged', { format: 'Excel' });
  for (let row = plan.skiprows; row < cells.length; row++)
    cells[row]?.forEach((cell, column) => {
      if (!filled(cell)) return;
      end = row + 1;
      columnEnd = Math.max(columnEnd, column + 1);
    });
  const columns = Array.from({ length: columnEnd }, (_, column) => column).filter(wanted);
  const rowAt = (row: number): TextRow => columns.map((column) => text(cells[row]?.[column]));
  const headerRow = plan.header === null ? null : plan.skiprows + plan.header;
  const start = headerRow === null ? plan.skiprows : headerRow + 1;
  const stop = plan.nrows === null ? end : Math.min(end, start + plan.nrows);
  let at = start;
  return {
    header:
      headerRow !== null && headerRow < end
        ? columns.map((column) => rawText(cells[headerRow]?.[column], date1904))
        : null,
    width: columns.length,
    *rows() {
      for (at = start; at < stop; at++) yield rowAt(at);
    },
    fraction: () => (at - start) / Math.max(1, stop - start),
  };
}

function namesOf({ header, width }: SheetTable, plan: ExcelReadPlan): string[] {
  if (width === 0) throw new AppError('file-empty');
  if (plan.header !== null && header === null) throw new AppError('no-rows');
  if (!plan.names) return Array.from({ length: width }, (_, index) => header?.[index] ?? `column_${index + 1}`);
  if (plan.names.length !== width)
    throw new AppError('column-names-wrong', { expected: width, found: plan.names.length });
  return [...plan.names];
}

function cellText(cell: CellObject | undefined, missing: ReadonlySet<string>, date1904: boolean): string | null {
  const text = rawText(cell, date1904);
  return text === null || missing.has(text) ? null : text;
}

function rawText(cell: CellObject | undefined, date1904: boolean): string | null {
  const value = cell?.v;
  if (cell === undefined || value === undefined || cell.t === 'e' || cell.t === 'z') return null;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number')
    return typeof cell.z === 'string' && calendar.is_date(cell.z) ? dateText(value, date1904) : String(value);
  return String(value).replaceAll('\0', '');
}

/** Days count from 1899-12-30 or 1904-01-01; `2024-05-01`, with a time of day `2024-05-01 13:30:00`, a time alone `13:30:00`. */
function dateText(serial: number, date1904: boolean): string {
  const date = calendar.parse_date_code(serial, { date1904 });
  if (date === null) return String(serial);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(date.y).padStart(4, '0')}-${two(date.m)}-${two(date.d)}`;
  const time = `${two(date.H)}:${two(date.M)}:${two(date.S)}`;
  if (serial >= 0 && serial < 1) return time;
  return Number.isInteger(serial) ? day : `${day} ${time}`;
}
