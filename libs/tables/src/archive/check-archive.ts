import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { openPromise, type Entry, type ZipFile } from 'yauzl';

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

/**
 * Opens a ZIP archive and lists its files, folders left out. Names, kinds and sizes are judged by the directory alone: nothing is
 * unpacked that should not be.
 * @throws AppError `file-damaged`, `file-encrypted`, `archive-name-refused` for names that lead out of it and for links,
 * `archive-too-many-files`, `archive-too-large`.
 */
export async function openArchive(path: string, limits: ArchiveLimits): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch(damaged);
  try {
    if (zip.entryCount > limits.entries) throw new AppError('archive-too-many-files', { limit: limits.entries });
    return { zip, entries: await listEntries(zip, limits) };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile, limits: ArchiveLimits): Promise<Entry[]> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  let seen = 0;
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (++seen > limits.entries) throw new AppError('archive-too-many-files', { limit: limits.entries });
      total += entry.uncompressedSize;
      if (total > limits.unpackedBytes) throw new AppError('archive-too-large', { limitBytes: limits.unpackedBytes });
      if (entry.fileName.endsWith('/')) continue;
      checkEntry(entry);
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
  return entries;
}

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
 * @throws AppError `file-damaged`.
 */
export async function proveSizes(path: string, limits: ArchiveLimits): Promise<void> {
  const { zip, entries } = await openArchive(path, limits);
  try {
    for (const entry of entries) {
      const drain = new Transform({ transform: (_chunk, _encoding, done) => done() }).resume();
      await pipeline(await readEntry(zip, entry), drain).catch(damaged);
    }
  } finally {
    zip.close();
  }
}

function damaged(error: unknown): never {
  if (error instanceof AppError) throw error;
  throw new AppError('file-damaged', { format: 'ZIP' }, { cause: error });
}
