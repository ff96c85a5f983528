import { open, rm, type FileHandle } from 'node:fs/promises';

import { isNumericType, type Cell } from '#frame';

import type { Engine } from '../engine/engine.js';
import type { TableColumn } from '../table-meta.js';

import type { MadeFiles } from './disk-cache.js';
import { cellSql, shownCell, type PageRow } from './page-cells.js';

/**
 * A table row by row. `records` holds doubles: for each row the position of its texts and its numbers, NaN where one is missing, and
 * after the last row the position where texts end. `texts` holds one JSON array a row, of the cells that are no numbers.
 */
export interface RowCopy extends MadeFiles {
  readonly records: string;
  readonly texts: string;
}

const isNumber = ({ type }: TableColumn): boolean => isNumericType(type.type);
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

/** What the copy of a table with these columns reads of it. */
export function copySelect(columns: readonly TableColumn[]): string {
  const texts = columns.filter((column) => !isNumber(column)).map(cellSql);
  return [...columns.filter(isNumber).map(cellSql), `encode(json_array(${texts.join(', ')})::VARCHAR)`].join(', ');
}

/** A copy in the making: rows below `rows` can be read, as they can of a whole one. */
export interface GrowingCopy {
  readonly records: string;
  readonly texts: string;
  rows: number;
}

/** How a copy is made. */
export interface CopyPlan {
  readonly columns: readonly TableColumn[];
  /** The table with each row's number. */
  readonly from: string;
  readonly path: string;
  readonly limitBytes: number;
  readonly signal: AbortSignal;
  /** Told of the copy before its first row; its `rows` goes up from then on. */
  readonly grows: (copy: GrowingCopy) => void;
  /** Waited for after every chunk of rows. */
  readonly rest: () => Promise<unknown>;
}

/** Writes the copy in one pass; when it fails or grows beyond its limit nothing is left. */
export async function writeRowCopy(engine: Engine, plan: CopyPlan): Promise<RowCopy> {
  const paths = [`${plan.path}.records`, `${plan.path}.texts`] as const;
  const [records, texts] = [await open(paths[0], 'w'), await open(paths[1], 'w')];
  const numbers = plan.columns.filter(isNumber).length;
  const sql = `SELECT file_row_number::UINTEGER, ${copySelect(plan.columns)} FROM ${plan.from}`;
  let [rows, textBytes, bytes] = [0, 0, 0];
  const growing: GrowingCopy = { records: paths[0], texts: paths[1], rows };
  plan.grows(growing);
  try {
    for await (const chunk of engine.chunks(sql, [], plan.signal)) {
      const vectors = Array.from({ length: numbers + 2 }, (_, index) => chunk.getColumnVector(index) as unknown);
      if ((vectors[0] as Numbers).items[0] !== rows) throw new Error('rows came in another order');
      const block = new Float64Array(chunk.rowCount * (numbers + 1));
      for (let at = 0; at < numbers; at++) fill(block, at + 1, numbers + 1, vectors[at + 1] as Numbers);
      const words: Uint8Array[] = [];
      for (let row = 0; row < chunk.rowCount; row++) {
        const word = (vectors[numbers + 1] as Bytes).getItem(row).bytes;
        block[row * (numbers + 1)] = textBytes;
        textBytes += word.length;
        words.push(word);
      }
      rows += chunk.rowCount;
      bytes = rows * (numbers + 1) * DOUBLE + textBytes;
      if (bytes > plan.limitBytes) throw new Error('larger than the room for it');
      await Promise.all([records.write(new Uint8Array(block.buffer)), texts.write(Buffer.concat(words))]);
      // Where the texts of the last row end is written with the row after it.
      growing.rows = rows - 1;
      await plan.rest();
    }
    await records.write(new Uint8Array(Float64Array.of(textBytes).buffer));
    return { records: paths[0], texts: paths[1], paths, bytes };
  } catch (error) {
    for (const path of paths) await rm(path, { force: true });
    throw error;
  } finally {
    await Promise.all([records.close(), texts.close()]);
  }
}

interface Numbers {
  readonly items: Float64Array | Uint32Array;
  readonly validity: { itemValid(index: number): boolean };
}
interface Bytes {
  getItem(row: number): { readonly bytes: Uint8Array };
}

function fill(block: Float64Array, column: number, stride: number, { items, validity }: Numbers): void {
  for (let row = 0, at = column; at < block.length; row++, at += stride)
    block[at] = validity.itemValid(row) ? items[row]! : NaN;
}

/** Rows of a copy, in the order asked for. */
export async function readRowCopy(
  copy: Pick<RowCopy, 'records' | 'texts'>,
  columns: readonly TableColumn[],
  numbers: readonly number[],
): Promise<PageRow[]> {
  const files = [await open(copy.records), await open(copy.texts)] as const;
  try {
    const parts = await Promise.all(runsOf(numbers).map((run) => readRun(files, columns, run)));
    return parts.flat();
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

interface Run {
  readonly first: number;
  count: number;
}

/** Stretches of rows that follow each other. */
function runsOf(numbers: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last.first + last.count) last.count++;
    else runs.push({ first: number, count: 1 });
  }
  return runs;
}

async function readRun(
  [records, texts]: readonly [FileHandle, FileHandle],
  columns: readonly TableColumn[],
  { first, count }: Run,
): Promise<PageRow[]> {
  const stride = columns.filter(isNumber).length + 1;
  const block = new Float64Array(count * stride + 1);
  await records.read(new Uint8Array(block.buffer), 0, block.byteLength, first * stride * DOUBLE);
  const start = block[0]!;
  const bytes = Buffer.alloc(block[count * stride]! - start);
  await texts.read(bytes, 0, bytes.length, start);
  return Array.from({ length: count }, (_, row) => {
    const at = row * stride;
    const words = JSON.parse(bytes.toString('utf8', block[at]! - start, block[at + stride]! - start)) as Cell[];
    let [number, word] = [at + 1, 0];
    const cells = columns.map((column) => [
      column.name,
      isNumber(column) ? shownCell(block[number++]) : words[word++]!,
    ]);
    return Object.fromEntries(cells) as PageRow;
  });
}
