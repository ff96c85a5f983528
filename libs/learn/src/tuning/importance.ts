import { type Axis, type Choice, type SearchSpace, axesOf } from './space.js';
import { logMass } from './truncated-normal.js';

const gridSteps = 50;
const targetShare = 0.1;

/** Places of the values on an even grid of the axis, and its length. */
function onGrid(
  { whole, choices, log, first, last }: Axis,
  values: readonly number[],
): { places: number[]; size: number } {
  if (choices) return { places: [...values], size: choices.length };
  const scale = log ? Math.log : (value: number): number => value;
  const range = last - first + 1;
  const size = whole ? Math.min(log ? Math.ceil(Math.log2(range)) + 1 : range, gridSteps) : gridSteps;
  const [low, high] = [scale(first), scale(last)];
  const step = (high - low) / (size - 1);
  const place = (value: number): number => Math.ceil((scale(value) - low) / step - 0.5);
  return { places: values.map((value) => Math.min(size - 1, Math.max(0, place(value)))), size };
}

/** The width of the kernels by Scott's rule for weighted places, rising. */
function scottWidth(places: readonly number[], weights: readonly number[]): number {
  let total = 0;
  const sums = weights.map((weight) => (total += weight));
  const mean = places.reduce((sum, place, i) => sum + place * weights[i]!, 0) / total;
  const variance =
    places.reduce((sum, place, i) => sum + weights[i]! * (place - mean) ** 2, 0) / Math.max(1, total - 1);
  const firstAtLeast = (bound: number): number => sums.findIndex((sum) => sum >= bound);
  const firstAbove = (bound: number): number => {
    const at = sums.findIndex((sum) => sum > bound);
    return at < 0 ? places.length - 1 : at;
  };
  const spread =
    places[firstAbove(Math.floor((total * 3) / 4))]! - places[Math.max(0, firstAtLeast(Math.floor(total / 4)))]!;
  const width = 1.059 * Math.min(spread / 1.34, Math.sqrt(variance)) * total ** -0.2;
  return Math.max(width, 0.5 / 1.64);
}

/** Probabilities of the grid's places, estimated from the places that occurred and a flat prior of weight one. */
function gridDensity(places: readonly number[], size: number, categorical: boolean): Float64Array {
  const counts = new Float64Array(size);
  for (const place of places) counts[place]!++;
  const seen = Array.from(counts.keys()).filter((place) => counts[place]! > 0);
  const weights = seen.map((place) => counts[place]!);
  const total = places.length + 1;
  const density = new Float64Array(size);
  if (categorical) {
    const kernels = seen.length + 1;
    const whole = 1 + size / kernels;
    seen.forEach((place, i) => {
      for (let k = 0; k < size; k++)
        density[k]! += ((weights[i]! / total) * (1 / kernels + (k === place ? 1 : 0))) / whole;
    });
    return density.map((value) => value + 1 / (total * size));
  }
  const add = (centre: number, width: number, share: number): void => {
    const inside = logMass((-0.5 - centre) / width, (size - 0.5 - centre) / width);
    for (let k = 0; k < size; k++)
      density[k]! += share * Math.exp(logMass((k - 0.5 - centre) / width, (k + 0.5 - centre) / width) - inside);
  };
  const width = scottWidth(seen, weights);
  seen.forEach((place, i) => add(place, width, weights[i]! / total));
  add((size - 1) / 2, size, 1 / total);
  return density;
}

/** A finished trial: its parameters and value. */
export interface FinishedTrial {
  readonly params: Readonly<Record<string, Choice>>;
  readonly value: number;
}

/**
 * How much each parameter mattered for reaching the best tenth of the trials; shares that sum to one (equal when the trials
 * tell nothing). Source: PED-ANOVA, Watanabe, Bansal and Hutter (IJCAI 2023, arXiv 2304.10255), as Optuna 5 computes it.
 */
export function parameterImportance(
  space: SearchSpace,
  trials: readonly FinishedTrial[],
  direction: 'minimize' | 'maximize',
): Readonly<Record<string, number>> {
  const axes = axesOf(space);
  const sign = direction === 'minimize' ? 1 : -1;
  const usable = trials.filter(({ value }) => Number.isFinite(value));
  const losses = Float64Array.from(usable, ({ value }) => sign * value);
  const cut = losses.slice().sort()[Math.ceil(targetShare * losses.length) - 1] ?? -Infinity;
  const raw = axes.map((axis) => {
    if (axis.first === axis.last || usable.length < 2) return 0;
    const coordinate = ({ params }: FinishedTrial): number =>
      axis.choices ? axis.choices.indexOf(params[axis.name]!) : (params[axis.name] as number);
    const { places, size } = onGrid(axis, usable.map(coordinate));
    const top = gridDensity(
      places.filter((_, i) => losses[i]! <= cut),
      size,
      axis.choices !== null,
    );
    return gridDensity(places, size, axis.choices !== null).reduce(
      (sum, all, k) => sum + (all + 1e-12) * ((top[k]! + 1e-12) / (all + 1e-12) - 1) ** 2,
      0,
    );
  });
  const total = raw.reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(axes.map(({ name }, i) => [name, total > 0 ? raw[i]! / total : 1 / axes.length]));
}
