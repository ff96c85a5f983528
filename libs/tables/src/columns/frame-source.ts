import {
  BIGINT,
  DOUBLE,
  DuckDBTableFunction,
  ENUM,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBType,
  type DuckDBVector,
} from '@duckdb/node-api';

import type { Column, Frame } from '#frame';

const CHUNK_ROWS = 2048;

/**
 * Lends frames to SQL: `frame_rows(ticket)` reads the frame a ticket was drawn for, column `i` as `c<i>`, one vector of 2,048 rows at a
 * time; no second copy is made.
 */
export class FrameSource {
  private readonly frames = new Map<number, Frame>();
  private lastTicket = 0;

  /** Makes `frame_rows` known to the connection's database; once per database. */
  register(connection: DuckDBConnection): void {
    connection.registerTableFunction(
      DuckDBTableFunction.create({
        name: 'frame_rows',
        parameterTypes: [BIGINT],
        bindFunction: (info) => {
          const frame = this.frames.get(Number(info.getParameter(0)))!;
          frame.columns.forEach((column, index) => info.addResultColumn(`c${index}`, typeOf(column)));
          info.setCardinality(frame.rows, true);
          info.setBindData(frame);
        },
        initFunction: (info) => {
          info.setMaxThreads(1);
          info.setInitData({ row: 0 });
        },
        mainFunction: (info, chunk) => {
          const cursor = info.getInitData() as { row: number };
          cursor.row += fillChunk(chunk, info.getBindData() as Frame, cursor.row);
        },
      }),
    );
  }

  /** Runs `work` with an SQL table expression over the frame. */
  async lend<T>(frame: Frame, work: (source: string) => Promise<T>): Promise<T> {
    const ticket = ++this.lastTicket;
    this.frames.set(ticket, frame);
    try {
      return await work(`frame_rows(${ticket})`);
    } finally {
      this.frames.delete(ticket);
    }
  }
}

function typeOf(column: Column): DuckDBType {
  if (column.kind === 'numeric') return DOUBLE;
  return column.kind === 'categorical' && column.dictionary.length > 0 ? ENUM(column.dictionary) : VARCHAR;
}

function fillChunk(chunk: DuckDBDataChunk, frame: Frame, start: number): number {
  const count = Math.min(CHUNK_ROWS, frame.rows - start);
  chunk.rowCount = count;
  if (count === 0) return 0;
  frame.columns.forEach((column, index) => fillVector(chunk.getColumnVector(index), column, start, count));
  return count;
}

interface Writable {
  readonly items: Float64Array | Uint8Array | Uint16Array | Uint32Array;
  readonly validity: { setItemValid(index: number, valid: boolean): void };
}

function fillVector(vector: DuckDBVector, column: Column, start: number, count: number): void {
  if (column.kind === 'text' || (column.kind === 'categorical' && column.dictionary.length === 0)) {
    for (let at = 0; at < count; at++)
      vector.setItem(at, column.kind === 'text' ? (column.values[start + at] ?? null) : null);
  } else {
    const { items, validity } = vector as unknown as Writable;
    const source = column.kind === 'numeric' ? column.values : column.codes;
    for (let at = 0; at < count; at++) {
      const value = source[start + at]!;
      const missing = column.kind === 'numeric' ? Number.isNaN(value) : value < 0;
      items[at] = missing ? 0 : value;
      if (missing) validity.setItemValid(at, false);
    }
  }
  vector.flush();
}
