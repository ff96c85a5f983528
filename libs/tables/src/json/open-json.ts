import { isUtf8 } from 'node:buffer';

import { AppError, type JsonReadPlan } from '#contract';

import { findInvalidUtf8, openText, readUtf8, wrongUtf8, type TextSource } from '../csv/text-source.js';
import type { ReadLimits } from '../read/open-file.js';
import type { RowSource, TextRow } from '../read/open-rows.js';

import { readColumns } from './json-columns.js';
import { damagedJson, MAX_MEMBER_BYTES, membersAt, nestsTooDeep, type Member } from './members-at.js';
import { cellText, isObject, parseMember } from './parse-member.js';

/**
 * A JSON file: a list of records, or an object of columns, at the data key or at the root; or one record a line (JSON Lines). Keys that
 * a record lacks are missing there.
 * @throws AppError `file-empty`, `file-not-tabular`, `file-damaged`, `records-not-found`, `record-wrong`, `format-too-large`,
 * `file-encoding-wrong`, `text-unstorable`, `too-many-columns`, `no-rows`.
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
    if (line.startsWith('{') && line.trimEnd().endsWith('}') && isRecord(line) && !(await isWhole(file.source)))
      return 'lines';
    break;
  }
  for await (const member of members(file)) return member;
  return undefined;
}

/** Whether nothing but blanks comes after the first line. */
async function isWhole(source: TextSource): Promise<boolean> {
  let seen: 'nothing' | 'line' | 'end' = 'nothing';
  for await (const chunk of readUtf8(source))
    for (const byte of chunk) {
      const isBlank = byte <= 0x20;
      if (seen === 'end' && !isBlank) return false;
      if (seen === 'nothing' && !isBlank) seen = 'line';
      else if (seen === 'line' && byte === 0x0a) seen = 'end';
    }
  return true;
}

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
  const decoder = new TextDecoder();
  /** Pieces of the line that is not at its end; put together once, for it may be as long as many chunks. */
  let open: string[] = [];
  let openLength = 0;
  for await (const chunk of readUtf8(source)) {
    const [rest, ...lines] = decoder.decode(chunk, { stream: true }).split('\n') as [string, ...string[]];
    open.push(rest);
    openLength += rest.length;
    if (openLength > MAX_MEMBER_BYTES)
      throw new AppError('format-too-large', { format: 'JSON', limitBytes: MAX_MEMBER_BYTES });
    for (const line of lines) {
      const whole = open.join('');
      if (whole.trim() !== '') yield whole;
      open = [line];
      openLength = line.length;
    }
  }
  const last = open.join('');
  if (last.trim() !== '') yield last;
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
      if (lines && nestsTooDeep(text)) throw damagedJson();
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
