import { normalCdf, normalQuantile } from '#linalg';

/** How well values fit a normal distribution: W near 1 is well. */
export interface ShapiroWilk {
  readonly statistic: number;
  readonly pValue: number;
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/** Coefficients of P. Royston, Remark AS R94, Applied Statistics 44, 1995. */
const LAST = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const LAST_BUT_ONE = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
const FEW = { gamma: [-2.273, 0.459], mean: [0.544, -0.39978, 0.025054, -6.714e-4], spread: [1.3822, -0.77857, 0.062767, -0.0020322] }; // prettier-ignore
const MANY = { mean: [-1.5861, -0.31082, -0.083751, 0.0038915], spread: [-0.4803, -0.082676, 0.0030302] };

/** Weights of the differences between the largest and the smallest values, from the outside in. */
function weights(count: number): number[] {
  if (count === 3) return [Math.SQRT1_2];
  const expected = Array.from({ length: count >> 1 }, (_, i) => -normalQuantile((i + 0.625) / (count + 0.25)));
  const squares = 2 * expected.reduce((sum, value) => sum + value ** 2, 0);
  const norm = Math.sqrt(squares);
  const [first, second] = expected;
  const outer = [polynomial(LAST, 1 / Math.sqrt(count)) + first! / norm];
  if (count > 5) outer.push(polynomial(LAST_BUT_ONE, 1 / Math.sqrt(count)) + second! / norm);
  const replaced = 2 * first! ** 2 + (count > 5 ? 2 * second! ** 2 : 0);
  const left = 1 - 2 * outer.reduce((sum, value) => sum + value ** 2, 0);
  const scale = Math.sqrt((squares - replaced) / left);
  return [...outer, ...expected.slice(outer.length).map((value) => value / scale)];
}

/**
 * The test of Shapiro and Wilk that values come from a normal distribution, of three values at least; NaN where all are equal.
 * Source: P. Royston's approximation (AS R94), as scipy's shapiro.
 */
export function shapiroWilk(values: readonly number[]): ShapiroWilk {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (!(squares > 0)) return { statistic: Number.NaN, pValue: Number.NaN };
  const fit = weights(count).reduce((sum, weight, i) => sum + weight * (sorted[count - 1 - i]! - sorted[i]!), 0);
  const statistic = Math.min(1, fit ** 2 / squares);
  return { statistic, pValue: tail(statistic, count) };
}

function tail(w: number, count: number): number {
  // The weights of three values are exact, and so is their distribution.
  if (count === 3) return Math.max(0, (6 / Math.PI) * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75))));
  const miss = Math.log1p(-w);
  if (count > 11) {
    const size = Math.log(count);
    return normalCdf((polynomial(MANY.mean, size) - miss) / Math.exp(polynomial(MANY.spread, size)));
  }
  const gamma = polynomial(FEW.gamma, count);
  if (miss >= gamma) return 0;
  const y = -Math.log(gamma - miss);
  return normalCdf((polynomial(FEW.mean, count) - y) / Math.exp(polynomial(FEW.spread, count)));
}
