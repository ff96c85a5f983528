import { AppError } from '#contract';
import { sortCategories, typeEntry } from '#frame';

import type { TableColumn, TableNote } from '../table-meta.js';

import { text, type Engine } from './engine.js';

/** Levels beyond which an inferred Categorical is Text after all, and those a chosen one may have. */
const INFERRED_LEVELS = 1000;
const MAX_LEVELS = 100_000;

/**
 * The columns with the categories that were declared and those their data holds. An inferred Categorical with too many becomes Text, with a note.
 * @throws AppError `too-many-categories` for a chosen one.
 */
export async function withCategories(
  engine: Engine,
  parquet: string,
  columns: readonly TableColumn[],
  chosen: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<{ columns: TableColumn[]; notes: TableNote[] }> {
  const notes: TableNote[] = [];
  const settled: TableColumn[] = [];
  for (const column of columns) {
    if (column.type.type !== 'Categorical') {
      settled.push(column);
      continue;
    }
    const rows = await engine.rows(
      `SELECT DISTINCT ${column.id} FROM ${text(parquet)} WHERE ${column.id} IS NOT NULL LIMIT ${MAX_LEVELS + 1}`,
      [],
      signal,
    );
    if (rows.length > MAX_LEVELS && chosen.has(column.id)) {
      throw new AppError('too-many-categories', { column: column.name, count: rows.length, limit: MAX_LEVELS });
    }
    if (rows.length > INFERRED_LEVELS && !chosen.has(column.id)) {
      notes.push({
        code: 'type-fallback',
        column: column.name,
        values: { from: 'Categorical', to: 'Text', count: rows.length },
      });
      settled.push({ ...column, type: { ...typeEntry('Text'), encoding: 'utf-8' } });
      continue;
    }
    if (rows.length > INFERRED_LEVELS)
      notes.push({ code: 'categories-many', column: column.name, values: { count: rows.length } });
    const levels = new Set([...(column.type.categories ?? []), ...rows.map(([level]) => level as string)]);
    const entry = typeEntry('Categorical', sortCategories([...levels]));
    const { encoder, converted, dtype } = { ...entry, ...column.type };
    settled.push({ ...column, type: { ...entry, dtype, ...(encoder && { encoder }), converted: converted ?? false } });
  }
  return { columns: settled, notes };
}
