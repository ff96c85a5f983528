import { distancesWasm } from './generated/kernels.js';
import { kernelInstance } from './kernel-memory.js';

/**
 * Distances of rows, over addresses in one kernel memory of column-major float64 data. `stride` is bytes from column to
 * column; row counts are multiples of 4. Source: libs/linalg/assembly/distances.ts.
 */
interface DistanceKernels {
  /** Distances of four queries (row-major) to the rows; kind 0 squared euclidean, 1 manhattan, 2 chebyshev. */
  readonly distances: (
    kind: number,
    x: number,
    stride: number,
    rows: number,
    cols: number,
    queries: number,
    out: number,
    outStride: number,
  ) => void;
  /** Places of the values below `limit`, rising, to the int32 `list`; returns how many. */
  readonly below: (values: number, rows: number, limit: number, list: number) => number;
}

/** The kernels of distances over `memory`; they are compiled once. */
export function distanceKernels(memory: WebAssembly.Memory): DistanceKernels {
  return kernelInstance(distancesWasm, memory) as unknown as DistanceKernels;
}
