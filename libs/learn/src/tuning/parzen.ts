import { type Random, argsort } from '#linalg';

import { type Axis, settle } from './space.js';
import { logMass, truncatedQuantile } from './truncated-normal.js';

const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/** The kernels of one axis: normal distributions cut to the bounds, or a share for each category. */
interface Kernels {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** ln of the mass within the bounds, one per kernel; of categories empty. */
  readonly masses: Float64Array;
  /** On an axis of whole numbers, where many kernels are alike: which one stands for each. */
  readonly alike: Int32Array | null;
}

/** A mixture of products of kernels, one per observation and a broad one for the prior (the last). */
export interface Parzen {
  readonly axes: readonly Axis[];
  readonly weights: Float64Array;
  readonly kernels: readonly Kernels[];
}

/** Weights by age: the newest 25 count fully, older ones less and less (Bergstra et al. 2013, as in Optuna). */
function ageWeights(count: number): Float64Array {
  const ramp = count - 25;
  return Float64Array.from({ length: count }, (_, i) => {
    if (i >= ramp) return 1;
    return ramp === 1 ? 1 / count : 1 / count + ((1 - 1 / count) * i) / (ramp - 1);
  });
}

/** For each kernel the first with the same mean and deviation. */
function likenesses(means: Float64Array, deviations: Float64Array): Int32Array {
  const firsts = new Map<number, number[]>();
  return Int32Array.from(means, (mean, i) => {
    const same = firsts.get(mean);
    if (!same) firsts.set(mean, [i]);
    const first = same?.find((other) => deviations[other] === deviations[i]);
    if (same && first === undefined) same.push(i);
    return first ?? i;
  });
}

/** Each deviation is the wider gap to a neighbour, clipped so that no kernel is needle-thin ("magic clip"). */
function numberKernels(axis: Axis, values: Float64Array): Kernels {
  const { low, high, log } = axis;
  const count = values.length;
  const means = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) means[i] = log ? Math.log(values[i]!) : values[i]!;
  means[count] = 0.5 * (low + high);
  const order = argsort(means.subarray(0, count));
  const deviations = new Float64Array(count + 1);
  const narrowest = (high - low) / Math.min(100, count + 2);
  for (let at = 0; at < count; at++) {
    const here = means[order[at]!]!;
    const before = at > 0 ? here - means[order[at - 1]!]! : here - low;
    const after = at + 1 < count ? means[order[at + 1]!]! - here : high - here;
    // The gap to a bound counts only for a lone observation.
    const gap =
      count === 1 ? Math.max(before, after) : at === 0 ? after : at + 1 === count ? before : Math.max(before, after);
    deviations[order[at]!] = Math.min(high - low, Math.max(narrowest, gap));
  }
  deviations[count] = high - low;
  const masses = means.map((mean, i) => logMass((low - mean) / deviations[i]!, (high - mean) / deviations[i]!));
  return { means, deviations, masses, alike: axis.whole ? likenesses(means, deviations) : null };
}

/** The estimator of observed points, in the order they were made, over the coordinates `places`; `axes` belong to those. */
export function parzen(axes: readonly Axis[], points: readonly Float64Array[], places: readonly number[]): Parzen {
  const raw = Float64Array.of(...ageWeights(points.length), 1);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const kernels = axes.map((axis, d) => {
    const place = places[d]!;
    const values = Float64Array.from(points, (point) => point[place]!);
    if (!axis.choices) return numberKernels(axis, values);
    const none = new Float64Array();
    return { means: Float64Array.of(...values, -1), deviations: none, masses: none, alike: null };
  });
  return { axes, weights: raw.map((weight) => weight / total), kernels };
}

/** Share of its own category in a kernel of categories; the rest is spread evenly, this much to each other one. */
function categoryShares(kernelCount: number, choices: number): { own: number; other: number } {
  const other = 1 / kernelCount / (1 + choices / kernelCount);
  return { own: other + 1 / (1 + choices / kernelCount), other };
}

/** Draws a point: a kernel by weight, then every coordinate from it. */
export function draw({ axes, weights, kernels }: Parzen, { float }: Random): Float64Array {
  let left = float();
  let kernel = 0;
  while (kernel < weights.length - 1 && left >= weights[kernel]!) left -= weights[kernel++]!;
  return Float64Array.from(axes, (axis, d) => {
    const { means, deviations } = kernels[d]!;
    const mean = means[kernel]!;
    if (axis.choices) {
      const { own, other } = categoryShares(weights.length, axis.choices.length);
      let rest = float();
      for (let k = 0; k < axis.choices.length - 1; k++) {
        const share = mean < 0 ? 1 / axis.choices.length : k === mean ? own : other;
        if (rest < share) return k;
        rest -= share;
      }
      return axis.choices.length - 1;
    }
    const deviation = deviations[kernel]!;
    return settle(
      axis,
      mean + deviation * truncatedQuantile(float(), (axis.low - mean) / deviation, (axis.high - mean) / deviation),
    );
  });
}

/** Adds the log-densities of an axis at one coordinate to `into`, one per kernel. */
function addLogDensity(
  axis: Axis,
  { means, deviations, alike }: Kernels,
  coordinate: number,
  into: Float64Array,
): void {
  const count = into.length;
  if (axis.choices) {
    const { own, other } = categoryShares(count, axis.choices.length);
    const [logOwn, logOther, even] = [Math.log(own), Math.log(other), -Math.log(axis.choices.length)];
    for (let i = 0; i < count - 1; i++) into[i]! += means[i] === coordinate ? logOwn : logOther;
    into[count - 1]! += even;
    return;
  }
  if (!alike) {
    const x = axis.log ? Math.log(coordinate) : coordinate;
    for (let i = 0; i < count; i++) {
      const z = (x - means[i]!) / deviations[i]!;
      into[i] = into[i]! - 0.5 * z * z;
    }
    return;
  }
  const [low, high] = axis.log
    ? [Math.log(coordinate - 0.5), Math.log(coordinate + 0.5)]
    : [coordinate - 0.5, coordinate + 0.5];
  const known = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const first = alike[i]!;
    if (first === i) known[i] = logMass((low - means[i]!) / deviations[i]!, (high - means[i]!) / deviations[i]!);
    into[i]! += known[first]!;
  }
}

/** Log-density of the mixture at each point. */
export function logDensity({ axes, weights, kernels }: Parzen, points: readonly Float64Array[]): Float64Array {
  const base = weights.map((weight) => Math.log(weight));
  axes.forEach(({ choices, whole }, d) => {
    if (choices) return;
    const { deviations, masses } = kernels[d]!;
    for (let i = 0; i < base.length; i++) base[i]! -= masses[i]! + (whole ? 0 : Math.log(deviations[i]!) + halfLogTau);
  });
  const terms = new Float64Array(base.length);
  return Float64Array.from(points, (point) => {
    terms.set(base);
    axes.forEach((axis, d) => addLogDensity(axis, kernels[d]!, point[d]!, terms));
    let highest = -Infinity;
    for (let i = 0; i < terms.length; i++) if (terms[i]! > highest) highest = terms[i]!;
    if (highest === -Infinity) return -Infinity;
    // What is below e⁻⁴⁰ of the highest is lost in the sum's rounding.
    const least = highest - 40;
    let sum = 0;
    for (let i = 0; i < terms.length; i++) if (terms[i]! > least) sum += Math.exp(terms[i]! - highest);
    return highest + Math.log(sum);
  });
}
