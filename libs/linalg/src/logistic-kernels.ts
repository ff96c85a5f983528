import { logisticWasm } from './generated/kernels.js';
import { kernelInstance } from './kernel-memory.js';

/**
 * Logistic models over column-major float64 data, over addresses in one kernel memory. `stride` is bytes from column to
 * column; row counts are multiples of 8. Coefficients `w` are outputs × (cols + 1), the last of each output its intercept;
 * one output is class 1 of two, more are one per class. Source: libs/linalg/assembly/logistic.ts.
 */
interface LogisticKernels {
  /**
   * Adds the gradient of the weighted cross-entropy to `g`, laid out as `w`, and returns the loss. `y` is int32, a class a
   * row; `weights` float64, a row each, zero for spare rows, or at address 0: every row weighs 1. `scratch` has outputs ×
   * 128 float64.
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
  /** The share of every class, a column `outStride` bytes from the next per class, two for one output. */
  readonly logisticShares: (
    x: number,
    stride: number,
    rows: number,
    cols: number,
    outputs: number,
    w: number,
    out: number,
    outStride: number,
  ) => void;
}

/** The kernels of logistic models over `memory`; they are compiled once. */
export function logisticKernels(memory: WebAssembly.Memory): LogisticKernels {
  return kernelInstance(logisticWasm, memory) as unknown as LogisticKernels;
}
