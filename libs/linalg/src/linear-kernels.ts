import { linearWasm } from './generated/kernels.js';
import { kernelInstance } from './kernel-memory.js';

/**
 * Passes over column-major float64 data, over addresses in one kernel memory. `stride` is bytes from column to column; row
 * counts are multiples of 4, with spare rows of zeros. Source: libs/linalg/assembly/linear.ts.
 */
export interface LinearKernels {
  /**
   * Adds the gradient of the weighted cross-entropy to `g` and returns the loss. Coefficients `w` and `g`: outputs ×
   * (cols + 1), the last of each output its intercept; one output is class 1 of two. `y` is int32, `weights` float64, a row
   * each; `scratch` has outputs × 256 float64.
   */
  readonly logisticPass: (
    x: number,
    stride: number,
    rows: number,
    cols: number,
    outputs: number,
    w: number,
    y: number,
    weights: number,
    g: number,
    scratch: number,
  ) => number;
  /** out[j × count + i] += Σ aᵢ aⱼ for i ≤ j (cells beyond may be filled, too); `count` is a multiple of 4. */
  readonly addProducts: (x: number, stride: number, rows: number, count: number, out: number) => void;
}

/** The kernels of linear models over `memory`; they are compiled once. */
export function linearKernels(memory: WebAssembly.Memory): LinearKernels {
  return kernelInstance(linearWasm, memory) as unknown as LinearKernels;
}
