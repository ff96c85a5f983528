import { isUtf8 } from 'node:buffer';

import { AppError, type JsonReadPlan } from '#contract';

import { findInvalidUtf8, openText, readUtf8, wrongUtf8, type TextSource } from '../csv/text-source.js';
import type { ReadLimits } from '../read/open-file.js';
import type { RowSource, TextRow } from '../read/open-rows.js';

import { readColumns } from './json-columns.js';
import { membersAt, type Member } from './members-at.js';
import { cellText, isObject, parseMember } from './parse-member.js';

/**
 * A JSON file: a list of records, or an object of columns, at the data key or at the root; or one record a line (JSON Lines). Keys that
 * a record lacks are missing there.
 * @throws AppError `file-empty`, `file-not-tabular`, `file-damaged`, `records-not-found`, `record-wrong`, `format-too-large`,
 * `file-encoding-wrong`, `too-many-columns`, `no-rows`.
 */
export async function openJson(path: string, plan: JsonReadPlan, limits: ReadLimits): Promise<RowSource> {
  const source = await openText(path, { encoding: 'utf-8' });
  const file = { source, key: plan.dataKey === null ? [] : plan.dataKey.split('.') };
  const head = await firstMember(file);
  if (head === 'lines' || head?.key === null) return recordRows(file, head === 'lines', limits);
  if (head === undefined) throw new AppError('no-rows');
  return readColumns(source, members(file), limits);
}

interface JsonFile {
  readonly source: TextSource;
  readonly key: readonly string[];
}

const LINE_BYTES = 1 << 20;

/** The first member, or that the first line is a record of its own and others follow. */
async function firstMember(file: JsonFile): Promise<Member | 'lines' | undefined> {
  for await (const chunk of readUtf8(file.source, LINE_BYTES)) {
    const line = chunk.toString().trimStart().split('\n', 1)[0]!;
    if (line.startsWith('{') && line.trimEnd().endsWith('}') && isRecord(line) && !(await isWhole(file.source, line)))
      return 'lines';
    break;
  }
  for await (const member of members(file)) return member;
  return undefined;
}

const isWhole = async (source: TextSource, line: string): Promise<boolean> => {
  const text: Buffer[] = [];
  for await (const chunk of readUtf8(source, LINE_BYTES)) text.push(chunk);
  return Buffer.concat(text).toString().trim() === line.trim();
};

function isRecord(line: string): boolean {
  try {
    return isObject(JSON.parse(line));
  } catch {
    return false;
  }
}

/** Members with valid text. */
async function* members({ source, key }: JsonFile): AsyncGenerator<Member> {
  for await (const member of membersAt(readUtf8(source), key)) {
    if (!isUtf8(member.text)) throw (await findInvalidUtf8(source)) ?? wrongUtf8(1);
    yield member;
  }
}

async function* lineRecords({ source }: JsonFile): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of readUtf8(source)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  if (rest.trim() !== '') yield rest;
}

async function recordRows(file: JsonFile, lines: boolean, limits: ReadLimits): Promise<RowSource> {
  let read = 0;
  const records = async function* (): AsyncGenerator<Record<string, unknown>> {
    let number = 0;
    read = 0;
    const texts = lines ? lineRecords(file) : memberTexts(file);
    for await (const text of texts) {
      number++;
      read += text.length + 1;
      const record = parseMember(text, number);
      if (!isObject(record)) throw new AppError('record-wrong', { record: number });
      yield record;
    }
  };
  const names = await keysOf(records(), limits);
  return {
    names,
    previewedBytes: file.source.sizeBytes,
    detected: { layout: lines ? 'lines' : 'records' },
    rows: async function* (): AsyncGenerator<TextRow> {
      for await (const record of records())
        yield names.map((name) => (Object.hasOwn(record, name) ? cellText(record[name]) : null));
    },
    progress: () => Math.min(1, read / file.source.sizeBytes),
  };
}

async function* memberTexts(file: JsonFile): AsyncGenerator<string> {
  for await (const { text } of members(file)) yield text.toString();
}

/** Every key of every record, in the order they first appear; of a preview only those of its records. */
async function keysOf(
  records: AsyncIterable<Record<string, unknown>>,
  { rowLimit, maxColumns, headOnly }: ReadLimits,
): Promise<string[]> {
  const names = new Set<string>();
  let count = 0;
  for await (const record of records) {
    for (const name of Object.keys(record)) names.add(name);
    if (names.size > maxColumns) throw new AppError('too-many-columns', { count: names.size, limit: maxColumns });
    if (++count >= rowLimit && headOnly) break;
  }
  if (names.size === 0) throw new AppError('no-rows');
  return [...names];
}
