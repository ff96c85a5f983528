import { KernelMemoryPlan } from './kernel-memory.js';
import { linearKernels } from './linear-kernels.js';
import { type Matrix, column, matrix } from './matrix.js';

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
  const { addProducts } = linearKernels(memory);
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
    let sum = 0;
    if (weights) for (let i = 0; i < x.rows; i++) sum += weights[i]! * values[i]!;
    else for (let i = 0; i < x.rows; i++) sum += values[i]!;
    return sum / total;
  });
}

/** X w + shift: one value per row. `weights` has length cols. */
export function timesVector(x: Matrix, weights: Float64Array, shift = 0): Float64Array {
  const { rows, cols, data } = x;
  const result = new Float64Array(rows).fill(shift);
  for (let start = 0; start < rows; start += blockRows) {
    const end = Math.min(rows, start + blockRows);
    let j = 0;
    // Four columns at a time, so that the result is read and written once for all of them.
    for (; j + 3 < cols; j += 4) {
      const w0 = weights[j]!;
      const w1 = weights[j + 1]!;
      const w2 = weights[j + 2]!;
      const w3 = weights[j + 3]!;
      const p0 = j * rows;
      const p1 = p0 + rows;
      const p2 = p1 + rows;
      const p3 = p2 + rows;
      for (let i = start; i < end; i++) {
        const left = w0 * data[p0 + i]! + w1 * data[p1 + i]!;
        result[i] = result[i]! + left + (w2 * data[p2 + i]! + w3 * data[p3 + i]!);
      }
    }
    for (; j < cols; j++) {
      const w = weights[j]!;
      const from = j * rows;
      for (let i = start; i < end; i++) result[i] = result[i]! + w * data[from + i]!;
    }
  }
  return result;
}

/** Xᵀ v: one value per column. `values` has length rows. */
export function transposeTimesVector(x: Matrix, values: Float64Array): Float64Array {
  return Float64Array.from({ length: x.cols }, (_, j) => dot(x.data, values, j * x.rows, 0, x.rows));
}
