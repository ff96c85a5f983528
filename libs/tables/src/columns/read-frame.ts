import type { DuckDBVector } from '@duckdb/node-api';

import type { SemanticType } from '#contract';
import { createFrame, isNumericType, sharedCodes, sharedFloats, takeRows, type Column, type Frame } from '#frame';

import { text, type Engine } from '../engine/engine.js';
import { numberedRows } from '../grid/read-page.js';
import { columnOf, readMeta, type TableColumn } from '../table-meta.js';
import type { FrameRequest } from '../tables.js';

/** Levels up to which DuckDB codes them itself; beyond, the words are looked up here. */
const ENUM_LEVELS = 5000;
/** Row numbers up to which only their row groups are read. */
const FEW_ROWS = 2000;

/** One column being filled: puts item `from` of a vector at row `to`. */
interface Sink {
  readonly sql: string;
  fill(vector: DuckDBVector, count: number, place: (at: number) => number): void;
  finish(): Column;
}

/** See Tables.readFrame. */
export async function readFrame(engine: Engine, folder: string, request: FrameRequest = {}): Promise<Frame> {
  const meta = await readMeta(folder);
  const columns = request.columns?.map((name) => columnOf(meta, name)) ?? meta.columns;
  const picked = pickRows(request.rows, meta.rows);
  const sinks = columns.map((column) => sinkFor(column, picked.count));
  if (sinks.length === 0) return createFrame([], picked.count);
  const select = ['file_row_number::UINTEGER', ...sinks.map((sink) => sink.sql)].join(', ');
  if (picked.count > 0) {
    for await (const chunk of engine.chunks(
      `SELECT ${select} FROM ${numberedRows(folder)}${picked.where}`,
      [],
      request.signal,
    )) {
      const numbers = (chunk.getColumnVector(0) as unknown as { items: Uint32Array }).items;
      const place = (at: number) => picked.place(numbers[at]!);
      sinks.forEach((sink, index) => sink.fill(chunk.getColumnVector(index + 1), chunk.rowCount, place));
    }
  }
  return picked.expand(
    createFrame(
      sinks.map((sink) => sink.finish()),
      picked.count,
    ),
  );
}

interface PickedRows {
  readonly count: number;
  readonly where: string;
  /** Where a row goes, or −1. */
  place(row: number): number;
  expand(frame: Frame): Frame;
}

function pickRows(rows: FrameRequest['rows'], total: number): PickedRows {
  const asIs = (frame: Frame) => frame;
  if (!rows) return { count: total, where: '', place: (row) => row, expand: asIs };
  if ('start' in rows) {
    const count = Math.max(0, Math.min(rows.count, total - rows.start));
    return {
      count,
      where: ` WHERE file_row_number BETWEEN ${rows.start} AND ${rows.start + count - 1}`,
      place: (row) => row - rows.start,
      expand: asIs,
    };
  }
  const places = new Int32Array(total).fill(-1);
  const repeats = new Int32Array(rows.length);
  let distinct = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (!(row >= 0 && row < total)) throw new RangeError(`row ${row} of ${total}`);
    if (places[row]! < 0) places[row] = distinct++;
    repeats[at] = places[row]!;
  }
  const where =
    rows.length <= FEW_ROWS && rows.length > 0
      ? ` WHERE file_row_number IN (${[...new Set(Array.from(rows))].join(', ')})`
      : '';
  const expand = distinct === rows.length ? asIs : (frame: Frame) => takeRows(frame, repeats);
  return { count: distinct, where, place: (row) => places[row]!, expand };
}

function sinkFor(column: TableColumn, count: number): Sink {
  if (isNumericType(column.type.type)) return numberSink(column, count);
  if (column.type.type === 'Categorical') return levelSink(column, count);
  return textSink(column, count);
}

function numberSink({ id, name, type }: TableColumn, count: number): Sink {
  const values = sharedFloats(count).fill(NaN);
  return {
    sql: `${id}::DOUBLE`,
    fill(vector, rows, place) {
      const { items, validity } = vector as unknown as { items: Float64Array; validity: Validity };
      for (let at = 0; at < rows; at++) {
        const to = place(at);
        if (to >= 0 && validity.itemValid(at)) values[to] = items[at]!;
      }
    },
    finish: () => ({ kind: 'numeric', name, type, values }),
  };
}

function levelSink({ id, name, type }: TableColumn, count: number): Sink {
  const dictionary = type.categories ?? [];
  const codes = sharedCodes(count).fill(-1);
  const finish = (): Column => ({ kind: 'categorical', name, type, codes, dictionary });
  if (dictionary.length > 0 && dictionary.length <= ENUM_LEVELS) {
    return {
      sql: `try_cast(${id} AS ENUM(${dictionary.map(text).join(', ')}))`,
      fill(vector, rows, place) {
        const { items, validity } = vector as unknown as {
          items: Uint8Array | Uint16Array | Uint32Array;
          validity: Validity;
        };
        for (let at = 0; at < rows; at++) {
          const to = place(at);
          if (to >= 0 && validity.itemValid(at)) codes[to] = items[at]!;
        }
      },
      finish,
    };
  }
  const codeOf = new Map(dictionary.map((level, code) => [level, code]));
  return {
    sql: `${id}::VARCHAR`,
    fill(vector, rows, place) {
      for (let at = 0; at < rows; at++) {
        const to = place(at);
        if (to >= 0) codes[to] = codeOf.get(vector.getItem(at) as string) ?? -1;
      }
    },
    finish,
  };
}

function textSink({ id, name, type }: TableColumn, count: number): Sink {
  const values = new Array<string | null>(count).fill(null);
  return {
    sql: textSql(id, type.type),
    fill(vector, rows, place) {
      for (let at = 0; at < rows; at++) {
        const to = place(at);
        if (to >= 0) values[to] = vector.getItem(at) as string | null;
      }
    },
    finish: () => ({ kind: 'text', name, type, values }),
  };
}

function textSql(id: string, type: SemanticType): string {
  if (type === 'Binary') return `to_base64(${id})`;
  return type === 'Image' ? `${id}.path` : `${id}::VARCHAR`;
}

interface Validity {
  itemValid(index: number): boolean;
}
