import { normalCdf, normalLogCdf, normalQuantile } from '#linalg';

/** Beyond this many deviations the mass is below 1e-19, nothing beside 1. */
const far = 9;

/** ln P(a ≤ Z ≤ b) of the standard normal distribution, exact also out in a tail, from 12 on rough. */
export function logMass(a: number, b: number): number {
  if (a > 0) return logMass(-b, -a);
  if (b > 0) {
    const outside = (a < -far ? 0 : normalCdf(a)) + (b > far ? 0 : normalCdf(-b));
    return outside === 0 ? 0 : Math.log1p(-outside);
  }
  // Of kernels that far away a rough figure will do, beside the prior's broad one.
  if (b < -12) return -0.5 * b * b - 3.4;
  const high = normalLogCdf(b);
  return high + Math.log1p(-Math.exp(normalLogCdf(a) - high));
}

/** The point below which lies the share `u` of a standard normal distribution cut to [a, b]. */
export function truncatedQuantile(u: number, a: number, b: number): number {
  if (a > 0) return -truncatedQuantile(1 - u, -b, -a);
  const low = normalCdf(a);
  const value = normalQuantile(low + u * (normalCdf(b) - low));
  return Math.min(b, Math.max(a, value));
}
