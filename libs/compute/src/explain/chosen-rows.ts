import { AppError, type RowScope, type SplitIndexes, SPLITS } from '#contract';
import { random } from '#linalg';

/** Rows one explainer explains at most: each is a group of its own in the answer. */
export const MOST_EXPLAINED = 500;
/** The reference's seed for a shuffled share. */
const SHUFFLE_SEED = 42;

/**
 * Row numbers of a scope: those asked for that exist, or a share of a part, one row at least.
 * @throws AppError `no-rows`, `split-empty-part` {part}, `explained-rows-too-many` {count, most}.
 */
export function chosenRows(scope: RowScope, splits: SplitIndexes | null, rowCount: number): number[] {
  const rows = 'rowIndexes' in scope ? existing(scope.rowIndexes, rowCount) : shareOf(scope, splits, rowCount);
  if (rows.length > MOST_EXPLAINED)
    throw new AppError('explained-rows-too-many', { count: rows.length, most: MOST_EXPLAINED });
  return rows;
}

function existing(rows: readonly number[], rowCount: number): number[] {
  const found = [...new Set(rows)].filter((row) => row < rowCount);
  if (found.length === 0) throw new AppError('no-rows');
  return found;
}

function shareOf(
  { part, percentage, shuffle }: Extract<RowScope, { part: unknown }>,
  splits: SplitIndexes | null,
  rowCount: number,
): number[] {
  const rows = splits
    ? part === 'all'
      ? SPLITS.flatMap((name) => [...splits[`${name}_indexes`]]).sort((a, b) => a - b)
      : [...splits[`${part}_indexes`]]
    : Array.from({ length: rowCount }, (_, row) => row);
  if (rows.length === 0) throw new AppError('split-empty-part', { part });
  const count = Math.max(1, Math.floor((rows.length * percentage) / 100));
  if (shuffle) {
    const { below } = random(SHUFFLE_SEED);
    for (let last = rows.length - 1; last > 0; last--) {
      const other = below(last + 1);
      [rows[last], rows[other]] = [rows[other]!, rows[last]!];
    }
  }
  return rows.slice(0, count);
}
