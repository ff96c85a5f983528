import { describe, expect, it } from 'vitest';

import { Cancelled, column, matrix, random } from '#linalg';

import { holdoutSplit, permutationImportance, shuffledRows, stratifiedSplit } from './index.js';

const shares = [0.6, 0.2, 0.2];

function expectPartition(parts: readonly Int32Array[], rows: number): void {
  expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
}

describe('splits', () => {
  it('shuffles by seed', () => {
    expectPartition([shuffledRows(100, 1)], 100);
    expect(shuffledRows(100, 1)).toEqual(shuffledRows(100, 1));
    expect(shuffledRows(100, 1)).not.toEqual(shuffledRows(100, 2));
  });
  it.each([
    [10, [6, 2, 2]],
    [11, [7, 2, 2]],
    [13, [8, 3, 2]],
    [4, [2, 1, 1]],
  ])('deals %i rows as %j', (rows, sizes) => {
    const parts = holdoutSplit(rows, shares, 4);
    expect(parts.map((part) => part.length)).toEqual(sizes);
    expectPartition(parts, rows);
  });
  it('keeps the order of rows without a seed', () => {
    expect(holdoutSplit(5, [0.6, 0.4]).map((part) => [...part])).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps the share of every class in every part (seed %i)', (seed) => {
    const { below } = random(seed);
    const rows = 50 + below(100);
    const y = Int32Array.from({ length: rows }, () => Math.min(below(6), below(6)));
    const parts = stratifiedSplit(y, shares, seed);
    expectPartition(parts, rows);
    expect(parts.map((part) => part.length)).toEqual(holdoutSplit(rows, shares, seed).map((part) => part.length));
    const members = (part: Int32Array, k: number): number => part.filter((i) => y[i] === k).length;
    const all = Int32Array.from(y.keys());
    parts.forEach((part, p) => {
      for (let k = 0; k < 6; k++) expect(Math.abs(members(part, k) - shares[p]! * members(all, k))).toBeLessThan(1);
    });
    expect(stratifiedSplit(y, shares, seed)).toEqual(parts);
  });
  it('a part without a share stays empty, one with a share must not', () => {
    expect(holdoutSplit(2, [0.5, 0.5, 0], 1)[2]).toHaveLength(0);
    expect(() => holdoutSplit(2, shares, 1)).toThrow(/split-empty-part/);
    expect(() => stratifiedSplit(Int32Array.of(0, 1), shares, 1)).toThrow(/split-empty-part/);
  });
  it.each([[[0.5, 0.6]], [[-0.5, 1.5]], [[Number.NaN, 1]]])('refuses the shares %j', (bad) => {
    expect(() => holdoutSplit(10, bad, 1)).toThrow(/bad-parameter/);
  });
});

describe('permutationImportance', () => {
  const { normal } = random(1);
  const x = matrix(300, 3, Float64Array.from({ length: 900 }, normal));
  const target = column(x, 0).map((value, i) => 3 * value + column(x, 1)[i]!);
  const score = (m: typeof x): number =>
    -target.reduce((sum, t, i) => sum + (t - 3 * m.data[i]! - m.data[300 + i]!) ** 2, 0) / 300;

  it('ranks columns by what the model needs, and leaves the data alone', () => {
    const before = x.data.slice();
    const [a, b, c] = permutationImportance(x, score, { repeats: 5, seed: 1 });
    // Shuffling adds twice the variance of the column's part: 2 × 9 and 2 × 1.
    expect(a!.mean).toBeGreaterThan(14);
    expect(b!.mean).toBeGreaterThan(1.5);
    expect(b!.mean).toBeLessThan(2.5);
    expect([c!.mean, c!.deviation]).toEqual([0, 0]);
    expect(a!.deviation).toBeGreaterThan(0);
    expect(x.data).toEqual(before);
    expect(permutationImportance(x, score, { repeats: 5, seed: 1 })[0]).toEqual(a);
  });
  it('stops when cancelled', () => {
    const tick = (done: number): void => {
      if (done === 3) throw new Cancelled();
    };
    expect(() => permutationImportance(x, score, { repeats: 5, seed: 1, tick })).toThrow(Cancelled);
  });
});
