import { erfc } from './erf.js';

const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/** P(Z ≤ x) of the standard normal distribution. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

/** Logarithm of {@link normalCdf}, finite far into the lower tail. */
export function normalLogCdf(x: number): number {
  if (x > 6) return -normalCdf(-x);
  if (x > -20) return Math.log(normalCdf(x));
  // The asymptotic series of Mills' ratio; below −20 eight terms are exact to doubles.
  const inverse = 1 / (x * x);
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 8; k++) {
    term *= -(2 * k - 1) * inverse;
    sum += term;
  }
  return -0.5 * x * x - Math.log(-x) - halfLogTau + Math.log(sum);
}

/** The approximation of P. J. Acklam (relative error 1.2e-9), the start of the refinement below. */
function roughQuantile(p: number): number {
  const a = [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
    2.506628277459239,
  ];
  const b = [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
  ];
  const c = [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
  const horner = (coefficients: readonly number[], x: number): number =>
    coefficients.reduce((sum, value) => sum * x + value, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return horner(c, q) / horner(d, q);
  }
  const q = p - 0.5;
  return (horner(a, q * q) * q) / horner(b, q * q);
}

/** The x with {@link normalCdf}(x) = p, for p in [0, 1] (0 gives −∞, 1 gives ∞); NaN outside. One Halley step after Acklam. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return -Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = roughQuantile(p);
  const error = (normalCdf(x) - p) * Math.exp(0.5 * x * x + halfLogTau);
  return Number.isFinite(error) ? x - error / (1 + (x * error) / 2) : x;
}
