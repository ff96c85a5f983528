import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { aggregate, type Aggregation } from '#sdk';

interface Case {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly expected: Readonly<Record<string, number>>;
}
const { cases } = JSON.parse(readFileSync('test/golden/aggregations.json', 'utf8')) as { cases: readonly Case[] };

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
