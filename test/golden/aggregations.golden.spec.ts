import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { aggregate, type Aggregation, Distribution } from '#sdk';

interface Case {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly expected: Readonly<Record<string, number>>;
}
interface Histogram {
  readonly name: string;
  readonly values: readonly number[];
  readonly bins: number;
  readonly hist: readonly number[];
  readonly range: readonly [number, number];
}
const { cases, histograms } = JSON.parse(readFileSync('test/golden/aggregations.json', 'utf8')) as {
  readonly cases: readonly Case[];
  readonly histograms: readonly Histogram[];
};

describe('aggregations of buffered values', () => {
  it.each(cases)('equal those of numpy: $name', ({ values, expected }) => {
    const numbers = values.map((value) => value ?? Number.NaN);
    const ours = aggregate(numbers, Object.keys(expected) as Aggregation[]);
    expect(Object.keys(ours)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) {
      const scale = Math.max(Math.abs(value), name === 'std' || name === 'sum' ? 1e-12 : 0);
      expect(Math.abs(ours[name]! - value), name).toBeLessThanOrEqual(1e-12 * scale);
    }
  });
});

describe('distributions', () => {
  it.each(histograms)('equal those of numpy: $name', ({ values, bins, hist, range }) => {
    const ours = Distribution.fromSamples(values, bins);
    expect(ours.weights).toEqual(hist);
    expect(ours.range).toEqual(range);
  });
});
