import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { CsvReadPlan, type ReadPlan } from '#contract';

import { openTables, type TableMeta, type Tables, type TablesSettings } from '../src/index.js';
import type { IngestRequest } from '../src/tables.js';

/** An engine over a folder of its own for one spec file. */
export interface TemporaryTables {
  readonly tables: Tables;
  readonly root: string;
  /** A folder name nothing has yet. */
  fresh(): string;
  /** A file with this content; text is UTF-8. */
  file(content: string | Buffer): Promise<string>;
  ingest(
    content: string | Buffer,
    plan?: Record<string, unknown>,
    more?: Partial<IngestRequest>,
  ): Promise<{ folder: string; meta: TableMeta }>;
  /** What lies in the root beside uploaded files and the engine's own folder. */
  leftovers(): Promise<string[]>;
  /** Archives that lie unpacked. */
  unpacked(): Promise<string[]>;
}

export function temporaryTables(more: Partial<TablesSettings> = {}): TemporaryTables {
  const state = { root: '', count: 0 } as { root: string; count: number; tables?: Tables };
  beforeAll(async () => {
    state.root = await mkdtemp(join(tmpdir(), 'millrace-tables-'));
    const settings = {
      directories: [state.root],
      tempDirectory: join(state.root, 'engine'),
      memoryLimitBytes: 512 * 1024 ** 2,
      threads: 2,
      ...more,
    };
    state.tables = await openTables(settings);
  });
  afterAll(async () => {
    await state.tables?.close();
    await rm(state.root, { recursive: true, force: true });
  });
  const temporary: TemporaryTables = {
    get tables() {
      return state.tables!;
    },
    get root() {
      return state.root;
    },
    fresh: () => join(state.root, `table-${++state.count}`),
    async file(content) {
      const path = join(state.root, `upload-${++state.count}.csv`);
      await writeFile(path, content);
      return path;
    },
    async ingest(content, plan = {}, more = {}) {
      const source = await temporary.file(content);
      const folder = temporary.fresh();
      const meta = await temporary.tables.ingest({ source, plan: readPlan(plan), target: folder, ...more });
      return { folder, meta };
    },
    unpacked: async () => (await readdir(join(state.root, 'engine'))).filter((name) => name.startsWith('unpacked-')),
    leftovers: async () =>
      (await readdir(state.root)).filter((name) => !name.startsWith('upload-') && name !== 'engine'),
  };
  return temporary;
}

/** CSV options may be left out; other formats give their whole plan. */
export function readPlan(plan: Readonly<Record<string, unknown>>): ReadPlan {
  return 'format' in plan && plan['format'] !== 'csv' ? (plan as unknown as ReadPlan) : CsvReadPlan.parse(plan);
}
