import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { AppError } from '#contract';

import type { StagedFolder, Storage, Stored } from './storage.js';
import { takeOver } from './take-over.js';

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Where files are made before they appear under their key, by names that say it: `a/b` becomes `a~b~<uuid>`. */
const PARTIAL = 'partial';
/** In no key, so that a name of ours is told from other processes' folders here. */
const MARK = '~';
const partialPrefix = (key: string): string => `${key.replaceAll('/', MARK)}${MARK}`;

/** Storage on the local disk below one root folder. */
export class DiskStorage implements Storage {
  constructor(private readonly root: string) {}

  async write(key: string, source: Readable, limitBytes = Number.POSITIVE_INFINITY): Promise<Stored> {
    const target = this.path(key);
    // Until the pipeline listens, a source that breaks must not end the process.
    source.on('error', () => undefined);
    const partial = await this.partial(key);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const meter = new Transform({
      highWaterMark: 1 << 20,
      transform(chunk: Buffer, _encoding, done) {
        sizeBytes += chunk.length;
        if (sizeBytes > limitBytes) {
          done(new AppError('upload-too-large', { limitBytes }));
          return;
        }
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // Opened here: a stream that opens its file itself may still create it after the pipeline failed and the file was removed.
    const file = await open(partial, 'wx');
    try {
      await pipeline(source, meter, file.createWriteStream({ highWaterMark: 1 << 20 }));
      await mkdir(dirname(target), { recursive: true });
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    return { sizeBytes, sha256: hash.digest('hex') };
  }

  async read(key: string): Promise<Readable> {
    await this.refuseLinks(key);
    await stat(this.path(key));
    return createReadStream(this.path(key));
  }

  async materialise(key: string): Promise<string> {
    await this.refuseLinks(key);
    return this.path(key);
  }

  async stage(key: string, resume?: string): Promise<StagedFolder> {
    const target = this.path(key);
    const path = await this.partial(key, resume);
    await mkdir(path, { recursive: resume !== undefined });
    return {
      path,
      publish: async () => {
        await mkdir(dirname(target), { recursive: true });
        const replaced = await this.partial(key);
        await rename(target, replaced).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        });
        await rename(path, target);
        await rm(replaced, { recursive: true, force: true });
      },
      discard: () => rm(path, { recursive: true, force: true }),
    };
  }

  async exists(key: string): Promise<boolean> {
    return stat(this.path(key)).then(
      () => true,
      () => false,
    );
  }

  async copy(from: string, to: string): Promise<void> {
    const partial = await this.partial(to);
    try {
      await cp(this.path(from), partial, { recursive: true });
      await mkdir(dirname(this.path(to)), { recursive: true });
      await rename(partial, this.path(to));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Makes what another program left at `path` a key of this storage. The program may be hostile: nothing is followed, nothing but plain
   * files and folders is taken, and from then on they are this process's own.
   * @throws Error when nothing is there (`ENOENT`), when something lies under the key already, for what is no plain file.
   */
  async adopt(path: string, key: string): Promise<void> {
    const partial = await this.partial(key);
    // First out of the program's reach, as far as names go; then its rights to what it made.
    await rename(path, partial);
    try {
      if (await this.exists(key)) throw new Error(`something lies under ${key} already`);
      await takeOver(partial);
      await mkdir(dirname(this.path(key)), { recursive: true });
      await rename(partial, this.path(key));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  async move(from: string, to: string): Promise<void> {
    await mkdir(dirname(this.path(to)), { recursive: true });
    await rename(this.path(from), this.path(to));
  }

  async remove(key: string): Promise<void> {
    await rm(this.path(key), { recursive: true, force: true });
    const half = (await this.list(PARTIAL)).filter((name) => name.startsWith(partialPrefix(key)));
    for (const name of half) await rm(join(this.root, PARTIAL, name), { recursive: true, force: true });
  }

  async list(folder: string): Promise<string[]> {
    return readdir(this.path(folder)).catch(() => []);
  }

  async sweep(ageMs: number): Promise<number> {
    const left = (await this.listIdle(PARTIAL, ageMs)).filter((name) => name.includes(MARK));
    for (const name of left) await rm(join(this.root, PARTIAL, name), { recursive: true, force: true });
    return left.length;
  }

  async listIdle(folder: string, ageMs: number): Promise<string[]> {
    const idle: string[] = [];
    for (const name of await this.list(folder)) {
      const changedMs = await lastChangeMs(join(this.path(folder), name));
      if (changedMs !== undefined && Date.now() - changedMs >= ageMs) idle.push(name);
    }
    return idle;
  }

  private async partial(key: string, name: string = randomUUID()): Promise<string> {
    const folder = join(this.root, PARTIAL);
    await mkdir(folder, { recursive: true });
    return join(folder, `${partialPrefix(key)}${name}`);
  }

  /** The root and its folders may be links, to another disk for example; nothing below them may, for it could lead anywhere. */
  private async refuseLinks(key: string): Promise<void> {
    const path = this.path(key);
    const [first, ...rest] = key.split('/');
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) return;
    const folder = rest.length > 0 ? join(this.root, first!) : this.root;
    if (real !== join(await realpath(folder), ...(rest.length > 0 ? rest : [first!])))
      throw new AppError('path-token-invalid');
  }

  /** Keys are made by our own code, yet a bad one must never leave the root. */
  private path(key: string): string {
    const segments = key.split('/');
    if (segments.length === 0 || !segments.every((segment) => SEGMENT.test(segment)))
      throw new AppError('path-token-invalid');
    return join(this.root, ...segments);
  }
}

/** The newest change of a file, or of a folder and what lies directly in it; undefined when it is gone. */
async function lastChangeMs(path: string): Promise<number | undefined> {
  const own = await stat(path).catch(() => undefined);
  if (own?.isDirectory() !== true) return own?.mtimeMs;
  const names = await readdir(path).catch(() => []);
  const inner = await Promise.all(names.map((name) => stat(join(path, name)).catch(() => undefined)));
  return Math.max(own.mtimeMs, ...inner.map((entry) => entry?.mtimeMs ?? 0));
}
