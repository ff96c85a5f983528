import { AppError } from '#contract';
import { groupFolds, shuffledRows, stratifiedGroupFolds } from '#learn';
import { deriveSeed } from '#linalg';

import { type Division, rowSet } from '../kit/splitter.js';

import { type FoldPlan, foldSets, without } from './fold-rows.js';
import { stratifyNeedsClasses } from './fold-texts.js';

/** Which group a row is in, for splitters that keep groups whole. @throws AppError `group-column-missing`. */
function groupsFrom(groups: Int32Array | null): Int32Array {
  if (groups) return groups;
  throw new AppError('group-column-missing');
}

/**
 * Test rows of whole groups drawn at random, `share` of the groups rounded up, and folds of the others in which groups stay whole.
 * @throws AppError `splits-invalid` {reason}, `groups-too-few` {folds, groups}.
 */
function groupRows(
  groups: Int32Array,
  classes: Int32Array | null,
  { folds, shuffle, seed, testShare, stratify }: Omit<FoldPlan, 'repeats'>,
): Division {
  if (stratify && !classes) throw new AppError('splits-invalid', { reason: stratifyNeedsClasses });
  const names = [...new Set(groups)].sort((a, b) => a - b);
  // A hair is taken away, so that 0.1 of 30 is 3 and not 3.0000000000000004 rounded up.
  const held = Math.ceil(names.length * testShare - 1e-9);
  if (names.length - held < folds) throw new AppError('groups-too-few', { folds, groups: names.length - held });
  const drawn = new Set(Array.from(shuffledRows(names.length, seed).subarray(0, held), (at) => names[at]!));
  const test = rowSet([...groups.keys()].filter((row) => drawn.has(groups[row]!)));
  const pool = without(groups.length, test);
  const left = pool.map((row) => groups[row]!);
  const own = shuffle ? deriveSeed(seed, 0) : undefined;
  const fold = stratify
    ? stratifiedGroupFolds(
        pool.map((row) => classes![row]!),
        left,
        folds,
        own,
      )
    : groupFolds(left, folds, own);
  return {
    train: { count: pool.length, list: () => pool },
    validation: rowSet([]),
    test,
    folds: Array.from({ length: folds }, (_, k) => foldSets(pool, fold, k)),
  };
}

/** What the splitters by groups take beside rows and classes. */
interface GroupParams {
  readonly n_splits: number;
  readonly shuffle: boolean;
  readonly random_state: number;
  readonly test_size: number;
}

/** How such a splitter divides rows: with the shares of the classes kept, or without regard to them. */
export const groupSplit =
  (stratify: boolean) =>
  (
    _rows: number,
    classes: Int32Array | null,
    { n_splits, shuffle, random_state, test_size }: GroupParams,
    groups: Int32Array | null,
  ): Division =>
    groupRows(groupsFrom(groups), classes, {
      folds: n_splits,
      shuffle,
      seed: random_state,
      testShare: test_size,
      stratify,
    });
