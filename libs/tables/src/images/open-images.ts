import { createWriteStream } from 'node:fs';
import { copyFile, link, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

import type { Entry, ZipFile } from 'yauzl';

import { AppError, type ColumnType } from '#contract';
import { typeEntry } from '#frame';

import { openArchive, readEntry } from '../archive/check-archive.js';
import { csvScan } from '../csv/csv-reader.js';
import { text, type Engine } from '../engine/engine.js';
import type { LoadedFile, LoadTarget, OpenFile, ReadLimits } from '../read/open-file.js';
import { dataPath, type TableNote } from '../table-meta.js';
import type { ColumnReading } from '../types/column-sql.js';
import { NO_HINTS } from '../types/infer-types.js';

import { IMAGE_EXTENSIONS, labelOf, mediaTypeOf } from './image-names.js';
import { archivePath } from './image-store.js';
import { dataUri, thumbnailOf } from './thumbnail.js';

const LIMITS = { entries: 200_000, unpackedBytes: 16 * 1024 ** 3 };
/** Bytes one picture may have. */
const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
const SHOWN = 5;
/** Thumbnails are made so many at a time. */
const AT_ONCE = 4;
/** Rows of a group: a page of the grid decodes one, and thumbnails make rows long. */
const GROUP_ROWS = 2048;

/**
 * An archive of pictures, one row each: the picture, and as its label the folder it lies in. The table keeps the archive itself
 * beside its rows; a row holds the picture's name, where in the archive its bytes are, and a thumbnail.
 * @throws AppError `archive-without-file` when it holds no picture, and as {@link openArchive}.
 */
export async function openImages(engine: Engine, path: string, { rowLimit }: ReadLimits): Promise<OpenFile> {
  const { zip, entries } = await openArchive(path, LIMITS);
  zip.close();
  const images = entries
    .filter(({ fileName }) => mediaTypeOf(fileName) && !/(^|\/)(\.|__MACOSX\/)/.test(fileName))
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  if (images.length === 0) throw new AppError('archive-without-file', { extensions: IMAGE_EXTENSIONS.join(', ') });
  if (images.some(({ uncompressedSize }) => uncompressedSize > MAX_IMAGE_BYTES))
    throw new AppError('format-too-large', { format: 'Image', limitBytes: MAX_IMAGE_BYTES });
  const labelled = images.some(({ fileName }) => labelOf(fileName) !== null);
  const rowOf = ({ fileName }: Entry) => (labelled ? [fileName, labelOf(fileName)] : [fileName]);
  const label: ColumnType = { type: 'Categorical', dtype: 'string', encoder: 'one_hot' };
  return {
    head: {
      names: labelled ? ['image', 'label'] : ['image'],
      rows: images.slice(0, rowLimit).map(rowOf),
      notes: [],
      previewedBytes: (await stat(path)).size,
      hints: NO_HINTS,
      native: [typeEntry('Image'), ...(labelled ? [label] : [])],
      fixed: { rowCount: images.length, sample: () => shown(path, images.slice(0, SHOWN), labelled) },
      detected: { images: images.length },
    },
    load: (readings, target) => load(engine, { path, images }, readings, target),
  };
}

async function shown(
  path: string,
  images: readonly Entry[],
  labelled: boolean,
): Promise<Record<string, string | null>[]> {
  const { zip } = await openArchive(path, LIMITS);
  try {
    const rows: Record<string, string | null>[] = [];
    for (const entry of images) {
      const image = dataUri(await thumbnailOf(await bytesOf(zip, entry)));
      rows.push(labelled ? { image, label: labelOf(entry.fileName) } : { image });
    }
    return rows;
  } finally {
    zip.close();
  }
}

interface Archive {
  readonly path: string;
  readonly images: readonly Entry[];
}

async function load(
  engine: Engine,
  archive: Archive,
  readings: readonly ColumnReading[],
  target: LoadTarget,
): Promise<LoadedFile> {
  const rows = join(target.folder, 'rows.csv');
  const counts = { broken: 0 };
  try {
    await pipeline(lines(archive, counts, target), createWriteStream(rows), { signal: target.signal });
    const columns = ['path', 'label', 'thumb', 'place', 'size', 'method'].map((id) => [id, 'VARCHAR'] as const);
    const file = { path: rows, hasHeader: false, skip: 0, limit: null, lineEnd: '\n' } as const;
    const scan = csvScan(file, { separator: ',', missing: [''] }, columns);
    const image = `{path: path, thumb: from_base64(thumb), place: place::BIGINT, size: size::BIGINT, method: method::INTEGER} AS c0`;
    const select = readings.length > 1 ? `${image}, label AS c1` : image;
    await engine.rows(
      `COPY (SELECT ${select} FROM ${scan}) TO ${text(dataPath(target.folder))} (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${GROUP_ROWS})`,
      [],
      target.signal,
    );
  } catch (error) {
    if (target.signal?.aborted) throw new AppError('cancelled', {}, { cause: error });
    throw error;
  } finally {
    await rm(rows, { force: true });
  }
  const kept = archivePath(target.folder);
  await link(archive.path, kept).catch(() => copyFile(archive.path, kept));
  const note: TableNote = { code: 'images-broken', column: readings[0]!.name, values: { count: counts.broken } };
  return { rows: archive.images.length, readings, notes: counts.broken > 0 ? [note] : [] };
}

async function* lines(
  { path, images }: Archive,
  counts: { broken: number },
  { onProgress, signal }: LoadTarget,
): AsyncGenerator<string> {
  const { zip } = await openArchive(path, LIMITS);
  try {
    for (let start = 0; start < images.length; start += AT_ONCE) {
      signal?.throwIfAborted();
      const batch = images.slice(start, start + AT_ONCE);
      const thumbnails = await Promise.all(batch.map(async (entry) => thumbnailOf(await bytesOf(zip, entry))));
      counts.broken += thumbnails.filter((thumbnail) => thumbnail === null).length;
      yield batch.map((entry, index) => lineOf(entry, thumbnails[index]!)).join('');
      onProgress?.(Math.min(1, (start + AT_ONCE) / images.length));
    }
  } finally {
    zip.close();
  }
}

function lineOf(entry: Entry, thumbnail: Buffer | null): string {
  const { fileName, relativeOffsetOfLocalHeader: at, compressedSize, compressionMethod } = entry;
  const cells = [
    fileName,
    labelOf(fileName) ?? '',
    thumbnail?.toString('base64') ?? '',
    ...[at, compressedSize, compressionMethod].map(String),
  ];
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}

/** The picture's bytes; yauzl refuses more of them than the directory said. */
async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    return await buffer(await readEntry(zip, entry));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('file-damaged', { format: 'ZIP' }, { cause: error });
  }
}
