import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { Entry, ZipFile } from 'yauzl';

import { AppError } from '#contract';

import { openArchive, readEntry } from './check-archive.js';

const LIMITS = { entries: 10_000, unpackedBytes: 4 * 1024 ** 3 };

/**
 * Unpacks the first file of an archive whose name ends as asked, in the order of names, into a folder of its own that lasts as long as
 * `work`. What operating systems put into archives by themselves is passed over.
 * @throws AppError `archive-without-file` and as {@link openArchive}.
 */
export async function withUnpacked<T>(
  archive: string,
  {
    extensions,
    tempDirectory,
    signal,
  }: { extensions: readonly string[]; tempDirectory: string; signal?: AbortSignal | undefined },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const { zip, entries } = await openArchive(archive, LIMITS);
  const folder = await mkdir(tempDirectory, { recursive: true }).then(() => mkdtemp(join(tempDirectory, 'unpacked-')));
  try {
    const entry = firstTable(entries, extensions);
    if (!entry) throw new AppError('archive-without-file', { extensions: extensions.join(', ') });
    const path = join(folder, 'file');
    await unpack(zip, entry, path, signal);
    return await work(path);
  } finally {
    zip.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function firstTable(entries: readonly Entry[], extensions: readonly string[]): Entry | undefined {
  return entries
    .filter(({ fileName }) => extensions.includes(extname(fileName).toLowerCase()))
    .filter(({ fileName }) => !/(^|\/)(\.|__MACOSX\/)/.test(fileName))
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1))[0];
}

async function unpack(zip: ZipFile, entry: Entry, path: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pipeline(await readEntry(zip, entry), createWriteStream(path), { signal });
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error });
    throw new AppError('file-damaged', { format: 'ZIP' }, { cause: error });
  }
}
