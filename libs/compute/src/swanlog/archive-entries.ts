import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { extract } from 'tar-stream';
import { type Entry, openPromise } from 'yauzl';

import { AppError } from '#contract';

/** A file in an archive; `read` at most once, before the next entry is asked for. */
export interface ArchiveFile {
  /** With slashes, never leading out of the archive. */
  readonly name: string;
  readonly read: () => Promise<Readable>;
}
/** What an archive may hold at most. */
export interface ArchiveBounds {
  readonly entries: number;
  readonly unpackedBytes: number;
}

/**
 * The plain files of a ZIP, tar or tar.gz in their order; folders, links and devices are left out. Nothing is written here, and no name
 * becomes a path.
 * @throws AppError `swanlog-unreadable`, `archive-name-refused`, `archive-too-many-files`, `archive-too-large`, `file-encrypted`, `file-damaged`.
 */
export async function* archiveFiles(path: string, bounds: ArchiveBounds): AsyncGenerator<ArchiveFile> {
  const kind = await kindOf(path);
  if (kind === undefined) throw new AppError('swanlog-unreadable', { reason: 'ZIP, tar.gz' });
  const names = new Set<string>();
  let seen = 0;
  for await (const file of kind === 'zip' ? zipFiles(path, bounds) : tarFiles(path, kind === 'gzip', bounds)) {
    if (++seen > bounds.entries) throw new AppError('archive-too-many-files', { limit: bounds.entries });
    if (file === null) continue;
    const name = checkedName(file.name);
    if (names.has(name)) throw refused(name);
    names.add(name);
    yield { ...file, name };
  }
}

async function kindOf(path: string): Promise<'zip' | 'gzip' | 'tar' | undefined> {
  const file = await open(path);
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(512), length: 512, position: 0 });
    if (buffer.subarray(0, 2).toString('latin1') === 'PK') return 'zip';
    if (buffer.readUInt16BE(0) === 0x1f8b) return 'gzip';
    return buffer.subarray(257, 262).toString('latin1') === 'ustar' ? 'tar' : undefined;
  } finally {
    await file.close();
  }
}

const refused = (name: string): AppError => new AppError('archive-name-refused', { name: name.slice(0, 200) });

function checkedName(given: string): string {
  const name = given.replace(/^(?:\.\/)+/, '');
  const wrong = name.length > 1000 || /^\/|^[A-Za-z]:|[\\\0]|(?:^|\/)\.\.(?:\/|$)/.test(name);
  if (name === '' || wrong) throw refused(given);
  return name.replaceAll(/\/(?:\.?\/)+/g, '/');
}

/** Null stands for what is no plain file. */
async function* zipFiles(path: string, bounds: ArchiveBounds): AsyncGenerator<ArchiveFile | null> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: true }).catch(
    damaged('ZIP'),
  );
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (total > bounds.unpackedBytes) throw new AppError('archive-too-large', { limitBytes: bounds.unpackedBytes });
      if ((entry.generalPurposeBitFlag & 1) !== 0) throw new AppError('file-encrypted', { format: 'ZIP' });
      yield isPlain(entry) ? { name: entry.fileName, read: () => zip.openReadStreamPromise(entry) } : null;
    }
  } catch (error) {
    const name = /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)/.exec(String(error));
    if (name) throw refused(name[1]!);
    damaged('ZIP')(error);
  } finally {
    zip.close();
  }
}

/** Bits of an entry's Unix mode that tell a file from a link or a device. */
function isPlain({ fileName, versionMadeBy, externalFileAttributes }: Entry): boolean {
  const kind = versionMadeBy >>> 8 === 3 ? (externalFileAttributes >>> 16) & 0o170000 : 0;
  return !fileName.endsWith('/') && (kind === 0 || kind === 0o100000);
}

async function* tarFiles(path: string, zipped: boolean, bounds: ArchiveBounds): AsyncGenerator<ArchiveFile | null> {
  const source = createReadStream(path);
  const unpacked = zipped ? source.pipe(createGunzip()) : source;
  const tar = extract();
  let total = 0;
  const stop = (error: Error): void => {
    tar.destroy(error);
  };
  source.on('error', stop);
  unpacked.on('error', stop);
  unpacked.on('data', (chunk: Buffer | string) => {
    total += chunk.length;
    if (total > bounds.unpackedBytes) stop(new AppError('archive-too-large', { limitBytes: bounds.unpackedBytes }));
  });
  unpacked.pipe(tar);
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      const plain = type === 'file' || type === 'contiguous-file';
      yield plain ? { name, read: () => Promise.resolve(entry as unknown as Readable) } : null;
      entry.resume();
    }
  } catch (error) {
    damaged('tar')(error);
  } finally {
    source.destroy();
    tar.destroy();
  }
}

const damaged =
  (format: string) =>
  (error: unknown): never => {
    if (error instanceof AppError) throw error;
    throw new AppError('file-damaged', { format }, { cause: error });
  };
