/** How many points a chart gets. */
export const MAX_POINTS = 1500;

/**
 * Largest-triangle-three-buckets: the places of exactly `count` points, the first and the last among them, that look like all of them
 * (Steinarsson 2013). A value that is no number stands where its predecessor stood.
 */
export function lttb(xs: readonly number[], values: readonly number[], count = MAX_POINTS): number[] {
  const total = xs.length;
  if (total <= count) return xs.map((_x, place) => place);
  const ys = levelled(values);
  const width = (total - 2) / (count - 2);
  const edge = (bucket: number): number => Math.min(total - 1, Math.floor(bucket * width) + 1);
  const chosen = [0];
  for (let bucket = 0; bucket < count - 2; bucket++) {
    const next = mean(xs, ys, edge(bucket + 1), bucket === count - 3 ? total : edge(bucket + 2));
    chosen.push(largest(xs, ys, chosen.at(-1)!, next, edge(bucket), edge(bucket + 1)));
  }
  return [...chosen, total - 1];
}

function levelled(values: readonly number[]): number[] {
  let last = values.find(Number.isFinite) ?? 0;
  return values.map((value) => (Number.isFinite(value) ? (last = value) : last));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function mean(xs: readonly number[], ys: readonly number[], from: number, to: number): Point {
  let [x, y] = [0, 0];
  for (let place = from; place < to; place++) {
    x += xs[place]!;
    y += ys[place]!;
  }
  return { x: x / (to - from), y: y / (to - from) };
}

function largest(
  xs: readonly number[],
  ys: readonly number[],
  left: number,
  next: Point,
  from: number,
  to: number,
): number {
  const [x, y] = [xs[left]!, ys[left]!];
  let [best, at] = [-1, from];
  for (let place = from; place < to; place++) {
    const area = Math.abs((x - next.x) * (ys[place]! - y) - (x - xs[place]!) * (next.y - y));
    if (area > best) [best, at] = [area, place];
  }
  return at;
}
