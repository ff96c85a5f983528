import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { pack, type Pack } from 'tar-stream';

const DATABASE = 'runs.swanlab';
/** What a log folder holds: the database with its log, and a directory for each run. */
const isPart = ({ name }: Dirent): boolean =>
  name === DATABASE || name === `${DATABASE}-wal` || /^run-[^/\\]+$/.test(name);

/** The log folder a person means: this one, or `swanlog` in it. @throws Error when neither holds a database of SwanLab. */
export async function findSwanlog(path: string): Promise<string> {
  for (const folder of [path, join(path, 'swanlog')]) {
    const found = await stat(join(folder, DATABASE)).catch(() => undefined);
    if (found?.isFile()) return folder;
  }
  throw new Error(`${path} holds no ${DATABASE}: name the folder that swanlab.init(mode="local") wrote`);
}

/**
 * A log folder as tar.gz, made as it is read: nothing is written beside it. Links are left out. What grows meanwhile is packed as long as it was.
 * The iteration ends with whatever cannot be read.
 */
export function packFolder(folder: string, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  const tar = pack();
  const packed = createGzip();
  // Whoever reads is told; one who reads no more wants to hear of nothing.
  for (const stream of [tar, packed]) stream.on('error', () => undefined);
  pipeline(tar, packed, signal ? { signal } : {}).catch(() => undefined);
  fill(tar, folder).then(
    () => tar.finalize(),
    (error: unknown) => {
      tar.destroy(error as Error);
      packed.destroy(error as Error);
    },
  );
  return packed;
}

async function fill(tar: Pack, folder: string): Promise<void> {
  const parts = (await readdir(folder, { withFileTypes: true })).filter(isPart);
  const files: string[] = [];
  for (const part of parts.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (part.isFile()) files.push(part.name);
    else if (part.isDirectory()) files.push(...(await filesBelow(folder, part.name)));
  }
  for (const name of files) await add(tar, join(folder, name), `swanlog/${name}`);
}

async function filesBelow(folder: string, above: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(join(folder, above), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `${above}/${entry.name}`;
    if (entry.isFile()) found.push(name);
    else if (entry.isDirectory()) found.push(...(await filesBelow(folder, name)));
  }
  return found;
}

async function add(tar: Pack, path: string, name: string): Promise<void> {
  const file = await open(path);
  try {
    const { size, mtime } = await file.stat();
    const entry = tar.entry({ name, size, mtime });
    const content = size === 0 ? [] : file.createReadStream({ start: 0, end: size - 1, autoClose: false });
    await pipeline(content, entry);
  } finally {
    await file.close();
  }
}
