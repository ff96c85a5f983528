import { arrayText, doublesOf, integersOf, nullableIntegersOf } from './arrays.js';
import type { Points } from './points.js';
import { extremes, sketchOf } from './sketch.js';

/** Points a chunk holds at the most. */
export const CHUNK_POINTS = 1000;
/** Parts of a chunk whose least and greatest its sketch has. */
export const CHUNK_PARTS = 10;

/** A chunk as it is written: arrays as literals, the sketch in hex. */
export interface NewChunk {
  readonly seriesId: number;
  readonly firstX: number;
  readonly lastX: number;
  readonly n: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly sum: number;
  readonly nonfinite: number;
  readonly sketch: string;
  readonly xs: string;
  readonly values: string;
  readonly ts: string;
  readonly epochs: string;
}

/** Cuts points, ascending in x and each x once, into chunks. */
export function* chunksOf(seriesId: number, points: Points): Generator<NewChunk> {
  for (let start = 0; start < points.xs.length; start += CHUNK_POINTS) {
    const cut = <V>(column: readonly V[]): V[] => column.slice(start, start + CHUNK_POINTS);
    const xs = cut(points.xs);
    const values = cut(points.values);
    const ts = cut(points.ts);
    const epochs = cut(points.epochs);
    const own = { xs, values, ts, epochs };
    let [sum, finite] = [0, 0];
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      sum += value;
      finite++;
    }
    const { least, greatest } = extremes(values, 0, values.length);
    yield {
      seriesId,
      firstX: xs[0]!,
      lastX: xs.at(-1)!,
      n: xs.length,
      min: finite === 0 ? null : values[least]!,
      max: finite === 0 ? null : values[greatest]!,
      sum,
      nonfinite: values.length - finite,
      sketch: sketchOf(own, CHUNK_PARTS).toString('hex'),
      xs: arrayText(isEven(xs) ? [] : xs),
      values: arrayText(values),
      ts: arrayText(ts.every((one) => one === ts[0]) ? [ts[0]!] : ts),
      epochs: epochs.some((epoch) => epoch !== null) ? arrayText(epochs) : '{}',
    };
  }
}

function isEven(xs: readonly number[]): boolean {
  const step = xs.length > 1 ? xs[1]! - xs[0]! : 0;
  return xs.every((x, at) => at === 0 || x - xs[at - 1]! === step);
}

/** What a chunk is read as, with `array_send` around its arrays. */
export interface ChunkRow {
  readonly first_x: number;
  readonly last_x: number;
  readonly n: number;
  readonly xs: Buffer;
  readonly vals: Buffer;
  readonly ts: Buffer;
  readonly epochs: Buffer;
}
export const CHUNK_COLUMNS = `chunk.first_x::float8, chunk.last_x::float8, chunk.n, array_send(chunk.xs) AS xs,
  array_send(chunk.vals) AS vals, array_send(chunk.ts) AS ts, array_send(chunk.epochs) AS epochs`;

/** The points of a chunk. */
export function chunkPoints({ first_x: first, last_x: last, n, ...row }: ChunkRow): Points {
  const xs = integersOf(row.xs);
  const epochs = nullableIntegersOf(row.epochs);
  const ts = integersOf(row.ts);
  const step = n > 1 ? (last - first) / (n - 1) : 0;
  return {
    xs: xs.length > 0 ? xs : Array.from({ length: n }, (_, at) => first + at * step),
    values: doublesOf(row.vals),
    ts: ts.length === n ? ts : new Array<number>(n).fill(ts[0]!),
    epochs: epochs.length > 0 ? epochs : new Array<null>(n).fill(null),
  };
}
