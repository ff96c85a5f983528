import { describe, expect, it } from 'vitest';

import { random } from '#linalg';

import { kFolds, stratifiedFolds } from './folds.js';

const counts = (fold: Uint8Array, folds: number, only: (row: number) => boolean = () => true): number[] =>
  Array.from({ length: folds }, (_, k) => fold.reduce((sum, at, row) => sum + (at === k && only(row) ? 1 : 0), 0));
const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** 600 rows of which some 70 %, 25 % and 5 % belong to three classes. */
const { float } = random(3);
const y = Int32Array.from({ length: 600 }, () => {
  const u = float();
  return u < 0.7 ? 0 : u < 0.95 ? 1 : 2;
});

describe('kFolds', () => {
  it('shuffled folds are as large as the others, equal for equal seeds only', () => {
    expect(counts(kFolds(103, 5, 1), 5)).toEqual(counts(kFolds(103, 5), 5));
    expect(kFolds(103, 5, 1)).toEqual(kFolds(103, 5, 1));
    expect(kFolds(103, 5, 2)).not.toEqual(kFolds(103, 5, 1));
  });

  it('a row is in each fold about equally often over many seeds', () => {
    const seen = new Int32Array(4);
    for (let seed = 0; seed < 2000; seed++) seen[kFolds(10, 4, seed)[3]!]!++;
    // Expected 600, 600, 400, 400 (3, 3, 2, 2 of ten rows); five standard deviations are some 110.
    [600, 600, 400, 400].forEach((expected, k) => expect(Math.abs(seen[k]! - expected)).toBeLessThan(110));
  });

  it.each([
    [3, 5],
    [10, 1],
    [10, 2.5],
  ])('refuses %i rows in %d folds', (rows, folds) => expect(() => kFolds(rows, folds)).toThrow('bad-parameter'));
});

describe('stratifiedFolds', () => {
  it.each([undefined, 7])('folds differ by one row at most, in all and of every class (seed %s)', (seed) => {
    const fold = stratifiedFolds(y, 7, seed);
    expect(spread(counts(fold, 7))).toBeLessThanOrEqual(1);
    for (const k of [0, 1, 2]) expect(spread(counts(fold, 7, (row) => y[row] === k))).toBeLessThanOrEqual(1);
  });

  it('shuffles within classes, equally for equal seeds', () => {
    expect(stratifiedFolds(y, 5, 1)).toEqual(stratifiedFolds(y, 5, 1));
    expect(stratifiedFolds(y, 5, 1)).not.toEqual(stratifiedFolds(y, 5));
    expect(stratifiedFolds(y, 5, 1)).not.toEqual(stratifiedFolds(y, 5, 2));
  });
});
