import { distanceKernels } from './distance-kernels.js';
import { KernelMemoryPlan } from './kernel-memory.js';
import type { Matrix } from './matrix.js';

/** The ways to measure how far two rows are apart. `minkowski` is with p = 2, so the same as `euclidean`. */
export const distanceMetrics = ['minkowski', 'euclidean', 'manhattan', 'chebyshev'] as const;

/** One of {@link distanceMetrics}. */
export type DistanceMetric = (typeof distanceMetrics)[number];

const kinds = { minkowski: 0, euclidean: 0, manhattan: 1, chebyshev: 2 } as const;
/** Rows of a block of `x`: with some tens of columns it stays in the cache while all queries pass over it. */
const blockRows = 512;
const queryRows = 16_384;

/** What {@link scanDistances} is to do. `x` and `queries` have equally many columns. */
export interface DistanceScan {
  readonly x: Matrix;
  readonly queries: Matrix;
  readonly metric: DistanceMetric;
  /** One per query; may be lowered by `visit`. A distance is shown if it lay below its limit when its block was begun. */
  readonly limits: Float64Array;
  /** Called with each such distance (for the euclidean metric **squared**), per query in the order of rows of `x`. */
  readonly visit: (query: number, row: number, distance: number) => void;
  readonly tick?: (done: number, total: number) => void;
}

/** All distances of queries to rows in blocks, summed over columns in their order from differences (no cancellation). */
export function scanDistances({ x, queries, metric, limits, visit, tick }: DistanceScan): void {
  const { rows, cols } = x;
  const batch = Math.ceil(Math.min(queryRows, queries.rows) / 4) * 4;
  const plan = new KernelMemoryPlan();
  const xAt = plan.reserve(blockRows * cols * 8);
  const queriesAt = plan.reserve(batch * cols * 8);
  const outAt = plan.reserve(4 * blockRows * 8);
  const listAt = plan.reserve(blockRows * 4);
  const memory = plan.memory();
  const { distances, below } = distanceKernels(memory);
  const block = new Float64Array(memory.buffer, xAt, blockRows * cols);
  const query = new Float64Array(memory.buffer, queriesAt, batch * cols);
  const out = new Float64Array(memory.buffer, outAt, 4 * blockRows);
  const list = new Int32Array(memory.buffer, listAt, blockRows);
  const scanFour = (first: number, count: number, start: number, length: number): void => {
    for (let q = 0; q < count; q++) {
      const found = below(outAt + q * blockRows * 8, length, limits[first + q]!, listAt);
      for (let at = 0; at < found; at++) visit(first + q, start + list[at]!, out[q * blockRows + list[at]!]!);
    }
  };
  for (let firstQuery = 0; firstQuery < queries.rows; firstQuery += batch) {
    const here = Math.min(batch, queries.rows - firstQuery);
    for (let q = 0; q < here; q++) {
      for (let j = 0; j < cols; j++) query[q * cols + j] = queries.data[j * queries.rows + firstQuery + q]!;
    }
    for (let start = 0; start < rows; start += blockRows) {
      tick?.(firstQuery * rows + here * start, queries.rows * rows);
      const length = Math.min(blockRows, rows - start);
      for (let j = 0; j < cols; j++) {
        block.set(x.data.subarray(j * rows + start, j * rows + start + length), j * blockRows);
        // Spare rows lie infinitely far away.
        block.fill(Infinity, j * blockRows + length, (j + 1) * blockRows);
      }
      const even = Math.ceil(length / 4) * 4;
      for (let q = 0; q < here; q += 4) {
        distances(kinds[metric], xAt, blockRows * 8, even, cols, queriesAt + q * cols * 8, outAt, blockRows * 8);
        scanFour(firstQuery + q, Math.min(4, here - q), start, even);
      }
    }
  }
}
