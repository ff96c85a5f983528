import { createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { CORE_SCHEMA, load } from 'js-yaml';

import type { SwanlogRun, SwanlogSkip, SwanlogTag } from '#contract';

import { linesOf, momentOf } from './read-lines.js';
import type { SwanDatabase } from './swan-database.js';
import { writeTag } from './write-tag.js';

const MAX_TEXT_BYTES = 8 * 1024 ** 2;
const MAX_ERROR_LINES = 2000;

/** Where a run's unpacked files are, and where what is read of them goes. */
export interface RunFolder {
  readonly folder: string;
  /** Files of the run by their name in it. */
  readonly files: ReadonlyMap<string, string>;
  readonly tick: () => void;
  readonly skip: (skipped: SwanlogSkip) => void;
}

type Row = SwanDatabase['experiments'][number];

/** Reads one run and writes its points, objects and lines into files of plain form. */
export async function writeRun(row: Row, db: SwanDatabase, at: RunFolder): Promise<SwanlogRun> {
  const config = await readConfig(at);
  const tags: SwanlogTag[] = [];
  for (const tag of db.tags.filter(({ experiment_id }) => experiment_id === row.id)) {
    at.tick();
    const written = await writeTag(tag, row.run_id, at);
    const failure = db.failures.get(tag.id);
    if (written !== undefined) tags.push(failure === undefined ? written : { ...written, failure });
  }
  return {
    runId: row.run_id,
    name: row.name,
    description: row.description,
    status: row.status,
    shown: row.show !== 0,
    light: row.light,
    dark: row.dark,
    version: row.version,
    pinnedOpened: row.pinned_opened,
    hiddenOpened: row.hidden_opened,
    startedMs: dateOf(row.create_time),
    endedMs: dateOf(row.finish_time),
    params: Object.fromEntries(config.map(({ key, value }) => [key, value])),
    config: Object.fromEntries(config.map(({ key, desc, sort }) => [key, { desc, sort }])),
    system: await readSystem(at),
    requirements: await textLines(at, 'files/requirements.txt'),
    error: (await textLines(at, 'console/error.log'))?.slice(0, MAX_ERROR_LINES) ?? null,
    console: await writeConsole(row.id, at),
    tags,
    charts: db.charts.filter(({ experiment_id }) => experiment_id === row.id),
  };
}

function dateOf(text: string | null): number | null {
  const ms = text === null ? NaN : momentOf(text);
  return Number.isFinite(ms) ? ms : null;
}

async function readText({ folder, files }: RunFolder, name: string): Promise<string | undefined> {
  const stored = files.get(name);
  if (stored === undefined) return undefined;
  const path = join(folder, stored);
  return (await stat(path)).size > MAX_TEXT_BYTES ? undefined : readFile(path, 'utf8');
}

const textLines = async (at: RunFolder, name: string): Promise<string[] | null> =>
  (await readText(at, name))?.split('\n') ?? null;

interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly desc: string;
  readonly sort: number;
}

/** The configuration in SwanLab's wrapping; a plain value passes for one. Read without any tag that could make objects. */
async function readConfig(at: RunFolder): Promise<Setting[]> {
  const text = await readText(at, 'files/config.yaml');
  if (text === undefined) return [];
  let tree: unknown;
  try {
    tree = load(text, { schema: CORE_SCHEMA });
  } catch {
    at.skip({ directory: 'files/config.yaml', code: 'file-unreadable' });
    return [];
  }
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return [];
  return Object.entries(tree)
    .map(([key, wrapped]: [string, unknown], place): Setting => {
      const { value, desc, sort } = isWrapped(wrapped) ? wrapped : { value: wrapped };
      return {
        key,
        value,
        desc: typeof desc === 'string' ? desc : '',
        sort: typeof sort === 'number' && Number.isSafeInteger(sort) ? sort : place,
      };
    })
    .sort((a, b) => a.sort - b.sort);
}

const isWrapped = (given: unknown): given is { value: unknown; desc?: unknown; sort?: unknown } =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, 'value');

async function readSystem(at: RunFolder): Promise<Record<string, unknown>> {
  const text = await readText(at, 'files/swanlab-metadata.json');
  try {
    const tree: unknown = JSON.parse(text ?? '{}');
    return typeof tree === 'object' && tree !== null && !Array.isArray(tree) ? (tree as Record<string, unknown>) : {};
  } catch {
    at.skip({ directory: 'files/swanlab-metadata.json', code: 'file-unreadable' });
    return {};
  }
}

/** All terminal output as one file, the days in their order; null when there is none. */
async function writeConsole(id: number, { folder, files, tick }: RunFolder): Promise<string | null> {
  const days = [...files.keys()].filter((name) => name.startsWith('console/') && name !== 'console/error.log').sort();
  if (days.length === 0) return null;
  const target = `console${id}`;
  async function* lines(): AsyncGenerator<string> {
    for (const day of days) {
      for await (const line of linesOf(join(folder, files.get(day)!))) {
        tick();
        yield `${line}\n`;
      }
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, target)));
  return target;
}
