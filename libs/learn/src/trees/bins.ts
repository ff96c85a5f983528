import { column, type Matrix, NumericError, type Parallel, random, serial, type TeamWork } from '#linalg';

/** A matrix with every column cut into at most `maxBins` bins, and one more for missing values where there are any. */
export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** Column-major, as in Matrix. A missing value has the bin `thresholds[j].length + 1`. */
  readonly data: Uint8Array;
  /** Ascending; a value is in the first bin whose threshold is not below it, or in bin `thresholds[j].length`. */
  readonly thresholds: readonly Float64Array[];
  /** One per column: 1 when a value is missing. */
  readonly missing: Uint8Array;
}

/** Above this many rows the thresholds come from a sample of so many rows. */
const sampleRows = 200_000;
/** Thresholds stay finite, so that infinite values still fall on one side. */
const almostInfinite = 1e300;

/** Moves the values that are present to the front; returns how many there are. */
function packPresent(values: Float64Array): number {
  let kept = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) values[kept++] = values[i]!;
  return kept;
}

/** Present values of a column, or of a sample of it, ascending. */
function sortedValues(values: Float64Array, picks: Uint32Array | null): Float64Array {
  const source = picks ? Float64Array.from(picks, (row) => values[row]!) : values.slice();
  return source.subarray(0, packPresent(source)).sort();
}

/**
 * Midpoints between the values while they are few, else quantiles of the rows (the averaged inverse of the empirical
 * distribution). Source: scikit-learn 1.9, `_hist_gradient_boosting/binning.py`.
 */
function columnThresholds(sorted: Float64Array, maxBins: number): Float64Array {
  const n = sorted.length;
  const cuts: number[] = [];
  for (let i = 1; i < n && cuts.length < maxBins; i++) {
    if (sorted[i]! > sorted[i - 1]!) cuts.push((sorted[i]! + sorted[i - 1]!) / 2);
  }
  if (cuts.length === maxBins) {
    cuts.length = 0;
    for (let k = 1; k < maxBins; k++) {
      // The very order of operations of the source, for the sake of its rounding.
      const place = n * ((k * (100 / maxBins)) / 100) - 1;
      const before = Math.floor(place);
      const next = sorted[before + 1]!;
      const cut = place === before ? (sorted[before]! + next) / 2 : next;
      if (cuts.length === 0 || cut > cuts[cuts.length - 1]!) cuts.push(cut);
    }
  }
  return Float64Array.from(cuts, (cut) => Math.min(cut, almostInfinite));
}

const guideCells = 1024;

/** Writes the bin of every value; returns whether one is missing. A guide of equal cells narrows the search for each. */
function binColumn(values: Float64Array, thresholds: Float64Array, out: Uint8Array): boolean {
  const count = thresholds.length;
  const low = count > 0 ? thresholds[0]! : 0;
  const width = count > 0 ? thresholds[count - 1]! - low : 0;
  const scale = width > 0 ? guideCells / width : 0;
  const guide = new Uint8Array(guideCells + 3);
  // One cell of slack on both sides makes up for rounding.
  for (let cell = 0, bin = 0; cell < guideCells + 3; cell++) {
    while (bin < count && (thresholds[bin]! - low) * scale < cell - 1) bin++;
    guide[cell] = bin;
  }
  let missing = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value <= low) {
      out[i] = 0;
      continue;
    }
    const place = (value - low) * scale;
    if (!(place < guideCells)) {
      const absent = Number.isNaN(value);
      missing ||= absent;
      if (absent) out[i] = count + 1;
      else if (count > 0 && value <= thresholds[count - 1]!) out[i] = count - 1;
      else out[i] = count;
      continue;
    }
    const cell = place | 0;
    let bin = guide[cell]!;
    let end = guide[cell + 2]!;
    while (bin < end) {
      const middle = (bin + end) >> 1;
      if (thresholds[middle]! < value) bin = middle + 1;
      else end = middle;
    }
    out[i] = bin;
  }
  return missing;
}

/** What threads need to bin columns. */
interface BinningTask {
  readonly x: Matrix;
  readonly maxBins: number;
  readonly picks: Uint32Array | null;
  readonly data: Uint8Array;
  /** `maxBins` a column, of which `counts` are in use. */
  readonly cuts: Float64Array;
  readonly counts: Int32Array;
  readonly missing: Uint8Array;
}

/** The kernel `bin-columns`, for {@link Parallel.team}: a part is a column. */
export function openBinning({ x, maxBins, picks, data, cuts, counts, missing }: BinningTask): TeamWork {
  return (j) => {
    const values = column(x, j);
    const own = columnThresholds(sortedValues(values, picks), maxBins);
    cuts.set(own, j * maxBins);
    counts[j] = own.length;
    missing[j] = binColumn(values, own, data.subarray(j * x.rows, (j + 1) * x.rows)) ? 1 : 0;
  };
}

/** Below this many rows threads take longer to come together than they save. */
export const parallelRows = 20_000;

/**
 * Bins every column of `x` into at most `maxBins` (2 to 254 with missing values, 255 without). With more than one thread
 * the bins lie on a SharedArrayBuffer; with many rows and `x` on one, too, the threads share the work. `pulse` is called
 * after each column. An empty matrix: `no-rows`, `no-columns`.
 */
export function binColumns(
  x: Matrix,
  maxBins: number,
  seed: number,
  parallel: Parallel | undefined,
  pulse: () => void,
): Bins {
  const { rows, cols } = x;
  if (rows === 0) throw new NumericError('no-rows');
  if (cols === 0) throw new NumericError('no-columns');
  const shared = parallel !== undefined && parallel.threads > 1;
  const together = shared && rows >= parallelRows && x.data.buffer instanceof SharedArrayBuffer;
  const bytes = (size: number): ArrayBufferLike => (shared ? new SharedArrayBuffer(size) : new ArrayBuffer(size));
  const { below } = random(seed);
  const picks = rows > sampleRows ? new Uint32Array(sampleRows).map(() => below(rows)) : null;
  const task: BinningTask = {
    x,
    maxBins,
    picks,
    data: new Uint8Array(bytes(rows * cols)),
    cuts: new Float64Array(bytes(8 * maxBins * cols)),
    counts: new Int32Array(bytes(4 * cols)),
    missing: new Uint8Array(bytes(cols)),
  };
  const team = (together ? parallel : serial({ 'bin-columns': openBinning })).team('bin-columns', task);
  try {
    team.run(cols, pulse);
  } finally {
    team.end();
  }
  const { data, cuts, counts } = task;
  const thresholds = Array.from(counts, (count, j) => cuts.slice(j * maxBins, j * maxBins + count));
  return { rows, cols, data, thresholds, missing: task.missing.slice() };
}
