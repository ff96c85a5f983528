import { describe, expect, it } from 'vitest';

import { lttb } from './lttb.js';

const wave = (n: number): { xs: number[]; values: number[] } => {
  const xs = Array.from({ length: n }, (_, x) => x);
  return { xs, values: xs.map((x) => Math.sin(x / 50)) };
};

describe('thinning', () => {
  it('keeps what is few, and exactly as many as asked of what is more', () => {
    for (const n of [0, 1, 2, 1499, 1500]) expect(lttb(wave(n).xs, wave(n).values)).toHaveLength(n);
    for (const n of [1501, 1502, 2999, 3000, 6000, 100_000]) {
      const { xs, values } = wave(n);
      const places = lttb(xs, values);
      expect(places).toHaveLength(1500);
      expect(places[0]).toBe(0);
      expect(places.at(-1)).toBe(n - 1);
      expect(places.every((place, at) => at === 0 || place > places[at - 1]!)).toBe(true);
    }
  });

  it('keeps a single peak', () => {
    const { xs } = wave(50_000);
    const values = xs.map((x) => (x === 31_337 ? 100 : 0));
    expect(lttb(xs, values)).toContain(31_337);
  });

  it('stands values that are no numbers', () => {
    const { xs } = wave(4000);
    const all = lttb(
      xs,
      xs.map((x) => (x % 3 === 0 ? NaN : x % 3 === 1 ? Infinity : 1)),
    );
    expect(all).toHaveLength(1500);
    expect(new Set(all).size).toBe(1500);
    expect(
      lttb(
        xs,
        xs.map(() => NaN),
      ),
    ).toHaveLength(1500);
  });

  it('chooses as the published algorithm does', () => {
    // Ten points to four, worked out by hand: buckets 1..4 and 5..8.
    const xs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(lttb(xs, [0, 5, 1, 1, 1, 1, 1, -5, 1, 0], 4)).toEqual([0, 1, 7, 9]);
  });
});
