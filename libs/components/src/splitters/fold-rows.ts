import { AppError } from '#contract';
import { kFolds, shuffledRows, stratifiedFolds } from '#learn';
import { deriveSeed } from '#linalg';

import { type Division, type Fold, rowSet, type RowSet } from '../kit/splitter.js';

import { drawRows } from './draw-rows.js';
import { stratifyNeedsClasses } from './fold-texts.js';

/** How rows are divided into folds. */
export interface FoldPlan {
  readonly folds: number;
  readonly repeats: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** Share of the rows that is drawn before the folds are made of the rest. */
  readonly testShare: number;
  /** Keep the shares of the classes in the test rows and in every fold. */
  readonly stratify: boolean;
}

/**
 * Test rows drawn at random, `round(rows × share)` of them, and folds of the others.
 * @throws AppError `splits-invalid` {reason}, `split-empty-part` {part}, `folds-too-many` {folds, rows}, `classes-too-rare`
 * {folds, most} when no class has as many rows as there are folds.
 */
export function foldRows(rows: number, classes: Int32Array | null, plan: FoldPlan): Division {
  const { folds, repeats, shuffle, seed, testShare, stratify } = plan;
  if (stratify && !classes) throw new AppError('splits-invalid', { reason: stratifyNeedsClasses });
  const held = Math.round(rows * testShare);
  if (testShare > 0 && held === 0) throw new AppError('split-empty-part', { part: 'test' });
  if (rows - held < folds) throw new AppError('folds-too-many', { folds, rows: rows - held });
  const drawn = held === 0 ? [] : drawRows(Array.from(shuffledRows(rows, seed)), stratify ? classes : null, held)[0];
  const test = rowSet(drawn);
  const pool = without(rows, test);
  const strata = stratify ? pool.map((row) => classes![row]!) : null;
  if (strata) refuseRare(strata, folds);
  const assignments = Array.from({ length: repeats }, (_, repeat) => {
    const own = shuffle ? deriveSeed(seed, repeat) : undefined;
    return strata ? stratifiedFolds(strata, folds, own) : kFolds(pool.length, folds, own);
  });
  const sets = assignments.flatMap((fold) => Array.from({ length: folds }, (_, k) => foldSets(pool, fold, k)));
  return { train: { count: pool.length, list: () => pool }, validation: rowSet([]), test, folds: sets };
}

/** The rows, in order, that are not among these. */
export function without(rows: number, gone: RowSet): Int32Array {
  const held = new Uint8Array(rows);
  for (const row of gone.list()) held[row] = 1;
  const rest = new Int32Array(rows - gone.count);
  for (let row = 0, at = 0; row < rows; row++) if (held[row] === 0) rest[at++] = row;
  return rest;
}

/** What learns and what judges when fold `k` of the pool is left out. */
export function foldSets(pool: Int32Array, fold: Uint8Array, k: number): Fold {
  const count = fold.reduce((sum, at) => sum + (at === k ? 1 : 0), 0);
  return {
    train: { count: pool.length - count, list: () => pool.filter((_, i) => fold[i] !== k) },
    validation: { count, list: () => pool.filter((_, i) => fold[i] === k) },
  };
}

function refuseRare(strata: Int32Array, folds: number): void {
  const sizes = new Map<number, number>();
  for (const k of strata) sizes.set(k, (sizes.get(k) ?? 0) + 1);
  const most = Math.max(...sizes.values());
  if (most < folds) throw new AppError('classes-too-rare', { folds, most });
}
