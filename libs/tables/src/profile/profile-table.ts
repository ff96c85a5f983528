import { isNumericType } from '#frame';

import { text, type Engine } from '../engine/engine.js';
import { dataPath, readMeta, type TableColumn, type TableMeta } from '../table-meta.js';

import { batches } from './batches.js';
import { correlate } from './correlate.js';
import { columnStats } from './column-stats.js';
import type { BasicInfo, TableInfo } from './table-info.js';

/** Columns looked at in one statement where a column costs little. */
const WIDE_BATCH = 500;
/** Distinct levels beyond which a Categorical is called high in cardinality. */
const HIGH_CARDINALITY = 100;

/** See Tables.profile. */
export async function profileTable(
  engine: Engine,
  folder: string,
  options: { signal?: AbortSignal | undefined; full?: boolean } = {},
): Promise<TableInfo> {
  const meta = await readMeta(folder);
  const { signal } = options;
  const data = text(dataPath(folder));
  const missing = await countMissing(engine, data, meta, signal);
  const basic: BasicInfo = {
    total_rows: meta.rows,
    total_columns: meta.columns.length,
    column_names: meta.columns.map(({ name }) => name),
    nan: byName(meta.columns, (_, index) => missing[index]!),
  };
  if (options.full === false) return basic;
  const { numbers, categories, texts } = await columnStats(engine, folder, meta, signal);
  const duplicates = await countDuplicates(engine, data, meta, signal);
  const holes = await countRowsWithHoles(engine, data, meta, missing, signal);
  const correlations = await correlate(engine, folder, meta, numbers, signal);
  const unique = new Map<string, number>([
    ...Object.entries(numbers).map(([name, stats]): [string, number] => [name, stats.n_unique]),
    ...Object.entries(categories).map(([name, stats]): [string, number] => [name, stats.n_unique]),
    ...Object.entries(texts).map(([name, stats]): [string, number] => [name, stats.unique_count]),
  ]);
  const named = (test: (column: TableColumn) => boolean) => meta.columns.filter(test).map(({ name }) => name);
  return {
    ...basic,
    general_info: {
      n_rows: meta.rows,
      n_columns: meta.columns.length,
      memory_usage_mb: (await arrowBytes(engine, data, meta, missing, signal)) / 1e6,
      duplicate_rows: duplicates,
      dtypes: byName(meta.columns, ({ type }) => type.type),
    },
    numeric_stats: numbers,
    categorical_stats: categories,
    text_stats: texts,
    quality_info: {
      constant_columns: named(({ name }) => unique.get(name) === 1),
      high_cardinality_columns: named(
        ({ name, type }) => type.type === 'Categorical' && (unique.get(name) ?? 0) > HIGH_CARDINALITY,
      ),
      possible_id_columns: named(({ name }) => meta.rows > 0 && unique.get(name) === meta.rows),
      nan_ratio_per_column: byName(meta.columns, (_, index) => (meta.rows > 0 ? missing[index]! / meta.rows : 0)),
      rows_with_any_nan: holes.any,
      rows_with_multiple_nan: holes.multiple,
      data_quality_score: qualityScore(meta, missing, duplicates),
    },
    ...correlations,
  };
}

/** 100 × (0.7 × completeness + 0.3 × uniqueness). */
function qualityScore(meta: TableMeta, missing: readonly number[], duplicates: number): number {
  const cells = meta.rows * meta.columns.length;
  if (cells === 0) return 0;
  const completeness = 1 - missing.reduce((sum, count) => sum + count, 0) / cells;
  return 100 * (0.7 * completeness + 0.3 * (1 - duplicates / meta.rows));
}

async function countMissing(engine: Engine, data: string, meta: TableMeta, signal?: AbortSignal): Promise<number[]> {
  const counts: number[] = [];
  for (const columns of batches(meta.columns, WIDE_BATCH)) {
    const row = await engine.row(
      `SELECT ${columns.map(({ id }) => `count(*) - count(${id})`).join(', ')} FROM ${data}`,
      [],
      signal,
    );
    counts.push(...row.map(Number));
  }
  return counts;
}

/** Rows that repeat an earlier one, by a 64-bit hash; 0 when every column is Categorical, where repeats are to be expected. */
async function countDuplicates(engine: Engine, data: string, meta: TableMeta, signal?: AbortSignal): Promise<number> {
  if (meta.columns.every(({ type }) => type.type === 'Categorical')) return 0;
  const columns = meta.columns.filter(({ type }) => type.type !== 'Image').map(({ id }) => id);
  if (columns.length === 0) return 0;
  const [count] = await engine.row(
    `SELECT count(*) - count(DISTINCT hash(${columns.join(', ')})) FROM ${data}`,
    [],
    signal,
  );
  return Number(count);
}

async function countRowsWithHoles(
  engine: Engine,
  data: string,
  meta: TableMeta,
  missing: readonly number[],
  signal?: AbortSignal,
): Promise<{ any: number; multiple: number }> {
  const holes = meta.columns.filter((_, index) => missing[index]! > 0).map(({ id }) => `(${id} IS NULL)::INTEGER`);
  if (holes.length === 0) return { any: 0, multiple: 0 };
  const row = await engine.row(
    `SELECT count(*) FILTER (n > 0), count(*) FILTER (n > 1) FROM (SELECT ${sumOf(holes)} AS n FROM ${data})`,
    [],
    signal,
  );
  return { any: Number(row[0]), multiple: Number(row[1]) };
}

/** A sum as a balanced tree: a chain of thousands of terms is deeper than the parser allows. */
function sumOf(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0]!;
  const half = terms.length >> 1;
  return `(${sumOf(terms.slice(0, half))} + ${sumOf(terms.slice(half))})`;
}

/** The size of the table as Arrow arrays: 8 bytes a number, offsets and bytes of texts, a bit a row where cells are missing. */
async function arrowBytes(
  engine: Engine,
  data: string,
  meta: TableMeta,
  missing: readonly number[],
  signal?: AbortSignal,
): Promise<number> {
  let bytes = missing.filter((count) => count > 0).length * Math.ceil(meta.rows / 8);
  for (const columns of batches(meta.columns, WIDE_BATCH)) {
    const words = columns.filter(({ type }) => !isNumericType(type.type));
    bytes += (columns.length - words.length) * 8 * meta.rows + words.length * 4 * (meta.rows + 1);
    if (words.length === 0) continue;
    const sums = await engine.row(
      `SELECT ${words.map(({ id }) => `coalesce(sum(strlen(${id}::VARCHAR)), 0)::DOUBLE`).join(', ')} FROM ${data}`,
      [],
      signal,
    );
    bytes += sums.reduce<number>((sum, size) => sum + Number(size), 0);
  }
  return bytes;
}

function byName<T>(
  columns: readonly TableColumn[],
  value: (column: TableColumn, index: number) => T,
): Record<string, T> {
  return Object.fromEntries(columns.map((column, index) => [column.name, value(column, index)]));
}
