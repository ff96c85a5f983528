import { chiSquaredTail, fisherTail } from './tails.js';

/** The outcome of a test over all groups. */
export interface GroupTest {
  readonly statistic: number;
  readonly pValue: number;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const squaresAround = (values: readonly number[], centre: number): number =>
  values.reduce((sum, value) => sum + (value - centre) ** 2, 0);

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * Levene's test that groups spread equally, by distances from their medians (Brown and Forsythe, 1974). NaN where all distances of every
 * group are equal. Source: scipy's levene.
 */
export function levene(groups: readonly (readonly number[])[]): GroupTest {
  const distances = groups.map((group) => {
    const median = medianOf(group);
    return group.map((value) => Math.abs(value - median));
  });
  const count = groups.reduce((sum, { length }) => sum + length, 0);
  const [between, within] = [groups.length - 1, count - groups.length];
  const centre = meanOf(distances.flat());
  const explained = distances.reduce((sum, own) => sum + own.length * (meanOf(own) - centre) ** 2, 0);
  const rest = distances.reduce((sum, own) => sum + squaresAround(own, meanOf(own)), 0);
  const statistic = rest > 0 ? explained / between / (rest / within) : Number.NaN;
  return { statistic, pValue: fisherTail(statistic, between, within) };
}

/** Bartlett's test that normal groups spread equally. NaN where a group does not spread at all. Source: scipy's bartlett. */
export function bartlett(groups: readonly (readonly number[])[]): GroupTest {
  const degrees = groups.map(({ length }) => length - 1);
  const variances = groups.map((group, at) => squaresAround(group, meanOf(group)) / degrees[at]!);
  const all = degrees.reduce((sum, value) => sum + value, 0);
  const pooled = variances.reduce((sum, variance, at) => sum + degrees[at]! * variance, 0) / all;
  const spread =
    all * Math.log(pooled) - variances.reduce((sum, variance, at) => sum + degrees[at]! * Math.log(variance), 0);
  const inverse = degrees.reduce((sum, value) => sum + 1 / value, 0) - 1 / all;
  const statistic = spread / (1 + inverse / (3 * (groups.length - 1)));
  // Rounding makes a hair less than nothing of groups that spread alike.
  const whole = Number.isFinite(statistic) ? Math.max(0, statistic) : Number.NaN;
  return { statistic: whole, pValue: Number.isNaN(whole) ? whole : chiSquaredTail(whole, groups.length - 1) };
}
