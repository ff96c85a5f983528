import { AppError } from '#contract';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** Bytes a row may have; an open quote in a large file is found by it. */
export const MAX_ROW_BYTES = 16 * 1024 * 1024;

/** One row, valid until the next one is asked for. */
export interface CsvRow {
  /** Number of the line it starts on, from 1. */
  readonly line: number;
  readonly cells: number;
  /** Nothing but blanks. */
  readonly blank: boolean;
  /** A cell went on after its closing quote; it was read as pandas reads it. */
  readonly repaired: boolean;
  /** Repaired, and its quotation marks do not pair: one is missing or too many, so where its cells end is anyone's guess. */
  readonly torn: boolean;
  /** The row's bytes as written, without its line end. */
  readonly raw: Buffer;
  cell(index: number): string;
}

/**
 * Splits UTF-8 text into rows and cells: quotes doubled inside quotes, line ends LF, CRLF and lone CR in any mixture, also inside
 * quotes, where they belong to the cell. One blank before a quoted cell and any after it belong to none, as DuckDB reads them.
 * Text is pushed in chunks; `next` answers undefined until a whole row is there.
 */
export class CsvScanner implements CsvRow {
  line = 1;
  cells = 0;
  blank = false;
  repaired = false;
  private bytes: Buffer = Buffer.alloc(0);
  private position = 0;
  private ended = false;
  private nextLine = 1;
  private rowStart = 0;
  private rowEnd = 0;
  /** Per cell: first byte, end, and for a quoted one the end of its quoted part (else −1). */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly quoteEnds: number[] = [];

  constructor(private readonly separator: number) {}

  push(chunk: Buffer): void {
    this.bytes = this.position < this.bytes.length ? Buffer.concat([this.bytes.subarray(this.position), chunk]) : chunk;
    this.position = 0;
  }

  end(): void {
    this.ended = true;
  }

  get raw(): Buffer {
    return this.bytes.subarray(this.rowStart, this.rowEnd);
  }

  get torn(): boolean {
    return this.repaired && countOf(QUOTE, this.raw) % 2 === 1;
  }

  cell(index: number): string {
    const start = this.starts[index]!;
    const end = this.ends[index]!;
    const quoteEnd = this.quoteEnds[index]!;
    if (quoteEnd < 0) return this.bytes.toString('utf8', start, end);
    const quoted = this.bytes.toString('utf8', start + 1, quoteEnd).replaceAll('""', '"');
    return quoteEnd + 1 === end ? quoted : quoted + this.bytes.toString('utf8', quoteEnd + 1, end);
  }

  /** The next row, or undefined when more text is needed or none is left. @throws AppError `quote-unclosed`, `row-too-large`. */
  next(): CsvRow | undefined {
    if (this.position >= this.bytes.length) return undefined;
    this.line = this.nextLine;
    this.cells = 0;
    this.repaired = false;
    const end = this.scan();
    // A row that is whole may be as long: a chunk can be the whole head of a file.
    if ((end < 0 ? this.bytes.length : this.rowEnd) - this.position > MAX_ROW_BYTES)
      throw new AppError('row-too-large', { line: this.line, limitBytes: MAX_ROW_BYTES });
    if (end >= 0) {
      this.position = end;
      return this;
    }
    this.nextLine = this.line;
    if (this.ended) throw new AppError('quote-unclosed', { line: this.line });
    return undefined;
  }

  /** Finds the cells of the row at `position`; answers where the next row starts, or −1 when the row is not whole. */
  private scan(): number {
    const { bytes, separator } = this;
    const length = bytes.length;
    let at = this.position;
    this.rowStart = at;
    this.blank = true;
    this.nextLine = this.line;
    for (;;) {
      at = this.cellStart(at);
      const start = at;
      let quoteEnd = -1;
      if (bytes[at] === QUOTE) {
        quoteEnd = this.closingQuote(at + 1);
        if (quoteEnd < 0) return -1;
        this.nextLine += lineEnds(bytes, at, quoteEnd);
        at = quoteEnd + 1;
        this.blank = false;
      }
      let byte = bytes[at];
      while (at < length && byte !== separator && byte !== LF && byte !== CR) {
        if (byte !== SPACE) this.blank = false;
        byte = bytes[++at];
      }
      if (!this.ended && (at >= length || (byte === CR && at + 1 >= length))) return -1;
      this.addCell(start, quoteEnd, at);
      if (at >= length || byte !== separator) return this.endRow(at);
      if (separator !== SPACE) this.blank = false;
      at++;
    }
  }

  private cellStart(at: number): number {
    const { bytes, separator } = this;
    return bytes[at] === SPACE && bytes[at + 1] === QUOTE && separator !== SPACE ? at + 1 : at;
  }

  private addCell(start: number, quoteEnd: number, end: number): void {
    const quoted = quoteEnd >= 0;
    const goesOn = quoted && !isBlank(this.bytes, quoteEnd + 1, end);
    if (goesOn) this.repaired = true;
    this.starts[this.cells] = start;
    this.ends[this.cells] = quoted && !goesOn ? quoteEnd + 1 : end;
    this.quoteEnds[this.cells++] = quoteEnd;
  }

  /** The row's last cell ends at `at`; answers where the next row starts. */
  private endRow(at: number): number {
    this.rowEnd = at;
    if (at >= this.bytes.length) return this.bytes.length;
    this.nextLine++;
    return this.bytes[at] === CR && this.bytes[at + 1] === LF ? at + 2 : at + 1;
  }

  /** Where the quoted part that starts at `at` ends, or −1 when that is not known yet. */
  private closingQuote(at: number): number {
    const { bytes } = this;
    for (let quote = bytes.indexOf(QUOTE, at); quote >= 0; quote = bytes.indexOf(QUOTE, quote + 2)) {
      if (quote + 1 >= bytes.length) return this.ended ? quote : -1;
      if (bytes[quote + 1] !== QUOTE) return quote;
    }
    return -1;
  }
}

function lineEnds(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) lines++;
  }
  return lines;
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE) return false;
  return true;
}

function countOf(byte: number, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

/** Every row of the text. */
export async function* scanRows(text: AsyncIterable<Buffer>, separator: string): AsyncGenerator<CsvRow> {
  const scanner = new CsvScanner(separator.charCodeAt(0));
  for await (const chunk of text) {
    scanner.push(chunk);
    for (let row = scanner.next(); row; row = scanner.next()) yield row;
  }
  scanner.end();
  for (let row = scanner.next(); row; row = scanner.next()) yield row;
}
