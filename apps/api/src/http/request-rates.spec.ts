import { expect, it } from 'vitest';

import { RequestRates } from './request-rates.js';

it('lets a burst through, then the rate, each key for itself', () => {
  const rates = new RequestRates(2);
  for (let asked = 0; asked < 10; asked++) expect(rates.take('a', 0)).toBe(0);
  expect(rates.take('a', 0)).toBe(1);
  expect(rates.take('b', 0)).toBe(0);
  expect(rates.take('a', 500)).toBe(0);
  expect(rates.take('a', 500)).toBe(1);
  // A clock that goes back gives nothing.
  expect(rates.take('a', 0)).toBe(1);
});

it('forgets those who rested longest', () => {
  const rates = new RequestRates(1);
  for (let key = 0; key < 100_001; key++) rates.take(`key ${key}`, 0);
  expect((rates as unknown as { buckets: Map<string, unknown> }).buckets.size).toBe(100_000);
});
