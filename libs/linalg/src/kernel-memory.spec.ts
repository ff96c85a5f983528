import { describe, expect, it } from 'vitest';

import { histogramKernels, KernelMemoryPlan, NumericError } from './index.js';

describe('the histogram kernels', () => {
  const plan = new KernelMemoryPlan();
  const [column, order, left, right, pairs, own, a, b, raw] = [4, 16, 16, 16, 32, 32, 96, 96, 32].map((bytes) =>
    plan.reserve(bytes),
  );
  const memory = plan.sharedMemory();
  const kernels = histogramKernels(memory);
  new Uint8Array(memory.buffer, column).set([2, 0, 2, 1]);
  new Uint32Array(memory.buffer, order).set([0, 1, 2, 3]);
  new Float32Array(memory.buffer, pairs).set([1, 10, 2, 20, 3, 30, 4, 40]);
  const cells = (address: number): number[] => [...new Float64Array(memory.buffer, address, 12)];

  it('count all rows, or those listed, into bins', () => {
    kernels.addAll(column!, 4, pairs!, a!);
    expect(cells(a!)).toEqual([2, 20, 1, 0, 4, 40, 1, 0, 4, 40, 2, 0]);
    const listed = order! + 8;
    kernels.gather(listed, 2, pairs!, own!);
    expect([...new Float32Array(memory.buffer, own, 4)]).toEqual([3, 30, 4, 40]);
    kernels.addListed(column!, listed, 2, own!, b!);
    expect(cells(b!)).toEqual([0, 0, 0, 0, 4, 40, 1, 0, 3, 30, 1, 0]);
  });

  it('subtract', () => {
    kernels.subtract(a!, b!, 3);
    expect(cells(a!)).toEqual([2, 20, 1, 0, 0, 0, 0, 0, 1, 10, 1, 0]);
  });

  it('divide rows at a bin, keeping their order', () => {
    expect(kernels.partition(column!, order!, 4, 0, 2, left!, right!)).toBe(3);
    expect([...new Uint32Array(memory.buffer, left, 3)]).toEqual([0, 1, 2]);
    expect(new Uint32Array(memory.buffer, right, 1)[0]).toBe(3);
    kernels.copy(right! + 4, left!, 3);
    expect([...new Uint32Array(memory.buffer, right, 4)]).toEqual([3, 0, 1, 2]);
  });

  it('add to the listed rows', () => {
    kernels.addAmount(order!, 2, raw!, 1.5);
    expect([...new Float64Array(memory.buffer, raw, 4)]).toEqual([1.5, 1.5, 0, 0]);
  });

  it('empty cells', () => {
    kernels.clear(a!, 2);
    expect(cells(a!)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 10, 1, 0]);
  });

  it('use a memory again that is large enough', () => {
    expect(plan.sharedMemory(memory)).toBe(memory);
    const larger = new KernelMemoryPlan();
    larger.reserve(2 * memory.buffer.byteLength);
    expect(larger.sharedMemory(memory)).not.toBe(memory);
  });

  it('have 4 GiB at most', () => {
    const large = new KernelMemoryPlan();
    large.reserve(2 ** 32);
    expect(() => large.memory()).toThrow(NumericError);
    expect(() => large.sharedMemory()).toThrow(NumericError);
  });
});
