import { AppError } from '#contract';

import { MAX_ROW_BYTES } from '../csv/csv-scanner.js';
import { findInvalidUtf8, openText, readUtf8, type TextSource } from '../csv/text-source.js';
import type { ReadLimits } from '../read/open-file.js';
import type { RowSource, TextRow } from '../read/open-rows.js';

import { lineWrong, parseAttribute, type ArffAttribute } from './arff-header.js';
import { splitValues } from './arff-values.js';

/**
 * An ARFF file (Weka's attribute-relation format): nominal, numeric, text and date columns, quoting, comments, `?`, dense and sparse
 * rows. A value that is none of its column's declared levels is an error, as in Weka.
 * @throws AppError `file-empty`, `file-not-tabular`, `file-encoding-wrong`, `line-wrong`, `row-too-large`, `too-many-columns`.
 */
export async function openArff(path: string, { maxColumns }: ReadLimits): Promise<RowSource> {
  const source = await openText(path, { encoding: 'utf-8' });
  const attributes = await readHeader(source, maxColumns);
  let read = 0;
  return {
    names: attributes.map(({ name }) => name),
    previewedBytes: source.sizeBytes,
    native: attributes.map(({ type }) => type),
    rows: async function* (): AsyncGenerator<TextRow> {
      read = 0;
      let inData = false;
      const rowOf = rowReader(attributes);
      for await (const { text, number } of linesOf(source)) {
        read += text.length + 1;
        if (inData) yield rowOf(text, number);
        else inData = /^@data\b/i.test(text.trim());
      }
    },
    progress: () => Math.min(1, read / source.sizeBytes),
  };
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Lines that say something: neither blank nor comment. */
async function* linesOf(source: TextSource): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  for await (const chunk of readUtf8(source)) {
    const lines = (rest + (await decoded(decoder, source, chunk))).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_ROW_BYTES)
      throw new AppError('row-too-large', { line: number + lines.length + 1, limitBytes: MAX_ROW_BYTES });
    for (const text of lines) {
      number++;
      if (isSaid(text)) yield { text, number };
    }
  }
  if (isSaid(rest)) yield { text: rest, number: number + 1 };
}

const isSaid = (line: string): boolean => !/^\s*(%|$)/.test(line);

async function decoded(decoder: TextDecoder, source: TextSource, chunk: Buffer): Promise<string> {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw (await findInvalidUtf8(source)) ?? error;
  }
}

async function readHeader(source: TextSource, maxColumns: number): Promise<ArffAttribute[]> {
  const attributes: ArffAttribute[] = [];
  let last = 1;
  for await (const { text, number } of linesOf(source)) {
    last = number;
    const word = text.trim().split(/\s/, 1)[0]!.toLowerCase();
    if (word === '@data' && attributes.length > 0) return attributes;
    if (word === '@attribute') attributes.push(parseAttribute(text, number));
    else if (word !== '@relation') throw lineWrong(number);
    if (attributes.length > maxColumns)
      throw new AppError('too-many-columns', { count: attributes.length, limit: maxColumns });
  }
  throw lineWrong(last);
}

function rowReader(attributes: readonly ArffAttribute[]): (text: string, line: number) => TextRow {
  const levels = attributes.map((attribute) => (attribute.levels ? new Set(attribute.levels) : null));
  // What a sparse row leaves out is zero, which of a nominal column is its first level.
  const zeros = attributes.map(({ kind, levels: known }) => (kind === 'nominal' ? (known?.[0] ?? null) : '0'));
  const check = (values: TextRow, line: number): TextRow => {
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? null;
      const known = levels[index];
      if (value !== null && known && !known.has(value)) throw lineWrong(line);
    }
    return values;
  };
  return (text, line) => {
    const trimmed = text.trim();
    if (trimmed.startsWith('{')) return check(sparseRow(trimmed, zeros, line), line);
    const values = splitValues(trimmed, line);
    if (values.length !== attributes.length)
      throw new AppError('file-ragged', { line, expected: attributes.length, found: values.length });
    return check(values, line);
  };
}

/** `{1 X, 3 'Y z'}`: pairs of a column's number from 0 and its value. */
function sparseRow(text: string, zeros: TextRow, line: number): TextRow {
  const row = [...zeros];
  const pattern = /\s*(\d+)\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,}]*)\s*(,|\}\s*$)/gy;
  if (/^\{\s*\}$/.test(text)) return row;
  pattern.lastIndex = 1;
  for (let end = false; !end;) {
    const match = pattern.exec(text);
    const index = Number(match?.[1]);
    if (!match || index >= row.length) throw lineWrong(line);
    row[index] = splitValues(match[2]!, line)[0] ?? null;
    end = match[3] !== ',';
  }
  return row;
}
