import { perceptronWasm } from './generated/kernels.js';
import { kernelInstance } from './kernel-memory.js';

/** Networks with one hidden layer, over addresses in one kernel memory. Source: libs/linalg/assembly/perceptron.ts. */
interface PerceptronKernels {
  /**
   * One output per row of column-major float64 data, columns `stride` bytes apart; rows are a multiple of 4. Kind 0 is relu,
   * 1 tanh, 2 sigmoid, 3 identity. `units` has groups of four hidden units: their biases, their four weights of every input
   * in turn, their weights in the output.
   */
  readonly perceptronOutputs: (
    kind: number,
    x: number,
    stride: number,
    rows: number,
    inputs: number,
    groups: number,
    units: number,
    bias: number,
    out: number,
  ) => void;
}

/** The kernels of networks over `memory`; they are compiled once. */
export function perceptronKernels(memory: WebAssembly.Memory): PerceptronKernels {
  return kernelInstance(perceptronWasm, memory) as unknown as PerceptronKernels;
}
