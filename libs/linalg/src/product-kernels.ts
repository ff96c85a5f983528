import { productsWasm } from './generated/kernels.js';
import { kernelInstance } from './kernel-memory.js';

/**
 * Sums of products of column-major float64 data, over addresses in one kernel memory. `stride` is bytes from column to
 * column; row counts are multiples of 4, with spare rows of zeros. Source: libs/linalg/assembly/products.ts.
 */
interface ProductKernels {
  /** out[j × count + i] += Σ aᵢ aⱼ for i ≤ j (cells beyond may be filled, too); `count` is a multiple of 4. */
  readonly addProducts: (x: number, stride: number, rows: number, count: number, out: number) => void;
}

/** The kernels of products over `memory`; they are compiled once. */
export function productKernels(memory: WebAssembly.Memory): ProductKernels {
  return kernelInstance(productsWasm, memory) as unknown as ProductKernels;
}
