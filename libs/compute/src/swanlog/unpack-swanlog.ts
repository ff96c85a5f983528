import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { AppError } from '#contract';

import { type ArchiveBounds, archiveFiles } from './archive-entries.js';

const BOUNDS: ArchiveBounds = { entries: 200_000, unpackedBytes: 16 * 1024 ** 3 };
/** The database with its log; the rest stands in a run's directory. */
const DATABASE = /^(?:(.*)\/)?runs\.swanlab(-wal)?$/;
const WANTED =
  /^(?:logs\/[^/]+\/[^/]+\.log|media\/.+|files\/(?:config\.yaml|swanlab-metadata\.json|requirements\.txt)|console\/[^/]+\.log)$/;

/** A log folder taken apart: each file lies under a number, and names are only looked up here. */
export interface UnpackedSwanlog {
  /** Name of the database among the unpacked files. */
  readonly database: string;
  /** By directory of a run, files by their name in it: `logs/1/1000.log` → `f12`. */
  readonly runs: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Unpacks what an import reads into a folder. @throws AppError as {@link archiveFiles}, `swanlog-unreadable` without a database. */
export async function unpackSwanlog(
  path: string,
  folder: string,
  tick: () => void,
  bounds: ArchiveBounds = BOUNDS,
): Promise<UnpackedSwanlog> {
  const files = new Map<string, string>();
  let base: string | undefined;
  for await (const { name, read } of archiveFiles(path, bounds)) {
    tick();
    const [, at = '', log] = DATABASE.exec(name) ?? [];
    const isDatabase = DATABASE.test(name);
    if (isDatabase && log === undefined) {
      if (base !== undefined && base !== at) throw unreadable('runs.swanlab × 2');
      base = at;
    }
    if (!isDatabase && !WANTED.test(withinRun(name) ?? '')) continue;
    const stored = isDatabase ? `db${files.size}` : `f${files.size}`;
    await pipeline(await read(), counted(tick), createWriteStream(join(folder, stored), { flags: 'wx' })).catch(broken);
    files.set(name, stored);
  }
  if (base === undefined) throw unreadable('runs.swanlab');
  return { database: await databaseOf(files, base, folder), runs: runsOf(files, base) };
}

const unreadable = (reason: string): AppError => new AppError('swanlog-unreadable', { reason });
const broken = (error: unknown): never => {
  if (error instanceof AppError || (error as { name?: string }).name === 'Cancelled') throw error;
  throw new AppError('file-damaged', { format: 'swanlog' }, { cause: error });
};

/** What stands after a run's directory. */
const withinRun = (name: string): string | undefined => /(?:^|\/)run-[^/]+\/(.+)$/.exec(name)?.[1];

/** SQLite finds the log of a database by its name. */
async function databaseOf(files: ReadonlyMap<string, string>, base: string, folder: string): Promise<string> {
  const prefix = base === '' ? '' : `${base}/`;
  await rename(join(folder, files.get(`${prefix}runs.swanlab`)!), join(folder, 'runs.db'));
  const log = files.get(`${prefix}runs.swanlab-wal`);
  if (log !== undefined) await rename(join(folder, log), join(folder, 'runs.db-wal'));
  return 'runs.db';
}

function runsOf(files: ReadonlyMap<string, string>, base: string): Map<string, Map<string, string>> {
  const runs = new Map<string, Map<string, string>>();
  const prefix = base === '' ? '' : `${base}/`;
  for (const [name, stored] of files) {
    if (!name.startsWith(prefix)) continue;
    const [, run, inside] = /^(run-[^/]+)\/(.+)$/.exec(name.slice(prefix.length)) ?? [];
    if (run === undefined || inside === undefined) continue;
    if (!runs.has(run)) runs.set(run, new Map());
    runs.get(run)!.set(inside, stored);
  }
  return runs;
}

const counted = (tick: () => void): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        tick();
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
