import { NumericError, deriveSeed, random } from '#linalg';

import { shuffledRows } from './splits.js';

function checkFolds(rows: number, folds: number): void {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= 256))
    throw new NumericError('bad-parameter', { parameter: 'folds', value: folds });
  if (rows < folds) throw new NumericError('bad-parameter', { parameter: 'folds', value: `${folds} of ${rows} rows` });
}

/**
 * Which of k folds each row is in: runs of neighbouring rows, the first `rows % folds` of them one row longer; with a seed, runs of
 * the shuffled rows. 2–256 folds, no more than rows, or `bad-parameter`. Source: KFold of scikit-learn.
 */
export function kFolds(rows: number, folds: number, seed?: number): Uint8Array {
  checkFolds(rows, folds);
  const order = seed === undefined ? Int32Array.from({ length: rows }, (_, i) => i) : shuffledRows(rows, seed);
  const fold = new Uint8Array(rows);
  const longer = rows % folds;
  const size = (rows - longer) / folds;
  for (let at = 0, k = 0; k < folds; k++)
    for (let end = at + size + (k < longer ? 1 : 0); at < end; at++) fold[order[at]!] = k;
  return fold;
}

/**
 * Which of k folds each row is in, so that the folds differ by one row at most, of every class and in all: class by class in the
 * order in which classes first occur, its rows in their order, or shuffled with a seed. `y` holds classes from 0 on. Errors as
 * {@link kFolds}. Source: StratifiedKFold of scikit-learn (its allocation of 0.22 and later).
 */
export function stratifiedFolds(y: Int32Array, folds: number, seed?: number): Uint8Array {
  checkFolds(y.length, folds);
  const place = new Map<number, number>();
  for (const k of y) if (!place.has(k)) place.set(k, place.size);
  const sizes = new Int32Array(place.size);
  for (const k of y) sizes[place.get(k)!]!++;
  // Rows sorted by class and dealt out in turn: how many of each class every fold gets.
  const quota = Array.from({ length: folds }, () => new Int32Array(place.size));
  for (let k = 0, at = 0; k < place.size; k++)
    for (let left = sizes[k]!; left > 0; left--, at++) quota[at % folds]![k]!++;
  const tickets = Array.from(sizes, (size, k) => {
    const drawn = new Uint8Array(size);
    for (let fold = 0, at = 0; fold < folds; fold++) for (let n = quota[fold]![k]!; n > 0; n--) drawn[at++] = fold;
    if (seed !== undefined) shuffle(drawn, deriveSeed(seed, k));
    return drawn;
  });
  const used = new Int32Array(place.size);
  return Uint8Array.from(y, (value) => {
    const k = place.get(value)!;
    return tickets[k]![used[k]!++]!;
  });
}

/** Fisher and Yates. */
function shuffle(values: Uint8Array, seed: number): void {
  const { below } = random(seed);
  for (let i = values.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}
