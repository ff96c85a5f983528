import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll } from 'vitest';

import type { Frame } from '#frame';
import { kernels } from '#learn';
import { serial } from '#linalg';
import { DiskStorage } from '#storage';
import { openTables, type Tables } from '#tables';

import type { TaskHost } from './host.js';

/** A host over real tables in a folder of its own, for one spec file. */
export interface DiskHost extends TaskHost {
  readonly storage: DiskStorage;
  readonly said: [number | null, string][];
  /** Makes the next tick, and all after it, throw this. */
  stopWith(error: Error): void;
  upload(key: string, text: string): Promise<void>;
  store(key: string, frame: Frame): Promise<void>;
  read(key: string): Promise<Frame>;
  /** Names in the folder of tables and of half-made things. */
  leftovers(): Promise<string[]>;
}

/** Set up before the first test of the file, removed after the last. */
export function diskHost(): () => DiskHost {
  const state: { host?: DiskHost; tables?: Tables; root?: string } = {};
  beforeAll(async () => {
    const root = (state.root = await mkdtemp(join(tmpdir(), 'millrace-compute-')));
    const tables = (state.tables = await openTables({
      directories: [root],
      tempDirectory: join(root, 'engine'),
      memoryLimitBytes: 512 * 1024 ** 2,
      threads: 2,
    }));
    state.host = hostOver(root, tables);
  });
  afterAll(async () => {
    await state.tables?.close();
    if (state.root) await rm(state.root, { recursive: true, force: true });
  });
  return () => state.host!;
}

function hostOver(root: string, tables: Tables): DiskHost {
  const storage = new DiskStorage(root);
  const said: [number | null, string][] = [];
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent, child: () => log };
  let stop: Error | undefined;
  const folder = (key: string): Promise<string> => storage.materialise(key);
  return {
    storage,
    tables,
    tick: () => {
      if (!stop) return;
      const error = stop;
      stop = undefined;
      throw error;
    },
    textEngine: () => Promise.reject(new Error('no engine here')),
    parallel: serial(kernels),
    progress: (fraction, message) => void said.push([fraction, message]),
    metrics: silent,
    log,
    said,
    stopWith: (error) => (stop = error),
    upload: async (key, text) => {
      await storage.write(key, Readable.from([Buffer.from(text)]));
    },
    store: async (key, frame) => {
      await tables.writeFrame(frame, await folder(key));
    },
    read: async (key) => tables.readFrame(await folder(key)),
    leftovers: async () =>
      (await Promise.all(['tables', 'partial'].map((name) => readdir(join(root, name)).catch(() => [])))).flat(),
  };
}
