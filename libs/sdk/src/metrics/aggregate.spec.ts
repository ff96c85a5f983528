import { describe, expect, it } from 'vitest';

import { aggregate, AGGREGATIONS, type Aggregation } from './aggregate.js';

describe('aggregations', () => {
  it('of one value have no spread', () => {
    expect(aggregate([4], ['std', 'mean', 'p95', 'count'])).toEqual({ std: 0, mean: 4, p95: 4, count: 1 });
  });

  it('interpolate percentiles linearly', () => {
    expect(aggregate([10, 20, 30, 40], ['p50', 'p90', 'p95'])).toEqual({ p50: 25, p90: 37, p95: 38.5 });
  });

  it('leave NaN out, and say nothing when nothing else is there', () => {
    expect(aggregate([Number.NaN, 2, Number.NaN, 6], ['first', 'last', 'mean', 'count'])).toEqual({
      first: 2,
      last: 6,
      mean: 4,
      count: 2,
    });
    expect(aggregate([Number.NaN], [...AGGREGATIONS])).toEqual({});
    expect(aggregate([], ['count'])).toEqual({});
  });

  it('keep infinite values', () => {
    expect(aggregate([1, Infinity], ['max', 'min', 'sum', 'p50'])).toEqual({
      max: Infinity,
      min: 1,
      sum: Infinity,
      p50: Infinity,
    });
  });

  it.each(['avg', 'p101', 'p', 'constructor', '__proto__', 'p-1'])('know no %s', (name) => {
    expect(() => aggregate([1], [name as Aggregation])).toThrow(RangeError);
  });
});
