import { describe, expect, it } from 'vitest';

import { fitDummy, predictDummy } from './dummy.js';

const y = Int32Array.of(0, 2, 2, 2);

describe('dummy', () => {
  it.each([
    ['prior', [0.25, 0, 0.75]],
    ['most_frequent', [0, 0, 1]],
    ['uniform', [0.5, 0, 0.5]],
  ] as const)('%s', (strategy, expected) => {
    expect([...predictDummy(fitDummy(y, 3, strategy, 0), 1).data]).toEqual(expected);
  });
  it('stratified draws one class a row, by the shares, equal for equal seeds, never one that did not occur', () => {
    const { data } = predictDummy(fitDummy(y, 3, 'stratified', 7), 4000);
    const counts = [0, 1, 2].map((k) => data.subarray(k * 4000, (k + 1) * 4000).reduce((sum, value) => sum + value, 0));
    expect(counts[0]! + counts[2]!).toBe(4000);
    expect(Math.abs(counts[0]! - 1000)).toBeLessThan(120);
    expect(predictDummy(fitDummy(y, 3, 'stratified', 7), 4000).data).toEqual(data);
    expect(predictDummy(fitDummy(y, 3, 'stratified', 8), 4000).data).not.toEqual(data);
  });
  it('refuses no rows and classes out of range', () => {
    expect(() => fitDummy(new Int32Array(), 2, 'prior', 0)).toThrow(/no-rows/);
    expect(() => fitDummy(Int32Array.of(2), 2, 'prior', 0)).toThrow(/bad-parameter/);
  });
});
