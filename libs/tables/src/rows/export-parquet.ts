import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { AppError } from '#contract';

import { type Engine, text } from '../engine/engine.js';
import type { Cancellable } from '../tables.js';
import { type ColumnKind, joinKinds, kindOf, typeOf } from './column-kind.js';

/** Fields by name; values of JSON. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** One row as JSON, at most. */
const LARGEST_ROW = 64 * 1024 ** 2;

/** See Tables.exportParquet. Two passes: types are known when the last row was seen. */
export async function exportParquet(
  engine: Engine,
  pages: AsyncIterable<readonly PlainRow[]>,
  { first = [], signal }: Cancellable & { first?: readonly string[] } = {},
): Promise<Readable> {
  const folder = await mkdtemp(join(engine.settings.tempDirectory, 'parquet-'));
  try {
    const lines = join(folder, 'rows.ndjson');
    const target = join(folder, 'rows.parquet');
    const columns = await writeLines(lines, pages, first, signal);
    await engine.use((connection) => connection.run(copySql(lines, target, columns)), signal);
    const handle = await open(target);
    // The name goes at once; the bytes go with the last who reads them.
    return handle.createReadStream();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes rows as lines of JSON, columns by number: names of DuckDB do not tell small letters from large ones. */
async function writeLines(
  path: string,
  pages: AsyncIterable<readonly PlainRow[]>,
  first: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ColumnKind>> {
  const kinds = new Map<string, ColumnKind>(first.map((name) => [name, 'DOUBLE']));
  const places = new Map(first.map((name, place) => [name, place]));
  const handle = await open(path, 'w');
  try {
    for await (const page of pages) {
      if (signal?.aborted) throw new AppError('cancelled');
      const lines = page.map((row) => {
        const fields = Object.entries(row).map(([name, value]) => {
          kinds.set(name, joinKinds(kinds.get(name) ?? '', kindOf(value)));
          if (!places.has(name)) places.set(name, places.size);
          return `"c${places.get(name)}":${JSON.stringify(value ?? null)}`;
        });
        return `{${fields.join(',')}}\n`;
      });
      await handle.write(lines.join(''));
    }
  } finally {
    await handle.close();
  }
  return kinds;
}

function copySql(lines: string, target: string, columns: ReadonlyMap<string, ColumnKind>): string {
  const named = [...columns].map(([name, kind], place) => ({ id: `c${place}`, name, type: typeOf(kind) }));
  const types = named.map(({ id, type }) => `${id}: '${type}'`).join(', ');
  const picked = named.map(({ id, name, type }) => `${type === 'JSON' ? `${id}::VARCHAR` : id} AS "${name.replaceAll('"', '""')}"`); // prettier-ignore
  const source = `read_json(${text(lines)}, format = 'newline_delimited', columns = {${types}}, maximum_object_size = ${LARGEST_ROW})`;
  return `COPY (SELECT ${picked.join(', ')} FROM ${source}) TO ${text(target)} (FORMAT parquet, COMPRESSION zstd)`;
}
