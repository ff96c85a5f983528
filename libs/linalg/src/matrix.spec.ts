import { describe, expect, it } from 'vitest';

import { argsort, column, deriveSeed, fromRows, matrix, NumericError, random, serial, takeRows } from './index.js';

describe('matrix', () => {
  const m = fromRows([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  it('keeps its columns together', () => {
    expect([...m.data]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([...column(m, 1)]).toEqual([2, 4, 6]);
  });

  it('takes rows in any order, with repeats', () => {
    expect([...takeRows(m, [2, 0, 2]).data]).toEqual([5, 1, 5, 6, 2, 6]);
  });

  it('refuses ragged rows and a wrong length', () => {
    expect(() => fromRows([[1, 2], [3]])).toThrow(NumericError);
    expect(() => matrix(2, 2, new Float64Array(3))).toThrow(expect.objectContaining({ code: 'bad-shape' }));
  });
});

describe('argsort', () => {
  it.each([50, 30_000])('sorts %i values, ties in order, NaN last', (n) => {
    const { normal, below } = random(n);
    const values = Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? below(5) - 2 : normal() * 10 ** below(9)));
    values[3] = Number.NaN;
    values[5] = -0;
    values[6] = Number.NEGATIVE_INFINITY;
    const expected = Array.from(values, (_, i) => i).sort((a, b) => {
      if (Number.isNaN(values[a])) return 1;
      return Number.isNaN(values[b]) ? -1 : values[a]! - values[b]! || a - b;
    });
    expect([...argsort(values)]).toEqual(expected);
  });

  it('sorts nothing', () => expect(argsort([])).toHaveLength(0));
});

describe('random', () => {
  it('repeats itself for equal seeds only', () => {
    const draw = (seed: number): number[] => Array.from({ length: 4 }, random(seed).uint32);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)).not.toEqual(draw(7 + 2 ** 40));
  });

  it('draws with the right moments', () => {
    const { float, normal, below } = random(1);
    const mean = (draw: () => number): number => Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b) / 20_000;
    expect(mean(float)).toBeCloseTo(0.5, 1);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(() => normal() ** 2)).toBeCloseTo(1, 1);
    expect(mean(() => below(7))).toBeCloseTo(3, 1);
  });

  it('derives a seed for every key', () => {
    const seeds = new Set(Array.from({ length: 1000 }, (_, key) => deriveSeed(5, key)));
    expect(seeds.size).toBe(1000);
    expect(deriveSeed(5, 'a')).not.toBe(deriveSeed(6, 'a'));
  });
});

describe('serial', () => {
  it('runs a kernel over inputs and counts', () => {
    const heard: number[] = [];
    const parallel = serial({ double: (value: number) => 2 * value });
    expect(parallel.map('double', [1, 2], (done) => heard.push(done))).toEqual([2, 4]);
    expect(heard).toEqual([1, 2]);
    expect(() => parallel.map('halve', [1])).toThrow(RangeError);
  });
});
