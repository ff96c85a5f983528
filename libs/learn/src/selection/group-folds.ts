import { NumericError } from '#linalg';

import { shuffledRows } from './splits.js';

function sizesOf(groups: Int32Array, folds: number): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= 256) || sizes.size < folds)
    throw new NumericError('bad-parameter', { parameter: 'folds', value: `${folds} of ${sizes.size} groups` });
  return sizes;
}

/** The groups in rising order, each with its place among them. */
const ordered = (sizes: Map<number, number>): number[] => [...sizes.keys()].sort((a, b) => a - b);

/**
 * Which of k folds each row is in, rows of a group together: group by group, the largest first, into the fold that has the fewest
 * rows; with a seed, shuffled groups in equal numbers, whatever their rows. 2–256 folds, no more than groups, or `bad-parameter`.
 * Of equally large groups the later one goes first. Source: GroupKFold of scikit-learn.
 */
export function groupFolds(groups: Int32Array, folds: number, seed?: number): Uint8Array {
  const sizes = sizesOf(groups, folds);
  const names = ordered(sizes);
  const foldOf = new Map<number, number>();
  if (seed === undefined) {
    const rows = new Float64Array(folds);
    for (const group of names.reverse().sort((a, b) => sizes.get(b)! - sizes.get(a)!)) {
      const fold = rows.indexOf(Math.min(...rows));
      rows[fold]! += sizes.get(group)!;
      foldOf.set(group, fold);
    }
  } else {
    const order = shuffledRows(names.length, seed);
    const longer = names.length % folds;
    const size = (names.length - longer) / folds;
    for (let at = 0, fold = 0; fold < folds; fold++)
      for (let end = at + size + (fold < longer ? 1 : 0); at < end; at++) foldOf.set(names[order[at]!]!, fold);
  }
  return Uint8Array.from(groups, (group) => foldOf.get(group)!);
}

/**
 * Which of k folds each row is in, rows of a group together and the shares of the classes as alike as they can be: group by group,
 * the most uneven in its classes first, into the fold that leaves the shares of the classes over the folds most even, of equally
 * good ones that with the fewest rows; with a seed, groups that are equally uneven in random order. `y` holds classes from 0 on.
 * Errors as {@link groupFolds}. Source: StratifiedGroupKFold of scikit-learn.
 */
export function stratifiedGroupFolds(y: Int32Array, groups: Int32Array, folds: number, seed?: number): Uint8Array {
  const names = ordered(sizesOf(groups, folds));
  const place = new Map(names.map((group, at) => [group, at]));
  const classes = y.reduce((most, k) => Math.max(most, k), -1) + 1;
  const inAll = new Float64Array(classes);
  const inGroup = names.map(() => new Float64Array(classes));
  for (const [row, k] of y.entries()) {
    inAll[k]!++;
    inGroup[place.get(groups[row]!)!]![k]!++;
  }
  const present = [...inAll.keys()].filter((k) => inAll[k]! > 0);
  const uneven = inGroup.map((counts) => deviation(present.map((k) => counts[k]!)));
  const order = seed === undefined ? [...names.keys()] : Array.from(shuffledRows(names.length, seed));
  const inFold = Array.from({ length: folds }, () => new Float64Array(classes));
  const foldOf = new Uint8Array(names.length);
  for (const at of order.sort((a, b) => uneven[b]! - uneven[a]!)) {
    const fold = bestFold(inFold, inGroup[at]!, { present, inAll });
    for (const k of present) inFold[fold]![k]! += inGroup[at]![k]!;
    foldOf[at] = fold;
  }
  return Uint8Array.from(groups, (group) => foldOf[place.get(group)!]!);
}

function bestFold(
  inFold: readonly Float64Array[],
  added: Float64Array,
  { present, inAll }: { present: readonly number[]; inAll: Float64Array },
): number {
  let [best, least, fewest] = [0, Infinity, Infinity];
  for (let fold = 0; fold < inFold.length; fold++) {
    const deviations = present.map((k) =>
      deviation(inFold.map((counts, at) => (counts[k]! + (at === fold ? added[k]! : 0)) / inAll[k]!)),
    );
    const value = deviations.reduce((sum, each) => sum + each, 0) / present.length;
    const rows = inFold[fold]!.reduce((sum, count) => sum + count, 0);
    if (value < least || (alike(value, least) && rows < fewest)) [best, least, fewest] = [fold, value, rows];
  }
  return best;
}

/** As numpy's isclose. */
const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);

/** Population standard deviation, summed and multiplied as numpy does it: ties hang on the last bit. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}
