import { erfc, normalCdf } from '#linalg';

/** P(X > x) of the chi-squared distribution with whole degrees of freedom, by the finite sums of Abramowitz and Stegun 26.4. */
export function chiSquaredTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  const odd = degrees % 2 === 1;
  let term = odd ? Math.sqrt(half) * Math.exp(-half) * (2 / Math.sqrt(Math.PI)) : Math.exp(-half);
  let sum = odd ? erfc(Math.sqrt(half)) : 0;
  for (let k = odd ? 1 : 0; k < Math.floor(degrees / 2) + (odd ? 1 : 0); k++) {
    sum += term;
    term *= half / (k + (odd ? 0.5 : 1));
  }
  return Math.min(1, sum);
}

/** Steps of the integral below; doubling them changes no digit that is kept. */
const STEPS = 4000;
const REACH = 10;

/**
 * P(Q > q) of the studentised range of `groups` normal values with infinite degrees of freedom:
 * 1 − k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz by Simpson's rule.
 */
export function studentizedRangeTail(q: number, groups: number): number {
  if (q <= 0) return 1;
  const width = (2 * REACH) / STEPS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const z = -REACH + i * width;
    const weight = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    sum += weight * density * (normalCdf(z) - normalCdf(z - q)) ** (groups - 1);
  }
  return Math.min(1, Math.max(0, 1 - (groups * sum * width) / 3));
}
