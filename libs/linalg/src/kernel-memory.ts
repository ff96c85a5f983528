import { histogramWasm, treesWasm } from './generated/kernels.js';
import { NumericError } from './numeric-error.js';

const pageBytes = 65_536;
const largestBytes = 2 ** 32 - pageBytes;
/** 1 MiB. */
const passingPages = 16;
let passing: WebAssembly.Memory | undefined;

/** Lays out arrays in the memory of the WebAssembly kernels: reserve all places first, then make the memory once. */
export class KernelMemoryPlan {
  /** Address 0 is left free. */
  private end = 64;

  /** The address of `bytes` bytes, aligned to 64. */
  reserve(bytes: number): number {
    const address = this.end;
    this.end += Math.ceil(bytes / 64) * 64;
    return address;
  }

  /** The memory for everything reserved, zeroed. Above 4 GiB: `too-large`. */
  memory(): WebAssembly.Memory {
    return new WebAssembly.Memory({ initial: this.pages() });
  }

  /** The same for threads to share: `old` as it was left, when it is large enough, else a new one. */
  sharedMemory(old?: WebAssembly.Memory): WebAssembly.Memory {
    const pages = this.pages();
    if (old && old.buffer.byteLength >= pages * pageBytes) return old;
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  }

  /**
   * A memory that everyone uses in turn, left as the last one left it: for work that ends before others can begin, so
   * that a short piece of it pays for no memory of its own. Larger ones are made for the asker alone.
   */
  passingMemory(): WebAssembly.Memory {
    return this.pages() > passingPages
      ? this.memory()
      : (passing ??= new WebAssembly.Memory({ initial: passingPages }));
  }

  private pages(): number {
    if (this.end > largestBytes) throw new NumericError('too-large', { bytes: this.end, largest: largestBytes });
    return Math.ceil(this.end / pageBytes);
  }
}

/**
 * Histograms of gradients, over addresses in one kernel memory. A cell is 32 bytes, as four float64: sum of gradients,
 * sum of hessians, rows, unused. Pairs are gradient and hessian, two float32 a row; columns are bins, a byte a row;
 * indexes are uint32. The memory is one that threads share. Source: libs/linalg/assembly/histogram.ts.
 */
export interface HistogramKernels {
  readonly addAll: (column: number, rows: number, pairs: number, cells: number) => void;
  readonly addListed: (column: number, indexes: number, rows: number, pairs: number, cells: number) => void;
  readonly gather: (indexes: number, rows: number, pairs: number, out: number) => void;
  readonly subtract: (a: number, b: number, cells: number) => void;
  readonly clear: (a: number, cells: number) => void;
  readonly copy: (to: number, from: number, count: number) => void;
  /** Rows with a bin up to `cut`, or equal to `alsoLeft`, go to the list `left`, the others to `right`; returns how many went left. */
  readonly partition: (
    column: number,
    indexes: number,
    rows: number,
    cut: number,
    alsoLeft: number,
    left: number,
    right: number,
  ) => number;
  readonly addAmount: (indexes: number, rows: number, values: number, amount: number) => void;
}

/** Walks trees, over addresses in one kernel memory. The layout of nodes is told in libs/linalg/assembly/trees.ts. */
interface TreeKernels {
  /** Writes the leaf (uint32) of every row of a column-major block of float64. */
  readonly descend: (nodes: number, root: number, block: number, rows: number, leaves: number) => void;
}

const compiled = new Map<string, WebAssembly.Module>();
/** Instances over the memory that is passed around. */
const passed = new Map<string, WebAssembly.Exports>();

/** An instance of a kernel module, given as base64, over `memory`; each module is compiled once. */
export function kernelInstance(wasm: string, memory: WebAssembly.Memory): WebAssembly.Exports {
  const made = memory === passing ? passed.get(wasm) : undefined;
  if (made) return made;
  const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0));
  const module = compiled.get(wasm) ?? new WebAssembly.Module(bytes());
  compiled.set(wasm, module);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (memory === passing) passed.set(wasm, exports);
  return exports;
}

/** The histogram kernels over `memory`; they are compiled once. */
export function histogramKernels(memory: WebAssembly.Memory): HistogramKernels {
  return kernelInstance(histogramWasm, memory) as unknown as HistogramKernels;
}

/** The kernels of trees over `memory`; they are compiled once. */
export function treeKernels(memory: WebAssembly.Memory): TreeKernels {
  return kernelInstance(treesWasm, memory) as unknown as TreeKernels;
}
