import type { PointList, Points } from './points.js';

/**
 * What an overview needs of a stretch of points: first, least, greatest and last, then the least and the greatest of each of its parts in
 * the order of x. Each is (x, value, ts, epoch) as four doubles, big-endian, as `float8send` has them.
 */
export type Sketch = Buffer;

const QUADRUPLE = 4;
const BYTES = QUADRUPLE * 8;
/** Quadruples before those of the parts. */
const WHOLE = 4;
/** Bytes of a sketch that say first, least, greatest and last. */
export const COARSE_BYTES = WHOLE * BYTES;

/** Places of the least and the greatest finite value in a part; its first place when there is none. */
export function extremes(values: ArrayLike<number>, from: number, to: number): { least: number; greatest: number } {
  let least = -1;
  let greatest = -1;
  for (let at = from; at < to; at++) {
    const value = values[at]!;
    if (!Number.isFinite(value)) continue;
    if (least < 0 || value < values[least]!) least = at;
    if (greatest < 0 || value > values[greatest]!) greatest = at;
  }
  const none = Math.min(from, values.length - 1);
  return { least: least < 0 ? none : least, greatest: greatest < 0 ? none : greatest };
}

/** The sketch of points, of which there are some. */
export function sketchOf({ xs, values, ts, epochs }: Points, parts: number): Sketch {
  const n = xs.length;
  const all = extremes(values, 0, n);
  const places = [0, all.least, all.greatest, n - 1];
  for (let part = 0; part < parts; part++) {
    const { least, greatest } = extremes(values, Math.floor((part * n) / parts), Math.floor(((part + 1) * n) / parts));
    places.push(Math.min(least, greatest), Math.max(least, greatest));
  }
  const flat = new Float64Array(places.length * QUADRUPLE);
  for (const [entry, at] of places.entries())
    flat.set([xs[at]!, values[at]!, ts[at]!, epochs[at] ?? Number.NaN], entry * QUADRUPLE);
  return Buffer.from(flat.buffer).swap64();
}

/** The sketch of neighbours, of `n` points each, ascending; its least and greatest are those of all their points. */
export function joinedSketch(items: readonly { readonly n: number; readonly sketch: Sketch }[], parts: number): Sketch {
  const total = items.reduce((sum, { n }) => sum + n, 0);
  const flats = items.map(({ sketch }) => quadruplesOf(sketch));
  // Per part: the places of its least and its greatest, each as [item, offset].
  const found = Array.from({ length: parts }, () => new Extremes());
  const all = new Extremes();
  let before = 0;
  for (const [item, flat] of flats.entries()) {
    const own = flat.length / QUADRUPLE - WHOLE;
    const { n } = items[item]!;
    for (let entry = 0; entry < own; entry++) {
      const ordinal = before + (((entry >> 1) + 0.5) * 2 * n) / own;
      const part = Math.min(Math.floor((ordinal * parts) / total), parts - 1);
      found[part]!.see(flat, (WHOLE + entry) * QUADRUPLE);
      all.see(flat, (WHOLE + entry) * QUADRUPLE);
    }
    before += n;
  }
  const last = flats.at(-1)!;
  const kept = found.flatMap((part) => part.inOrder());
  const result = new Float64Array((WHOLE + kept.length) * QUADRUPLE);
  const whole: Quadruple[] = [
    [flats[0]!, 0],
    all.least ?? all.none ?? [flats[0]!, 0],
    all.greatest ?? all.none ?? [flats[0]!, 0],
    [last, 3 * QUADRUPLE],
  ];
  for (const [entry, [flat, at]] of [...whole, ...kept].entries())
    result.set(flat.subarray(at, at + QUADRUPLE), entry * QUADRUPLE);
  return Buffer.from(result.buffer).swap64();
}

type Quadruple = readonly [flat: Float64Array, at: number];

class Extremes {
  least: Quadruple | undefined;
  greatest: Quadruple | undefined;
  /** The first that is no finite number: it stands for the part when there is nothing else. */
  none: Quadruple | undefined;

  see(flat: Float64Array, at: number): void {
    const value = flat[at + 1]!;
    if (!Number.isFinite(value)) this.none ??= [flat, at];
    else {
      if (!this.least || value < valueOf(this.least)) this.least = [flat, at];
      if (!this.greatest || value > valueOf(this.greatest)) this.greatest = [flat, at];
    }
  }

  inOrder(): Quadruple[] {
    if (!this.least || !this.greatest) return this.none ? [this.none, this.none] : [];
    const ascending = xOf(this.least) <= xOf(this.greatest);
    return ascending ? [this.least, this.greatest] : [this.greatest, this.least];
  }
}
const xOf = ([flat, at]: Quadruple): number => flat[at]!;
const valueOf = ([flat, at]: Quadruple): number => flat[at + 1]!;

function quadruplesOf(sketch: Sketch): Float64Array {
  // A copy: it begins where doubles may, and its bytes are turned round in place.
  const bytes = Buffer.alloc(sketch.length);
  sketch.copy(bytes);
  bytes.swap64();
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
}

/** Adds a sketch's points to a list, each x once, ascending. */
export function addSketch(list: PointList, sketch: Sketch): void {
  const flat = quadruplesOf(sketch);
  const entries = flat.length / QUADRUPLE;
  const add = (entry: number): void => {
    const at = entry * QUADRUPLE;
    const x = flat[at]!;
    if (list.xs.length > 0 && x <= list.xs.at(-1)!) return;
    list.xs.push(x);
    list.values.push(flat[at + 1]!);
    list.ts.push(flat[at + 2]!);
    list.epochs.push(Number.isNaN(flat[at + 3]!) ? null : flat[at + 3]!);
  };
  add(0);
  if (entries === WHOLE) for (const entry of flat[QUADRUPLE]! < flat[2 * QUADRUPLE]! ? [1, 2] : [2, 1]) add(entry);
  for (let entry = WHOLE; entry < entries; entry++) add(entry);
  add(3);
}
