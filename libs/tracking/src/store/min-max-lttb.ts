import { PointList, type Points } from './points.js';
import { extremes } from './sketch.js';

/** Least and greatest of each stretch, this many stretches per point wanted: what LTTB then chooses from. */
const PRESELECT = 2;
/** The part of the points that gaps may take. */
const GAPS = 0.25;

/**
 * At most `count` of the points, shaped like all of them: the least and greatest of small stretches first, then the largest triangles
 * among those (MinMaxLTTB, arXiv 2305.00332). The first and the last stay, and so do the least and the greatest of all. Non-finite
 * values have no place in a shape: among finite ones they go, but a stretch of nothing else stays as one point of it, a gap in the line.
 */
export function minMaxLttb(points: Points, count: number): PointList {
  const list = new PointList();
  const n = points.xs.length;
  if (n <= Math.max(count, 2)) {
    for (let at = 0; at < n; at++) list.add(points, at);
    return list;
  }
  const { places, gaps } = preselected(points, count * PRESELECT);
  const kept = spread(gaps, Math.floor(count * GAPS));
  const chosen = largestTriangles(points, places, Math.max(count - kept.length, 2));
  for (const at of kept.length === 0 ? chosen : [...chosen, ...kept].sort((a, b) => a - b)) list.add(points, at);
  return list;
}

/** At most `count` of them, evenly. */
const spread = (places: readonly number[], count: number): readonly number[] =>
  places.length <= count
    ? places
    : Array.from({ length: count }, (_, at) => places[Math.floor((at * places.length) / count)]!);

/**
 * Places of the least and greatest finite values of `stretches`, between the first and the last place; and the first place of each run of
 * stretches without any.
 */
function preselected({ values }: Points, stretches: number): { places: number[]; gaps: number[] } {
  const n = values.length;
  const inner = n - 2;
  const places = [0];
  const gaps: number[] = [];
  let gap = false;
  for (let part = 0; part < stretches; part++) {
    const from = 1 + Math.floor((part * inner) / stretches);
    const to = 1 + Math.floor(((part + 1) * inner) / stretches);
    if (from === to) continue;
    const { least, greatest } = extremes(values, from, to);
    const empty = !Number.isFinite(values[least]);
    if (empty && !gap) gaps.push(from);
    gap = empty;
    if (gap) continue;
    places.push(Math.min(least, greatest));
    if (least !== greatest) places.push(Math.max(least, greatest));
  }
  places.push(n - 1);
  return { places, gaps };
}

function largestTriangles({ xs, values }: Points, places: readonly number[], count: number): number[] {
  const inner = places.length - 2;
  if (inner <= count - 2) return [...places];
  const must = new Set(extremesOf(values, places));
  const chosen = [places[0]!];
  const buckets = count - 2;
  const begin = (bucket: number): number => 1 + Math.floor((bucket * inner) / buckets);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [from, to] = [begin(bucket), begin(bucket + 1)];
    const next = bucket + 1 < buckets ? centre(xs, values, places, to, begin(bucket + 2)) : [xs[places.at(-1)!]!, finite(values[places.at(-1)!]!)]; // prettier-ignore
    const last = chosen.at(-1)!;
    const [lastX, lastValue] = [xs[last]!, finite(values[last]!)];
    let best = from;
    let area = -1;
    for (let at = from; at < to; at++) {
      const place = places[at]!;
      const own = must.has(place)
        ? Infinity
        : Math.abs((lastX - next[0]!) * (values[place]! - lastValue) - (lastX - xs[place]!) * (next[1]! - lastValue));
      if (own > area) [area, best] = [own, at];
    }
    chosen.push(places[best]!);
  }
  chosen.push(places.at(-1)!);
  return chosen;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

function centre(
  xs: readonly number[],
  values: readonly number[],
  places: readonly number[],
  from: number,
  to: number,
): [number, number] {
  let [x, value] = [0, 0];
  for (let at = from; at < to; at++) {
    x += xs[places[at]!]!;
    value += values[places[at]!]!;
  }
  return [x / (to - from), value / (to - from)];
}

function extremesOf(values: readonly number[], places: readonly number[]): number[] {
  let [least, greatest] = [-1, -1];
  for (const at of places.slice(1, -1)) {
    if (least < 0 || values[at]! < values[least]!) least = at;
    if (greatest < 0 || values[at]! > values[greatest]!) greatest = at;
  }
  return [least, greatest];
}
