import { describe, expect, it } from 'vitest';

import { KernelMemoryPlan, treeKernels } from './index.js';

describe('the tree kernels', () => {
  const plan = new KernelMemoryPlan();
  const [nodes, block, leaves] = [16 * 5, 8 * 12, 4 * 6].map((bytes) => plan.reserve(bytes));
  const memory = plan.memory();
  const { descend } = treeKernels(memory);
  const columnBytes = 8 * 6;
  // Column 1 at most 0.5, missing right; on the right column 0 at most 2, missing left.
  const tree = [
    { threshold: 0.5, place: columnBytes + 1, left: 1 },
    { threshold: Infinity, place: 0, left: 1 },
    { threshold: 2, place: 0, left: 3 },
    { threshold: Infinity, place: 0, left: 3 },
    { threshold: Infinity, place: 0, left: 4 },
  ];
  tree.forEach(({ threshold, place, left }, i) => {
    new Float64Array(memory.buffer, nodes! + 16 * i, 1)[0] = threshold;
    new Uint32Array(memory.buffer, nodes! + 16 * i + 8, 2).set([place, left]);
  });
  new Float64Array(memory.buffer, block, 12).set([1, 2, 3, NaN, 2, 9, 0, 1, 1, 1, NaN, 0.5]);

  it.each([6, 5, 3])('find the leaf of each of %i rows', (rows) => {
    descend(nodes!, 0, block!, rows, leaves!);
    expect([...new Uint32Array(memory.buffer, leaves, rows)]).toEqual([1, 3, 4, 3, 3, 1].slice(0, rows));
  });
});
