import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import * as zlib from 'node:zlib';

import {
  compressionRegistry,
  CompressionType,
  DataType,
  RecordBatchReader,
  type Field,
  type RecordBatch,
} from 'apache-arrow';

import { AppError, type ColumnType } from '#contract';
import { typeEntry } from '#frame';

import { refuseSignature } from '../csv/text-source.js';
import type { ReadLimits } from '../read/open-file.js';
import type { RowSource, TextRow } from '../read/open-rows.js';

import { cellReader } from './arrow-cells.js';
import { checkBatch } from './check-batch.js';
import { unpackLz4 } from './lz4.js';

const FILE_MAGIC = 'ARROW1';
const FEATHER_1 = 'FEA1';
/** A stream's first message: its continuation marker, or in files of before 2019 the length of a schema. */
const STREAM_MARKER = 0xffffffff;
const MAX_SCHEMA_BYTES = 16 * 1024 * 1024;

/** Zstandard comes with Node.js from 22.15. */
const unpackZstd = (zlib as { zstdDecompressSync?: (bytes: Uint8Array) => Uint8Array }).zstdDecompressSync;
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
if (unpackZstd) compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => unpackZstd(bytes) });

/**
 * An Arrow IPC file (also called Feather 2) or stream, batch by batch. What nests becomes JSON, bytes become base64, days and times
 * ISO text.
 * @throws AppError `file-empty`, `file-not-tabular`, `file-damaged`, `compression-unsupported`, `too-many-columns`.
 */
export async function openArrow(path: string, { maxColumns }: ReadLimits): Promise<RowSource> {
  const { size, stream } = await checkMagic(path);
  let read = 0;
  const batches = () => readBatches(path, stream);
  const fields = await schemaOf(path, stream);
  if (fields.length > maxColumns) throw new AppError('too-many-columns', { count: fields.length, limit: maxColumns });
  return {
    names: fields.map(({ name }) => name),
    previewedBytes: size,
    native: fields.map((field) => nativeType(field.type as DataType)),
    detected: { layout: stream ? 'stream' : 'file' },
    rows: async function* (): AsyncGenerator<TextRow> {
      read = 0;
      for await (const batch of batches()) {
        yield* rowsOf(batch);
        read += batchBytes(batch);
      }
    },
    progress: () => Math.min(1, read / size),
  };
}

async function checkMagic(path: string): Promise<{ size: number; stream: boolean }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) throw new AppError('file-empty');
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    if (buffer.toString('latin1', 0, 6) === FILE_MAGIC) return { size, stream: false };
    if (buffer.toString('latin1', 0, 4) === FEATHER_1) throw new AppError('file-not-tabular', { reason: 'Feather 1' });
    const first = buffer.readUInt32LE(0);
    const length = first === STREAM_MARKER ? buffer.readUInt32LE(4) : first;
    if (length > 0 && length <= Math.min(size, MAX_SCHEMA_BYTES)) return { size, stream: true };
    refuseSignature(buffer);
    throw damaged();
  } finally {
    await file.close();
  }
}

async function schemaOf(path: string, stream: boolean): Promise<readonly Field[]> {
  return guarded(path, stream, async (reader) => Promise.resolve(reader.schema.fields));
}

async function* readBatches(path: string, stream: boolean): AsyncGenerator<RecordBatch> {
  const { reader, close } = await openReader(path, stream);
  try {
    for (;;) {
      const next = await reader.next();
      if (next.done === true) return;
      checkBatch(next.value);
      yield next.value;
    }
  } catch (error) {
    throw known(error);
  } finally {
    await close();
  }
}

async function guarded<T>(path: string, stream: boolean, work: (reader: AsyncReader) => Promise<T>): Promise<T> {
  const { reader, close } = await openReader(path, stream);
  try {
    return await work(reader);
  } catch (error) {
    throw known(error);
  } finally {
    await close();
  }
}

/** The part of Arrow's reader that is used; its own types tell sync and async ones apart by overloads. */
interface AsyncReader {
  readonly schema: { readonly fields: readonly Field[] };
  next(): Promise<IteratorResult<RecordBatch, unknown>>;
}

async function openReader(path: string, stream: boolean): Promise<{ reader: AsyncReader; close: () => Promise<void> }> {
  const file = stream ? createReadStream(path) : await open(path);
  const close = async (): Promise<void> => {
    if ('destroy' in file) file.destroy();
    else await file.close().catch(() => undefined);
  };
  try {
    const reader = await RecordBatchReader.from(file as never as AsyncIterable<Uint8Array>);
    return { reader: (await reader.open()) as unknown as AsyncReader, close };
  } catch (error) {
    await close();
    throw known(error);
  }
}

function* rowsOf(batch: RecordBatch): Generator<TextRow> {
  const columns = batch.schema.fields.map((field, index) =>
    cellReader(batch.getChildAt(index)!, field.type as DataType),
  );
  for (let row = 0; row < batch.numRows; row++)
    yield columns.map((cell) => {
      try {
        return cell(row);
      } catch (error) {
        throw known(error);
      }
    });
}

const batchBytes = (batch: RecordBatch): number => batch.data.byteLength;

function nativeType(type: DataType): ColumnType | null {
  if (DataType.isInt(type)) return { type: 'Integer', dtype: `${type.isSigned ? '' : 'u'}int${type.bitWidth}` };
  if (DataType.isFloat(type)) return { type: 'Float', dtype: `float${16 * 2 ** type.precision}` };
  if (DataType.isDecimal(type)) return typeEntry('Float');
  if (DataType.isBool(type)) return null;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isBinary(type) || DataType.isLargeBinary(type))
    return { ...typeEntry('Text'), encoding: 'utf-8' };
  if (DataType.isDate(type)) return typeEntry('Date');
  if (DataType.isDictionary(type) && DataType.isUtf8(type.dictionary)) return { type: 'Categorical', dtype: 'string' };
  return null;
}

const damaged = (cause?: unknown): AppError => new AppError('file-damaged', { format: 'Arrow' }, { cause });

function known(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (/compressed but codec not found/.test(String(error)))
    return new AppError('compression-unsupported', { format: 'Arrow', compression: 'ZSTD' }, { cause: error });
  return damaged(error);
}
