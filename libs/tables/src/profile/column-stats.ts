import { isNumericType, type CategoricalColumn } from '#frame';

import { readFrame } from '../columns/read-frame.js';
import { text, type Engine } from '../engine/engine.js';
import { dataPath, type TableMeta } from '../table-meta.js';

import { batches } from './batches.js';
import { numericStats } from './numeric-stats.js';
import type { CategoricalStats, NumericStats, TextStats } from './table-info.js';

/** Statistics by column name; columns without a value are left out of the numeric ones. */
export interface ColumnStats {
  readonly numbers: Readonly<Record<string, NumericStats>>;
  readonly categories: Readonly<Record<string, CategoricalStats>>;
  readonly texts: Readonly<Record<string, TextStats>>;
}

/** Cells held in memory at a time, and columns of text looked at in one statement. */
const HELD_CELLS = 4_000_000;
const BATCH = 50;
/** From here on whole numbers are not told apart by a double. */
const INEXACT = 2 ** 53;

/** Statistics of every column, a few columns in memory at a time. */
export async function columnStats(
  engine: Engine,
  folder: string,
  meta: TableMeta,
  signal?: AbortSignal,
): Promise<ColumnStats> {
  const held = Math.max(1, Math.min(500, Math.floor(HELD_CELLS / Math.max(1, meta.rows))));
  const numbers: [string, NumericStats][] = [];
  const categories: [string, CategoricalStats][] = [];
  const coded = meta.columns.filter(({ type }) => type.type === 'Categorical' || isNumericType(type.type));
  for (const columns of batches(coded, held)) {
    const frame = await readFrame(engine, folder, { columns: columns.map(({ name }) => name), signal });
    for (const [index, column] of frame.columns.entries()) {
      if (column.kind === 'categorical') categories.push([column.name, categoricalStats(column)]);
      if (column.kind !== 'numeric') continue;
      const stats = numericStats(column.values);
      if (!stats) continue;
      const large = column.type.type === 'Integer' && Math.max(Math.abs(stats.min!), Math.abs(stats.max!)) >= INEXACT;
      numbers.push([
        column.name,
        large ? { ...stats, n_unique: await countDistinct(engine, folder, columns[index]!.id, signal) } : stats,
      ]);
    }
  }
  return {
    numbers: Object.fromEntries(numbers),
    categories: Object.fromEntries(categories),
    texts: await textStats(engine, folder, meta, signal),
  };
}

async function countDistinct(engine: Engine, folder: string, id: string, signal?: AbortSignal): Promise<number> {
  return Number((await engine.row(`SELECT count(DISTINCT ${id}) FROM ${text(dataPath(folder))}`, [], signal))[0]);
}

/** Among equally frequent levels the first in the dictionary leads. */
function categoricalStats({ codes, dictionary }: CategoricalColumn): CategoricalStats {
  const counts = new Float64Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const levels = dictionary.map((value, code) => ({ value, count: counts[code]! })).filter(({ count }) => count > 0);
  const top = levels.sort((a, b) => b.count - a.count).slice(0, 5);
  return {
    n_unique: levels.length,
    most_frequent: top[0]?.value ?? null,
    most_frequent_count: top[0]?.count ?? 0,
    top_5: top,
  };
}

/** Lengths and words of the text columns; words are what blanks separate. */
async function textStats(
  engine: Engine,
  folder: string,
  meta: TableMeta,
  signal?: AbortSignal,
): Promise<Record<string, TextStats>> {
  const stats: [string, TextStats][] = [];
  for (const columns of batches(
    meta.columns.filter(({ type }) => type.type === 'Text'),
    BATCH,
  )) {
    const parts = columns.map(({ id }) => {
      const length = `length(${id})`;
      return `avg(${length}), median(${length}), min(${length}), max(${length}), count(DISTINCT ${id}), avg(len(regexp_extract_all(${id}, '\\S+')))`;
    });
    const row = await engine.row(`SELECT ${parts.join(', ')} FROM ${text(dataPath(folder))}`, [], signal);
    columns.forEach(({ name }, index) => {
      const [average, median, min, max, unique, words] = row.slice(index * 6, index * 6 + 6).map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      stats.push([
        name,
        {
          avg_length: average,
          median_length: median,
          min_length: min,
          max_length: max,
          unique_count: unique,
          unique_ratio: meta.rows > 0 ? unique / meta.rows : 0,
          avg_word_count: words,
        },
      ]);
    });
  }
  return Object.fromEntries(stats);
}
