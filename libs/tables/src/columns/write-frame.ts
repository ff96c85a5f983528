import { AppError } from '#contract';
import type { Column, Frame } from '#frame';

import { draftFolder, parquetOptions } from '../engine/draft.js';
import { text, type Engine } from '../engine/engine.js';
import {
  columnOf,
  dataPath,
  readMeta,
  writeMeta,
  type TableColumn,
  type TableMeta,
  type TableNote,
} from '../table-meta.js';
import { storageType } from '../types/column-sql.js';

import type { FrameSource } from './frame-source.js';

/** See Tables.writeFrame. */
export async function writeFrame(
  engine: Engine,
  source: FrameSource,
  frame: Frame,
  folder: string,
  options: { signal?: AbortSignal | undefined; notes?: readonly TableNote[] } = {},
): Promise<TableMeta> {
  const columns = frame.columns.map((column, index) => tableColumn(column, `c${index}`));
  const meta: TableMeta = { version: 1, rows: frame.rows, columns, notes: options.notes ?? [] };
  await draftFolder(folder, async (draft) => {
    const select = columns
      .map((column, index) => `${storedValue(frame.columns[index]!, `c${index}`)} AS ${column.id}`)
      .join(', ');
    await source.lend(frame, (rows) =>
      copyTo(engine, `SELECT ${select} FROM ${rows}`, draft, columns.length, options.signal),
    );
    await writeMeta(draft, meta);
  });
  return meta;
}

/** See Tables.appendColumns. */
export async function appendColumns(
  engine: Engine,
  source: FrameSource,
  folder: string,
  frame: Frame,
  { target, signal }: { target: string; signal?: AbortSignal | undefined },
): Promise<TableMeta> {
  const meta = await readMeta(folder);
  if (frame.rows !== meta.rows) throw new RangeError(`${frame.rows} rows for a table of ${meta.rows}`);
  const nextId = 1 + Math.max(-1, ...meta.columns.map(({ id }) => Number(id.slice(1))));
  const added = frame.columns.map((column, index) => tableColumn(column, `c${nextId + index}`));
  const replaced = new Set(added.map(({ name }) => name));
  const kept = meta.columns.filter(({ name }) => !replaced.has(name));
  const columns = inPlace(meta.columns, kept, added);
  const next: TableMeta = { version: 1, rows: meta.rows, columns, notes: meta.notes };
  await draftFolder(target, async (draft) => {
    const fresh = added.map(({ id }, index) => `${storedValue(frame.columns[index]!, `f.c${index}`)} AS ${id}`);
    const select = [...kept.map(({ id }) => `t.${id}`), ...fresh].join(', ');
    await source.lend(frame, (rows) =>
      copyTo(
        engine,
        `SELECT ${select} FROM ${text(dataPath(folder))} t POSITIONAL JOIN ${rows} f`,
        draft,
        columns.length,
        signal,
      ),
    );
    await writeMeta(draft, next);
  });
  return next;
}

/** See Tables.dropColumns. */
export async function dropColumns(
  engine: Engine,
  folder: string,
  names: readonly string[],
  target: string,
  signal?: AbortSignal,
): Promise<TableMeta> {
  const meta = await readMeta(folder);
  const dropped = new Set(names.map((name) => columnOf(meta, name).id));
  const columns = meta.columns.filter(({ id }) => !dropped.has(id));
  if (columns.length === 0) throw new AppError('column-selection-invalid', { reason: names.join(', ') });
  const next: TableMeta = { version: 1, rows: meta.rows, columns, notes: meta.notes };
  await draftFolder(target, async (draft) => {
    await copyTo(
      engine,
      `SELECT ${columns.map(({ id }) => id).join(', ')} FROM ${text(dataPath(folder))}`,
      draft,
      columns.length,
      signal,
    );
    await writeMeta(draft, next);
  });
  return next;
}

/** New columns take the place of those with the same name, others go to the end. */
function inPlace(
  old: readonly TableColumn[],
  kept: readonly TableColumn[],
  added: readonly TableColumn[],
): TableColumn[] {
  const fresh = new Map(added.map((column) => [column.name, column]));
  const places = old.map((column) => (kept.includes(column) ? column : fresh.get(column.name)!));
  return [...places, ...added.filter((column) => !places.includes(column))];
}

function tableColumn(column: Column, id: string): TableColumn {
  const { name, type } = column;
  if (column.kind !== 'categorical') return { id, name, type };
  return { id, name, type: { ...type, categories: [...column.dictionary], num_categories: column.dictionary.length } };
}

/** The value as its type stores it; whole numbers that are none, or too large, are kept as they are. */
function storedValue(column: Column, source: string): string {
  if (column.kind !== 'numeric') return `${source}::VARCHAR`;
  const isWhole =
    column.type.type === 'Integer' &&
    column.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
  return isWhole ? `${source}::${storageType(column.type)}` : source;
}

/** Writes the result of a query as the data of a table. */
export async function copyTo(
  engine: Engine,
  select: string,
  folder: string,
  columns: number,
  signal?: AbortSignal,
): Promise<void> {
  await engine.rows(`COPY (${select}) TO ${text(dataPath(folder))} ${parquetOptions(columns)}`, [], signal);
}
