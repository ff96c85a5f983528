import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { ZipFile as PackedZip } from 'yazl';

import { AppError } from '#contract';

/** What an archive may hold at most. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of all entries together once unpacked. */
  readonly unpackedBytes: number;
}

/** Bits of an entry's Unix mode that tell a file from a link or a device. */
const FILE_KIND = 0o170000;
const REGULAR = 0o100000;
const ENCRYPTED = 1;
/** Bytes of an entry's own head before its name. */
const LOCAL_HEAD_BYTES = 30;
/** An archive that unpacks to more than this is judged by how much larger it becomes, too: tables become ten to fifty times larger. */
const UNJUDGED_BYTES = 256 * 1024 ** 2;
const MOST_GROWTH = 100;
/** The extra field of an entry that holds sizes of 64 bits, and what stands before the end of a whole directory of them. */
const ZIP64 = 1;
const ZIP64_LOCATOR = Buffer.from('504b0607', 'hex');
const END_BYTES = 2 ** 16 + 64;

/**
 * Opens a ZIP archive and lists its files, folders left out. Names, kinds, places and sizes are judged by the directory alone: nothing
 * is unpacked that should not be.
 * @throws AppError `file-damaged`, also when two entries share bytes, `file-encrypted`, `archive-name-refused` for names that lead out
 * of it and for links, `archive-too-many-files`, `archive-too-large`.
 */
export async function openArchive(path: string, limits: ArchiveLimits): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch(damaged);
  try {
    if (zip.entryCount > limits.entries) throw new AppError('archive-too-many-files', { limit: limits.entries });
    const unpackedBytes = Math.min(limits.unpackedBytes, Math.max(UNJUDGED_BYTES, MOST_GROWTH * zip.fileSize));
    return { zip, entries: await listEntries(zip, { ...limits, unpackedBytes }) };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile, limits: ArchiveLimits): Promise<Entry[]> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  const places: Place[] = [];
  let seen = 0;
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (++seen > limits.entries) throw new AppError('archive-too-many-files', { limit: limits.entries });
      total += entry.uncompressedSize;
      if (total > limits.unpackedBytes) throw new AppError('archive-too-large', { limitBytes: limits.unpackedBytes });
      if (entry.fileName.endsWith('/')) continue;
      checkEntry(entry);
      const start = entry.relativeOffsetOfLocalHeader;
      places.push({ start, end: start + LOCAL_HEAD_BYTES + entry.fileNameLength + entry.compressedSize });
      if (names.has(entry.fileName)) throw new AppError('archive-name-refused', { name: entry.fileName.slice(0, 200) });
      names.add(entry.fileName);
      entries.push(entry);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const name = /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)/.exec(String(error));
    if (name) throw new AppError('archive-name-refused', { name: name[1]!.slice(0, 200) }, { cause: error });
    damaged(error);
  }
  if (overlap(places)) throw new AppError('file-damaged', { format: 'ZIP' });
  return entries;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** No packer writes the same bytes for two entries; a small archive becomes a very large one that way. */
const overlap = (places: readonly Place[]): boolean =>
  places
    .toSorted((one, other) => one.start - other.start)
    .some(({ end }, at, all) => end > (all[at + 1]?.start ?? end));

function checkEntry(entry: Entry): void {
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) throw new AppError('file-encrypted', { format: 'ZIP' });
  const madeOnUnix = entry.versionMadeBy >>> 8 === 3;
  const kind = (entry.externalFileAttributes >>> 16) & FILE_KIND;
  if (madeOnUnix && kind !== 0 && kind !== REGULAR)
    throw new AppError('archive-name-refused', { name: entry.fileName.slice(0, 200) });
}

/** An entry's bytes as they unpack; more of them than the directory said is an error. */
export async function readEntry(zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> {
  return zip.openReadStreamPromise(entry).catch(damaged);
}

/**
 * Unpacks every entry into nothing, so that a reader that holds them all in memory meets no more than the directory promised.
 * @returns how the archive is written.
 * @throws AppError `file-damaged`.
 */
export async function proveSizes(path: string, limits: ArchiveLimits): Promise<'plain' | 'zip64'> {
  const { zip, entries } = await openArchive(path, limits);
  try {
    for (const entry of entries) {
      const drain = new Transform({ transform: (_chunk, _encoding, done) => done() }).resume();
      await pipeline(await readEntry(zip, entry), drain).catch(damaged);
    }
    const large = entries.some(({ extraFields }) => extraFields.some(({ id }) => id === ZIP64));
    return large || (await endsInZip64(path)) ? 'zip64' : 'plain';
  } finally {
    zip.close();
  }
}

/** Whether the directory is found by a record of Zip64; a comment may come after it. */
async function endsInZip64(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer: end } = await file.read(Buffer.alloc(END_BYTES), 0, END_BYTES, Math.max(0, size - END_BYTES));
    return end.includes(ZIP64_LOCATOR);
  } finally {
    await file.close();
  }
}

/**
 * The same files as a plain archive, for readers that know no Zip64.
 * @throws AppError as {@link openArchive}.
 */
export async function packAgain(path: string, limits: ArchiveLimits): Promise<Buffer> {
  const { zip, entries } = await openArchive(path, limits);
  try {
    const packed = new PackedZip();
    for (const entry of entries) packed.addBuffer(await buffer(await readEntry(zip, entry)), entry.fileName);
    packed.end();
    return await buffer(packed.outputStream);
  } finally {
    zip.close();
  }
}

function damaged(error: unknown): never {
  if (error instanceof AppError) throw error;
  throw new AppError('file-damaged', { format: 'ZIP' }, { cause: error });
}
