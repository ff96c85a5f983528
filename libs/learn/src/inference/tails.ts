import { erfc, incompleteBeta, logGamma, normalCdf } from '#linalg';

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

/** Which side an alternative lies on; `greater`: the first is larger. */
export type Side = 'two-sided' | 'greater' | 'less';

/** P(F > f) of Fisher's distribution with these degrees of freedom; NaN of NaN. */
export function fisherTail(f: number, between: number, within: number): number {
  if (Number.isNaN(f)) return f;
  return f <= 0 ? 1 : incompleteBeta(within / (within + between * f), within / 2, between / 2);
}

/** Steps of the integrals below; doubling them changes no digit that is kept. */
const STEPS = 400;
const SCALES = 400;
const REACH = 9;

/** ∫ f over [from, to] by Simpson's rule. */
function integral(f: (x: number) => number, from: number, to: number, steps: number): number {
  const width = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * width);
  return (sum * width) / 3;
}

/**
 * P(Q > q) of the studentised range of `groups` normal values, whose deviation is known or, with `degrees` of freedom, estimated:
 * 1 − k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz, and its mean over the estimates' distribution.
 */
export function studentizedRangeTail(q: number, groups: number, degrees = Infinity): number {
  if (q <= 0) return 1;
  if (Number.isFinite(degrees)) return estimatedTail(q, groups, degrees);
  const within = integral(
    (z) => (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (normalCdf(z) - normalCdf(z - q)) ** (groups - 1),
    -REACH,
    REACH,
    STEPS,
  );
  return Math.min(1, Math.max(0, 1 - groups * within));
}

/** The estimate relative to the true deviation is √(χ²/degrees); beyond the bounds lies less than 1e-12 of it. */
function estimatedTail(q: number, groups: number, degrees: number): number {
  const front = Math.LN2 + (degrees / 2) * Math.log(degrees / 2) - logGamma(degrees / 2);
  const density = (s: number): number =>
    s <= 0 ? 0 : Math.exp(front + (degrees - 1) * Math.log(s) - (degrees * s * s) / 2);
  const spread = 7.5 / Math.sqrt(2 * degrees);
  const [from, to] = [Math.max(0, 1 - spread), 1 + spread];
  return Math.min(
    1,
    integral((s) => density(s) * studentizedRangeTail(q * s, groups), from, to, SCALES),
  );
}
