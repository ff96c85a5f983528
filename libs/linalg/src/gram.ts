import { KernelMemoryPlan } from './kernel-memory.js';
import { type Matrix, column, matrix } from './matrix.js';
import { productKernels } from './product-kernels.js';
import { sumOf } from './sums.js';

/** Columns of a block stay in the cache while their products are summed. */
const blockRows = 512;

/** Σ aᵢ bᵢ over a stretch, in four sums so that the additions do not wait for each other. */
function dot(a: Float64Array, b: Float64Array, from: number, other: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += a[from + i]! * b[other + i]!;
    s1 += a[from + i + 1]! * b[other + i + 1]!;
    s2 += a[from + i + 2]! * b[other + i + 2]!;
    s3 += a[from + i + 3]! * b[other + i + 3]!;
  }
  for (; i < length; i++) s0 += a[from + i]! * b[other + i]!;
  return s0 + s1 + (s2 + s3);
}

/** What to do to columns before their products are summed. */
export interface GramOptions {
  /** One number per column, taken off its values. */
  readonly centre?: Float64Array;
  /** One weight ≥ 0 per row. */
  readonly weights?: Float64Array;
}

/**
 * Sums of products of columns of equal length: Σᵣ weightᵣ (aᵣ − centre_a)(bᵣ − centre_b), a full symmetric matrix in the
 * order of `columns`. Rows go through in blocks that stay in the cache; the columns are not copied as a whole.
 */
export function crossProducts(columns: readonly Float64Array[], { centre, weights }: GramOptions = {}): Matrix {
  const count = columns.length;
  const rows = columns[0]?.length ?? 0;
  const padded = Math.ceil(count / 4) * 4;
  const plan = new KernelMemoryPlan();
  const blockAt = plan.reserve(padded * blockRows * 8);
  const sumsAt = plan.reserve(padded * padded * 8);
  const memory = plan.memory();
  const { addProducts } = productKernels(memory);
  const block = new Float64Array(memory.buffer, blockAt, padded * blockRows);
  const sums = new Float64Array(memory.buffer, sumsAt, padded * padded);
  const roots = weights?.map(Math.sqrt);
  for (let start = 0; start < rows; start += blockRows) {
    const length = Math.min(blockRows, rows - start);
    const even = Math.ceil(length / 4) * 4;
    for (let j = 0; j < count; j++) {
      const from = columns[j]!;
      const shift = centre?.[j] ?? 0;
      const at = j * blockRows;
      if (roots) for (let i = 0; i < length; i++) block[at + i] = (from[start + i]! - shift) * roots[start + i]!;
      else for (let i = 0; i < length; i++) block[at + i] = from[start + i]! - shift;
      block.fill(0, at + length, at + even);
    }
    addProducts(blockAt, blockRows * 8, even, padded, sumsAt);
  }
  const result = matrix(count, count);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i <= j; i++) {
      const sum = sums[j * padded + i]!;
      result.data[j * count + i] = sum;
      result.data[i * count + j] = sum;
    }
  }
  return result;
}

/** (X − centre)ᵀ W (X − centre), cols × cols and full (both halves). */
export function gram(x: Matrix, options: GramOptions = {}): Matrix {
  return crossProducts(
    Array.from({ length: x.cols }, (_, j) => column(x, j)),
    options,
  );
}

/** Mean of each column, weighted by `weights` (one per row, not all zero) when given. */
export function columnMeans(x: Matrix, weights?: Float64Array): Float64Array {
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : x.rows;
  return Float64Array.from({ length: x.cols }, (_, j) => {
    const values = column(x, j);
    return (weights ? dot(weights, values, 0, 0, x.rows) : sumOf(values)) / total;
  });
}

/** Rows `start` to `end` of a product with columns from `j` on: many columns a pass, so that the result is read and written less often. */
function addEightColumns(
  { rows, data }: Matrix,
  w: Float64Array,
  j: number,
  out: Float64Array,
  start: number,
  end: number,
): void {
  const [w0, w1, w2, w3, w4, w5, w6, w7] = w.subarray(j, j + 8) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const p0 = j * rows;
  const p1 = p0 + rows;
  const p2 = p1 + rows;
  const p3 = p2 + rows;
  const p4 = p3 + rows;
  const p5 = p4 + rows;
  const p6 = p5 + rows;
  const p7 = p6 + rows;
  for (let i = start; i < end; i++) {
    const a = w0 * data[p0 + i]! + w1 * data[p1 + i]!;
    const b = w2 * data[p2 + i]! + w3 * data[p3 + i]!;
    const c = w4 * data[p4 + i]! + w5 * data[p5 + i]!;
    const d = w6 * data[p6 + i]! + w7 * data[p7 + i]!;
    out[i] = out[i]! + (a + b + (c + d));
  }
}

function addFourColumns(
  { rows, data }: Matrix,
  w: Float64Array,
  j: number,
  out: Float64Array,
  start: number,
  end: number,
): void {
  const [w0, w1, w2, w3] = w.subarray(j, j + 4) as unknown as [number, number, number, number];
  const p0 = j * rows;
  const p1 = p0 + rows;
  const p2 = p1 + rows;
  const p3 = p2 + rows;
  for (let i = start; i < end; i++) {
    const a = w0 * data[p0 + i]! + w1 * data[p1 + i]!;
    out[i] = out[i]! + a + (w2 * data[p2 + i]! + w3 * data[p3 + i]!);
  }
}

function addColumn(
  { rows, data }: Matrix,
  w: Float64Array,
  j: number,
  out: Float64Array,
  start: number,
  end: number,
): void {
  const weight = w[j]!;
  const from = j * rows;
  for (let i = start; i < end; i++) out[i] = out[i]! + weight * data[from + i]!;
}

/** X w + shift: one value per row. `weights` has length cols. */
export function timesVector(x: Matrix, weights: Float64Array, shift = 0): Float64Array {
  const { rows, cols } = x;
  const result = new Float64Array(rows).fill(shift);
  for (let start = 0; start < rows; start += blockRows) {
    const end = Math.min(rows, start + blockRows);
    let j = 0;
    for (; j + 7 < cols; j += 8) addEightColumns(x, weights, j, result, start, end);
    if (j + 3 < cols) {
      addFourColumns(x, weights, j, result, start, end);
      j += 4;
    }
    for (; j < cols; j++) addColumn(x, weights, j, result, start, end);
  }
  return result;
}

/** Xᵀ v: one value per column. `values` has length rows. */
export function transposeTimesVector(x: Matrix, values: Float64Array): Float64Array {
  return Float64Array.from({ length: x.cols }, (_, j) => dot(x.data, values, j * x.rows, 0, x.rows));
}
