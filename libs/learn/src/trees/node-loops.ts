/*
 * The loops over the rows of a node, one to a function and nothing after the loop. A function that becomes hot inside its
 * first call is compiled there with no knowledge of the code behind the loop, falls back to the interpreter on leaving
 * it, and in Node 20 may do so on every call (measured: up to five times the time of a whole forest).
 */

/** The bin of each row of a node, in the node's order. */
function gatherBins(column: Uint8Array, rows: Uint32Array, start: number, end: number, out: Uint8Array): void {
  for (let i = start, at = 0; i < end; i++, at++) out[at] = column[rows[i]!]!;
}

export function gatherFloats(
  values: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  out: Float64Array,
): void {
  for (let i = start, at = 0; i < end; i++, at++) out[at] = values[rows[i]!]!;
}

export function gatherCodes(values: Int32Array, rows: Uint32Array, start: number, end: number, out: Int32Array): void {
  for (let i = start, at = 0; i < end; i++, at++) out[at] = values[rows[i]!]!;
}

function largestBin(bins: Uint8Array, size: number): number {
  let top = 0;
  for (let at = 0; at < size; at++) if (bins[at]! > top) top = bins[at]!;
  return top;
}

/** As {@link gatherBins}; also sets one bit of `words` per bin in use. */
function gatherMarked(
  column: Uint8Array,
  rows: Uint32Array,
  start: number,
  end: number,
  out: Uint8Array,
  words: Int32Array,
): void {
  for (let i = start, at = 0; i < end; i++, at++) {
    const bin = column[rows[i]!]!;
    out[at] = bin;
    words[bin >> 5]! |= 1 << (bin & 31);
  }
}

/** Up to this many rows, marking the bins in use is cheaper than looking at all of them. */
const fewRows = 256;

/**
 * Reads the bins of a node's rows in one column. `words` gets one bit per bin that may be in use, of a small node just
 * those in use. Returns the largest bin in use.
 */
export function readBins(
  column: Uint8Array,
  rows: Uint32Array,
  start: number,
  end: number,
  out: Uint8Array,
  words: Int32Array,
): number {
  if (end - start > fewRows) {
    words.fill(-1);
    gatherBins(column, rows, start, end, out);
    return largestBin(out, end - start);
  }
  for (let word = 0; word < 8; word++) words[word] = 0;
  gatherMarked(column, rows, start, end, out, words);
  let last = 7;
  while (words[last] === 0) last--;
  return (last << 5) | (31 - Math.clz32(words[last]!));
}

/** Adds the weight of each row to the cell of its bin and class. */
export function addClasses(
  cells: Float64Array,
  bins: Uint8Array,
  codes: Int32Array,
  weights: Float64Array,
  size: number,
  classes: number,
): void {
  for (let at = 0; at < size; at++) cells[bins[at]! * classes + codes[at]!]! += weights[at]!;
}

export function countRows(counts: Int32Array, bins: Uint8Array, size: number): void {
  for (let at = 0; at < size; at++) counts[bins[at]!]!++;
}

/** Adds weight, weighted value and row to the four cells of each row's bin (the last is unused). */
export function addValues(
  cells: Float64Array,
  bins: Uint8Array,
  weights: Float64Array,
  sums: Float64Array,
  size: number,
): void {
  for (let at = 0; at < size; at++) {
    const cell = bins[at]! << 2;
    cells[cell]! += weights[at]!;
    cells[cell + 1]! += sums[at]!;
    cells[cell + 2]! += 1;
  }
}

export function addByClass(totals: Float64Array, codes: Int32Array, weights: Float64Array, size: number): void {
  for (let at = 0; at < size; at++) totals[codes[at]!]! += weights[at]!;
}

export function sumOf(values: Float64Array, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += values[at]!;
  return sum;
}

/** Multiplies `values` by `weights` in place. */
export function weigh(values: Float64Array, weights: Float64Array, size: number): void {
  for (let at = 0; at < size; at++) values[at]! *= weights[at]!;
}

/** Whether all values are the same. */
export function allEqual(values: Float64Array, size: number): boolean {
  const first = values[0]!;
  for (let at = 1; at < size; at++) if (values[at] !== first) return false;
  return true;
}

/** Σ w·v². */
export function sumOfSquares(values: Float64Array, weights: Float64Array, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += weights[at]! * values[at]! * values[at]!;
  return sum;
}

/** Σ w·v·log(v). */
export function sumOfLogs(values: Float64Array, weights: Float64Array, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) {
    const v = values[at]!;
    if (v > 0) sum += weights[at]! * v * Math.log(v);
  }
  return sum;
}

/** Rows with a bin up to `cut` to the front, the others into `spare`, both in order; returns where the front ends. */
export function partitionByBin(
  column: Uint8Array,
  cut: number,
  rows: Uint32Array,
  spare: Uint32Array,
  start: number,
  end: number,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const side = column[row]! <= cut ? 1 : 0;
    // Both are written and one place advances: no branch to mispredict.
    rows[left] = row;
    spare[right] = row;
    left += side;
    right += 1 - side;
  }
  return left;
}

/** Marks the rows [start, end) of a list. */
export function markSide(list: Uint32Array, start: number, end: number, isLeft: Uint8Array, side: 0 | 1): void {
  for (let i = start; i < end; i++) isLeft[list[i]!] = side;
}

/** Marked rows to the front of [start, end), the others into `spare`, both in order. */
export function partitionBySide(
  list: Uint32Array,
  start: number,
  end: number,
  isLeft: Uint8Array,
  spare: Uint32Array,
): void {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = list[i]!;
    const side = isLeft[row]!;
    list[left] = row;
    spare[right] = row;
    left += side;
    right += 1 - side;
  }
}
