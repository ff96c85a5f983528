import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError, type ColumnType, type ColumnTypes } from '#contract';

import type { TableInfo } from './profile/table-info.js';

/** Something the reader of a table should know, as data: a code, the column it is about and what fills its text. */
export interface TableNote {
  readonly code:
    'bad-lines-skipped' | 'categories-many' | 'images-broken' | 'name-changed' | 'quotes-repaired' | 'type-fallback';
  readonly column: string | null;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A column of a stored table: `id` is its name inside the Parquet file, which no user text reaches. */
export interface TableColumn {
  readonly id: string;
  readonly name: string;
  readonly type: ColumnType;
}

/** `meta.json` beside the data: the columns in order, remarks of the reading, and the profile once it was taken. */
export interface TableMeta {
  readonly version: 1;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  readonly notes: readonly TableNote[];
  readonly info?: TableInfo;
}

export const dataPath = (folder: string): string => join(folder, 'data.parquet');
const metaPath = (folder: string): string => join(folder, 'meta.json');

/** Column name → type entry, in column order. */
export function typesOf(meta: TableMeta): ColumnTypes {
  return Object.fromEntries(meta.columns.map(({ name, type }) => [name, type]));
}

/** The description of the table in this folder. @throws AppError `not-found`. */
export async function readMeta(folder: string): Promise<TableMeta> {
  try {
    return JSON.parse(await readFile(metaPath(folder), 'utf8')) as TableMeta;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new AppError('not-found', {}, { cause: error });
    throw error;
  }
}

/** Writes the description atomically: readers see the old one or the new one. */
export async function writeMeta(folder: string, meta: TableMeta): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${metaPath(folder)}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, JSON.stringify(meta));
    await rename(draft, metaPath(folder));
  } finally {
    await rm(draft, { force: true });
  }
}

/** The column of this name. @throws AppError `column-not-found`. */
export function columnOf(meta: TableMeta, name: string): TableColumn {
  const found = meta.columns.find((candidate) => candidate.name === name);
  if (!found) throw new AppError('column-not-found', { column: name });
  return found;
}
