import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

import { AppError } from '#contract';

import type { Engine } from '../engine/engine.js';
import { numberedRows } from '../grid/read-page.js';
import { readMeta } from '../table-meta.js';

import { mediaTypeOf } from './image-names.js';

const inflate = promisify(inflateRaw);
const HEADER_BYTES = 30;
const DEFLATED = 8;
const MAX_BYTES = 64 * 1024 * 1024;

/** The archive a table of pictures was made of; it lies beside the rows. */
export const archivePath = (folder: string): string => join(folder, 'images.zip');

/** Whether a table has pictures whose bytes are there. */
export async function hasImages(folder: string): Promise<boolean> {
  const { columns } = await readMeta(folder);
  if (!columns.some(({ type }) => type.type === 'Image')) return false;
  return stat(archivePath(folder)).then(
    () => true,
    () => false,
  );
}

/** Where a picture lies in its archive. */
export interface ImagePlace {
  readonly path: string;
  readonly at: number;
  readonly bytes: number;
  readonly method: number;
}

/** A picture as it was uploaded. */
export interface StoredImage {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** The picture of a row. @throws AppError `not-found` for a row or table without one. */
export async function readImage(engine: Engine, folder: string, row: number): Promise<StoredImage> {
  const { columns } = await readMeta(folder);
  const column = columns.find(({ type }) => type.type === 'Image');
  if (!column || !(await hasImages(folder))) throw new AppError('not-found');
  const { id } = column;
  const [found] = await engine.rows(
    `SELECT ${id}.path, ${id}.place, ${id}.size, ${id}.method FROM ${numberedRows(folder)} WHERE file_row_number = ${row}`,
  );
  if (!found) throw new AppError('not-found');
  const [path, at, bytes, method] = found;
  const place = { path: path as string, at: Number(at), bytes: Number(bytes), method: Number(method) };
  return {
    name: basename(place.path),
    mediaType: mediaTypeOf(place.path) ?? 'application/octet-stream',
    content: await readPlace(folder, place),
  };
}

/** A picture's bytes from its archive, without a look at the directory. */
export async function readPlace(folder: string, { at, bytes, method }: ImagePlace): Promise<Buffer> {
  const file = await open(archivePath(folder));
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    await file.read(header, 0, HEADER_BYTES, at);
    const start = at + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    const packed = Buffer.alloc(bytes);
    await file.read(packed, 0, bytes, start);
    return method === DEFLATED ? await inflate(packed, { maxOutputLength: MAX_BYTES }) : packed;
  } finally {
    await file.close();
  }
}
