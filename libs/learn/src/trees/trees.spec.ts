import { describe, expect, it } from 'vitest';

import { Cancelled, column, fromRows, matrix, type Matrix, type Parallel, random, serial } from '#linalg';

import { kernels } from '../kernels.js';
import { fitForestClassifier, fitForestRegressor, fitTreeClassifier, fitTreeRegressor, predictTrees } from './index.js';

const context = { seed: 3 };
const classes = (...codes: number[]): Int32Array => Int32Array.from(codes);
const line = fromRows([[0], [1], [2], [3]]);

/** Rows of noise whose class is the sign of the first column times the second. */
function checkers(rows: number, seed = 1): { x: Matrix; y: Int32Array } {
  const { normal } = random(seed);
  const x = matrix(
    rows,
    4,
    Float64Array.from({ length: rows * 4 }, () => normal()),
  );
  return { x, y: Int32Array.from({ length: rows }, (_, i) => (x.data[i]! * x.data[rows + i]! > 0 ? 1 : 0)) };
}

function accuracy(probabilities: Matrix, y: Int32Array): number {
  const ones = column(probabilities, 1);
  return y.filter((code, i) => (ones[i]! > 0.5 ? 1 : 0) === code).length / y.length;
}

describe('a decision tree', () => {
  it('cuts halfway between values', () => {
    const tree = fitTreeClassifier(line, classes(0, 0, 1, 1), 2, {}, context);
    expect(tree.threshold[0]).toBe(1.5);
    expect([...tree.feature]).toEqual([0, -1, -1]);
    expect([...predictTrees(tree, line).data]).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
    expect([...tree.samples]).toEqual([4, 2, 2]);
    expect([...tree.impurity]).toEqual([0.5, 0, 0]);
  });

  it('takes the first of equally good columns, and splits without gain as long as it is impure', () => {
    const corners = fromRows([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const tree = fitTreeClassifier(corners, classes(0, 1, 1, 0), 2, {}, context);
    expect(tree.feature[0]).toBe(0);
    expect(accuracy(predictTrees(tree, corners), classes(0, 1, 1, 0))).toBe(1);
  });

  it('never separates equal values', () => {
    const tied = fromRows([[1], [1], [1], [2]]);
    const tree = fitTreeRegressor(tied, Float64Array.of(1, 2, 3, 10), {}, context);
    expect([...predictTrees(tree, tied).data]).toEqual([2, 2, 2, 10]);
  });

  it.each([
    ['a constant column', fromRows([[5], [5]]), classes(0, 1), [0.5, 0.5]],
    ['one row', fromRows([[5]]), classes(1), [0, 1]],
    ['one class', line, classes(1, 1, 1, 1), [0, 1]],
  ])('answers %s with a leaf', (_, x, y, value) => {
    const tree = fitTreeClassifier(x, y, 2, {}, context);
    expect(tree.feature).toHaveLength(1);
    expect([...tree.value]).toEqual(value);
  });

  it('does not cut between neighbouring floats above the lower one', () => {
    const low = 1;
    const high = 1 + Number.EPSILON;
    const x = fromRows([[low], [high]]);
    const tree = fitTreeClassifier(x, classes(0, 1), 2, {}, context);
    expect([...predictTrees(tree, x).data]).toEqual([1, 0, 0, 1]);
  });

  it('treats a weight of two as two rows, and a weight of zero as none', () => {
    const { x, y } = checkers(60);
    const weights = Array.from(y, (_, i) => i % 3);
    const twice = Array.from(y, (_, i) => i).flatMap((i) => Array.from({ length: weights[i]! }, () => i));
    const rows = fromRows(twice.map((i) => [0, 1, 2, 3].map((j) => x.data[j * x.rows + i]!)));
    const a = fitTreeClassifier(x, y, 2, { sampleWeight: weights, maxDepth: 4 }, context);
    const b = fitTreeClassifier(
      rows,
      Int32Array.from(twice, (i) => y[i]!),
      2,
      { maxDepth: 4 },
      context,
    );
    expect([...predictTrees(a, x).data]).toEqual([...predictTrees(b, x).data]);
  });

  it('balances classes', () => {
    const x = fromRows([[0], [0], [0], [1]]);
    const tree = fitTreeClassifier(x, classes(0, 0, 1, 1), 2, { classWeight: 'balanced', maxDepth: 1 }, context);
    expect(tree.value[0]).toBe(0.5);
    const skewed = fitTreeClassifier(
      fromRows([[0], [0], [0], [0]]),
      classes(0, 0, 0, 1),
      2,
      { classWeight: 'balanced' },
      context,
    );
    expect([...skewed.value]).toEqual([0.5, 0.5]);
  });

  it('keeps its precision far from zero', () => {
    const far = Float64Array.of(1e9 + 0.1, 1e9 + 0.1, 1e9 + 0.1, 1e9 + 0.2);
    const tree = fitTreeRegressor(line, far, {}, context);
    expect(tree.feature).toHaveLength(3);
    expect([...predictTrees(tree, line).data]).toEqual([...far]);
  });

  it.each([
    ['missing-values', fromRows([[Number.NaN], [1]]), [0, 1], {}],
    ['infinite-values', fromRows([[Infinity], [1]]), [0, 1], {}],
    ['no-rows', matrix(0, 1), [], {}],
    ['no-columns', matrix(1, 0), [0], {}],
    ['bad-shape', line, [0, 1], {}],
    ['missing-values', line, [0, 1, Number.NaN, 1], {}],
    ['bad-parameter', line, [0, 1, 1, 1], { maxDepth: 0 }],
    ['bad-parameter', line, [0, 1, 1, 1], { sampleWeight: [1, 1, 1, -1] }],
    ['no-rows', line, [0, 1, 1, 1], { sampleWeight: [0, 0, 0, 0] }],
    ['negative-target', line, [0, 1, -1, 1], { criterion: 'poisson' as const }],
  ])('refuses: %s', (code, x, y, params) => {
    const fit = (): unknown => fitTreeRegressor(x, Float64Array.from(y), params, context);
    expect(fit).toThrow(expect.objectContaining({ code }));
  });

  it('predicts the same for many rows at once as for each alone, and refuses missing ones', () => {
    const { x, y } = checkers(5000);
    const tree = fitTreeClassifier(x, y, 2, { maxDepth: 6 }, context);
    const all = predictTrees(tree, x);
    for (const row of [0, 1, 4095, 4096, 4999]) {
      const alone = predictTrees(tree, fromRows([[0, 1, 2, 3].map((j) => column(x, j)[row]!)]));
      expect(alone.data[1]).toBe(column(all, 1)[row]);
    }
    expect(predictTrees(tree, matrix(0, 4)).rows).toBe(0);
    const gap = fromRows([[Number.NaN, 1, 1, 1]]);
    expect(() => predictTrees(tree, gap)).toThrow(expect.objectContaining({ code: 'missing-values' }));
  });

  it('stops at the tick that cancels', () => {
    const { x, y } = checkers(30_000);
    let ticks = 0;
    const tick = (): void => {
      if (++ticks === 5) throw new Cancelled();
    };
    expect(() => fitTreeClassifier(x, y, 2, {}, { seed: 1, tick })).toThrow(Cancelled);
    expect(ticks).toBe(5);
  });
});

describe('a random forest', () => {
  const { x, y } = checkers(300);
  const held = checkers(300, 2);

  it('learns what one column alone does not tell', () => {
    const { trees, oobScore } = fitForestClassifier(x, y, 2, { estimators: 30, oobScore: true }, context);
    expect(accuracy(predictTrees(trees, held.x), held.y)).toBeGreaterThan(0.85);
    expect(oobScore).toBeGreaterThan(0.85);
    const probabilities = predictTrees(trees, held.x);
    for (let i = 0; i < held.x.rows; i++)
      expect(column(probabilities, 0)[i]! + column(probabilities, 1)[i]!).toBeCloseTo(1, 12);
  });

  it('is the same for any number of threads and on shared memory', () => {
    const threads: Parallel = {
      ...serial(kernels),
      threads: 3,
      map: <O>(_: string, inputs: readonly unknown[]) =>
        inputs.map((input) => kernels['grow-trees'](input as never, () => undefined) as O),
    };
    const alone = fitForestClassifier(x, y, 2, { estimators: 50 }, context);
    const together = fitForestClassifier(x, y, 2, { estimators: 50 }, { ...context, parallel: threads });
    expect(together).toEqual(alone);
    expect(fitForestClassifier(x, y, 2, { estimators: 50 }, { seed: 4 })).not.toEqual(alone);
  });

  it('draws as many rows as it is told', () => {
    const trees = (params: object): number =>
      fitForestClassifier(x, y, 2, { estimators: 1, ...params }, context).trees.weight[0]!;
    expect(trees({})).toBe(300);
    expect(trees({ maxSamples: 0.5 })).toBe(150);
    expect(trees({ maxSamples: 20 })).toBe(20);
    expect(trees({ bootstrap: false })).toBe(300);
  });

  it('has no score out of bag while a row was in every bag', () => {
    const params = { estimators: 1, oobScore: true };
    expect(fitForestClassifier(x, y, 2, params, context).oobScore).toBeNull();
  });

  it.each(['squared_error', 'absolute_error', 'poisson'] as const)('predicts numbers by %s', (criterion) => {
    const target = Float64Array.from(y, (code, i) => 3 * code + Math.abs(x.data[i]!));
    const { trees } = fitForestRegressor(x, target, { estimators: 10, criterion, maxFeatures: 'sqrt' }, context);
    const error = predictTrees(trees, x).data.reduce((sum, value, i) => sum + Math.abs(value - target[i]!), 0) / 300;
    expect(error).toBeLessThan(0.5);
  });

  it('weighs the classes of each bag', () => {
    const rare = Int32Array.from({ length: 300 }, (_, i) => (i % 20 === 0 ? 1 : 0));
    const params = { estimators: 5, maxDepth: 1, classWeight: 'balanced_subsample' as const };
    const { trees } = fitForestClassifier(x, rare, 2, params, context);
    for (const root of trees.roots) expect(trees.value[root * 2]).toBeCloseTo(0.5, 12);
  });

  it('refuses no trees', () => {
    const fit = (): unknown => fitForestClassifier(x, y, 2, { estimators: 0 }, context);
    expect(fit).toThrow(expect.objectContaining({ code: 'bad-parameter' }));
  });
});
