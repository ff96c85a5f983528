import { blockStride, column, fillBlock, KernelMemoryPlan, logisticKernels, type Matrix, matrix } from '#linalg';

import type { LogisticFit } from './logistic.js';

/** Rows whose cells and shares lie in a cache together. */
const blockRows = 1024;

/** Class probabilities, rows × classes; each row sums to one. */
export function predictLogistic(fit: LogisticFit, x: Matrix): Matrix {
  const { present, coefficients, intercepts } = fit;
  const outputs = intercepts.length;
  const width = x.cols + 1;
  const stride = blockStride(Math.min(blockRows, x.rows));
  const plan = new KernelMemoryPlan();
  const xAt = plan.reserve(x.cols * stride * 8);
  const wAt = plan.reserve(outputs * width * 8);
  const sharesAt = plan.reserve(present.length * stride * 8);
  const memory = plan.passingMemory();
  const { logisticShares } = logisticKernels(memory);
  const cells = new Float64Array(memory.buffer, xAt, x.cols * stride);
  const w = new Float64Array(memory.buffer, wAt, outputs * width);
  const shares = new Float64Array(memory.buffer, sharesAt, present.length * stride);
  for (let k = 0; k < outputs; k++) {
    w.set(column(coefficients, k), k * width);
    w[k * width + x.cols] = intercepts[k]!;
  }
  const result = matrix(x.rows, fit.classes);
  for (let start = 0; start < x.rows; start += blockRows) {
    const count = Math.min(blockRows, x.rows - start);
    const even = fillBlock({ cells, stride }, x, start, count);
    logisticShares(xAt, stride * 8, even, x.cols, outputs, wAt, sharesAt, stride * 8);
    for (let k = 0; k < present.length; k++)
      result.data.set(shares.subarray(k * stride, k * stride + count), present[k]! * x.rows + start);
  }
  return result;
}
