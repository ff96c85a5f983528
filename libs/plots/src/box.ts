import { figure, plainText, type Figure, type Labels, type Trace } from './figure.js';
import { seriesColor } from './theme.js';

/** The five numbers of one box, and the single points drawn beside it. */
export interface Box {
  /** Where it stands: a level, or a number on a number axis. */
  readonly at: string | number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly mean: number;
  readonly lowerFence: number;
  readonly upperFence: number;
  readonly points: readonly number[];
  /** How many points the rule would show, drawn or not. */
  readonly pointCount: number;
}

/** Which single points a box shows. */
export type BoxPoints = 'all' | 'outliers' | 'none';

/** The quantile of rising values at a fraction in 0–1, interpolated as NumPy and pandas do; NaN without values. */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const last = sorted.length - 1;
  if (last < 0) return NaN;
  const place = fraction * last;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, last)]!;
  const part = place - below;
  // The form of NumPy's own interpolation, which is exact at both ends.
  return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
}

/**
 * The box of rising finite values (at least one): quartiles, whiskers to the outermost values within 1.5 quartile distances, at
 * most `most` points: the outermost, and evenly spaced ones between.
 */
export function boxOf(at: string | number, sorted: Float64Array, shown: BoxPoints, most: number): Box {
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = 1.5 * (q3 - q1);
  const lower = firstAtLeast(sorted, q1 - reach);
  const upper = firstAbove(sorted, q3 + reach);
  const outside = [...sorted.subarray(0, lower), ...sorted.subarray(upper)];
  const all = shown === 'all' ? sorted : shown === 'outliers' ? outside : [];
  return {
    at,
    q1,
    median,
    q3,
    mean: sorted.reduce((sum, value) => sum + value / sorted.length, 0),
    lowerFence: sorted[Math.min(lower, sorted.length - 1)]!,
    upperFence: sorted[Math.max(upper - 1, 0)]!,
    points: evenly(all, most),
    pointCount: all.length,
  };
}

function firstAtLeast(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function evenly(values: ArrayLike<number>, most: number): number[] {
  if (values.length <= most) return Array.from(values);
  return Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))]!);
}

/** Boxes side by side from their five numbers; the raw values never travel. */
export function boxFigure(labels: Labels, boxes: readonly Box[], points: BoxPoints, horizontal: boolean): Figure {
  const places = boxes.map(({ at }) => (typeof at === 'string' ? plainText(at) : at));
  const samples = boxes.map((box) => box.points);
  const trace: Trace = {
    type: 'box',
    orientation: horizontal ? 'h' : 'v',
    q1: boxes.map((box) => box.q1),
    median: boxes.map((box) => box.median),
    q3: boxes.map((box) => box.q3),
    mean: boxes.map((box) => box.mean),
    lowerfence: boxes.map((box) => box.lowerFence),
    upperfence: boxes.map((box) => box.upperFence),
    [horizontal ? 'y' : 'x']: places,
    ...(points === 'none' ? {} : { [horizontal ? 'x' : 'y']: samples }),
    boxpoints: points === 'none' ? false : points,
    ...(points === 'all' ? { jitter: 0.4, pointpos: -1.8 } : {}),
    marker: { color: seriesColor(0) },
    name: '',
    showlegend: false,
  };
  const placed = { type: places.every((place) => typeof place === 'number') ? 'linear' : 'category' };
  return figure(labels, [trace], horizontal ? { y: placed } : { x: placed });
}
