import { describe, expect, it } from 'vitest';

import { random } from '#linalg';
import { binOf, binsFor, boxOf, quantile } from '#plots';

import { coarse } from './extent.js';
import { thin, thinLine } from './thin.js';

describe('bins', () => {
  const edges = (values: readonly number[], wanted: number | null, whole = false) => {
    const bins = binsFor(Float64Array.from(values), wanted, whole)!;
    return [bins.start, bins.width, bins.count];
  };
  it('have round widths and are no more than wanted', () => {
    expect(edges([0, 3, 10], 10)).toEqual([0, 1, 10]);
    expect(edges([0.12, 0.97], 5)).toEqual([0, 0.2, 5]);
    expect(edges([-7, 8], 4)).toEqual([-10, 5, 4]);
    expect(edges([1, 9], 1)).toEqual([1, 8, 1]);
  });
  it('centre on whole numbers where these are few', () => expect(edges([1, 2, 3, 3], 100, true)).toEqual([0.5, 1, 3]));
  it('hold every finite value once, whatever the numbers', () => {
    for (const values of [
      [5, 5],
      [1e300, -1e300],
      [0, 1e-300],
      [1e15, 1e15 + 1],
      [1.7e308, -1.7e308],
      [0.1, 0.2, 0.7],
    ]) {
      const bins = binsFor(Float64Array.from(values), null, false)!;
      const counts = new Array<number>(bins.count).fill(0);
      for (const value of values) counts[binOf(bins, value)]!++;
      expect(counts.reduce((a, b) => a + b)).toBe(values.length);
      expect(bins.width).toBeGreaterThan(0);
    }
  });
  it('ignore what is not finite', () => {
    expect(binsFor(Float64Array.of(NaN, Infinity), null, false)).toBeNull();
    const bins = binsFor(Float64Array.of(NaN, 0, 1, Infinity), 10, false)!;
    expect([binOf(bins, NaN), binOf(bins, Infinity), binOf(bins, 1)]).toEqual([-1, -1, bins.count - 1]);
  });
});

describe('boxes', () => {
  it('quantiles interpolate', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect([quantile([7], 0.9), quantile([], 0.5)]).toEqual([7, NaN]);
  });
  it('end at the outermost values within reach and show the rest as points', () => {
    const box = boxOf('a', Float64Array.of(-50, 1, 2, 3, 4, 5, 6, 7, 90), 'outliers', 10);
    expect(box).toMatchObject({ median: 4, lowerFence: 1, upperFence: 7, points: [-50, 90], pointCount: 2 });
  });
  it('keep the outermost points when there are too many', () => {
    const sorted = Float64Array.from({ length: 1000 }, (_, i) => i);
    const { points, pointCount } = boxOf('a', sorted, 'all', 11);
    expect([points.length, points[0], points[10], pointCount]).toEqual([11, 0, 999, 1000]);
  });
});

describe('thinning', () => {
  const { normal } = random(3);
  const x = Float64Array.from({ length: 50_000 }, normal);
  const y = x.map((value) => value + normal());
  x[17] = 40;
  y[23] = -40;
  x[99] = NaN;

  it('keeps the budget, the extremes and the order, and is the same each time', () => {
    const rows = thin(x, y, 3000)!;
    expect(rows.length).toBeGreaterThan(2000);
    expect(rows.length).toBeLessThanOrEqual(3004);
    expect(Array.from(rows)).toEqual(Array.from(rows).sort((a, b) => a - b));
    expect(rows).toContain(17);
    expect(rows).toContain(23);
    expect(rows).not.toContain(99);
    expect(thin(x, y, 3000)).toEqual(rows);
  });
  it('thins crowds more than outskirts', () => {
    const rows = thin(x, y, 3000)!;
    const share = (inside: (row: number) => boolean) =>
      Array.from(rows).filter(inside).length / x.reduce((n, _, row) => n + (inside(row) ? 1 : 0), 0);
    expect(share((row) => Math.abs(x[row]!) > 2.5)).toBeGreaterThan(2 * share((row) => Math.abs(x[row]!) < 1));
  });
  it('leaves what fits alone', () => expect(thin(x, y, 50_000)).toBeNull());
  it('a line keeps its peaks', () => {
    const line = new Float64Array(10_000);
    line[5003] = 9;
    line[7001] = -9;
    const rows = thinLine(line, 100)!;
    expect(rows.length).toBeLessThanOrEqual(100);
    expect(rows).toContain(5003);
    expect(rows).toContain(7001);
  });
  it('coarse numbers stay within a hundred-thousandth of the range', () => {
    const rounded = coarse(x);
    expect(Math.max(...rounded.map((value, i) => (i === 99 ? 0 : Math.abs(value - x[i]!))))).toBeLessThan(1e-3);
    expect(coarse(Float64Array.of(2, 2))).toEqual(Float64Array.of(2, 2));
  });
});
