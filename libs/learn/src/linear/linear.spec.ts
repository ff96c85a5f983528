import { describe, expect, it } from 'vitest';

import { Cancelled, fromRows, matrix, random } from '#linalg';

import { balancedWeights, fitLogistic, leastSquares, predictLinear, predictLogistic } from './index.js';
import { logisticObjective } from './logistic-objective.js';

const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
const x = fromRows([[1], [2], [3], [4]]);
const y = Float64Array.of(3, 5, 7, 9);
const cancel = (): never => {
  throw new Cancelled();
};

describe('leastSquares', () => {
  it('finds a line and predicts with it', () => {
    const fit = leastSquares(x, y);
    expect(fit.coefficients[0]).toBeCloseTo(2, 12);
    expect(fit.intercept).toBeCloseTo(1, 12);
    expect(predictLinear(fit, fromRows([[10]]))[0]).toBeCloseTo(21, 11);
  });
  it('one row gives its target, a constant column no weight', () => {
    expect(leastSquares(fromRows([[4, 5]]), Float64Array.of(6))).toEqual({
      coefficients: new Float64Array(2),
      intercept: 6,
    });
    const fit = leastSquares(matrix(4, 2, Float64Array.of(1, 2, 3, 4, 0.1, 0.1, 0.1, 0.1)), y);
    expect(fit.coefficients[0]).toBeCloseTo(2, 10);
    expect(fit.coefficients[1]).toBeCloseTo(0, 10);
  });
  it('leaves its inputs alone', () => {
    const copy = [x.data.slice(), y.slice()];
    leastSquares(x, y, { alpha: 1, weights: Float64Array.of(1, 2, 3, 4) });
    expect([x.data, y]).toEqual(copy);
  });
  it.each([
    ['missing values', () => leastSquares(fromRows([[Number.NaN]]), Float64Array.of(1)), 'missing-values'],
    ['infinite targets', () => leastSquares(fromRows([[1]]), Float64Array.of(Infinity)), 'infinite-values'],
    ['different lengths', () => leastSquares(x, Float64Array.of(1)), 'bad-shape'],
    ['no rows', () => leastSquares(matrix(0, 1), new Float64Array()), 'no-rows'],
    ['no columns', () => leastSquares(matrix(1, 0), new Float64Array(1)), 'no-columns'],
    ['negative weights', () => leastSquares(x, y, { weights: Float64Array.of(1, 1, 1, -1) }), 'bad-parameter'],
    ['weights of zero', () => leastSquares(x, y, { weights: new Float64Array(4) }), 'bad-parameter'],
  ])('refuses %s', (_, work, expected) => expect(code(work)).toBe(expected));
  it('stops when cancelled', () => expect(() => leastSquares(x, y, { tick: cancel })).toThrow(Cancelled));
});

describe('fitLogistic', () => {
  const classes = Int32Array.of(0, 0, 2, 2);
  it('gives a class that training never saw probability 0', () => {
    const fit = fitLogistic(x, classes, 3);
    expect([...fit.present]).toEqual([0, 2]);
    const { data } = predictLogistic(fit, x);
    expect([...data.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
    for (let i = 0; i < 4; i++) expect(data[i]! + data[8 + i]!).toBeCloseTo(1, 15);
    expect(data[11]!).toBeGreaterThan(0.5);
  });
  it('zeroes useless columns exactly under l1', () => {
    const { normal } = random(3);
    const noise = matrix(200, 6, Float64Array.from({ length: 1200 }, normal));
    const truth = Int32Array.from({ length: 200 }, (_, i) => (noise.data[i]! + 0.3 * normal() > 0 ? 1 : 0));
    const { coefficients } = fitLogistic(noise, truth, 2, { penalty: 'l1', c: 0.05 });
    expect(coefficients.data[0]!).toBeGreaterThan(0.5);
    expect([...coefficients.data.subarray(1)]).toEqual([0, 0, 0, 0, 0]);
  });
  it('says when the iterations ran out, and ticks them', () => {
    const seen: number[] = [];
    const fit = fitLogistic(x, classes, 3, { maxIterations: 2, tick: (done, total) => seen.push(done / total) });
    expect(fit.converged).toBe(false);
    expect(seen).toEqual([0, 0.5]);
  });
  it.each([
    ['one class', () => fitLogistic(x, Int32Array.of(1, 1, 1, 1), 2), 'one-class'],
    ['one class with weight', () => fitLogistic(x, classes, 3, { weights: Float64Array.of(1, 1, 0, 0) }), 'one-class'],
    ['a class out of range', () => fitLogistic(x, Int32Array.of(0, 1, 2, 3), 3), 'bad-parameter'],
    ['missing values', () => fitLogistic(fromRows([[Number.NaN], [1]]), Int32Array.of(0, 1), 2), 'missing-values'],
    ['different lengths', () => fitLogistic(x, Int32Array.of(0, 1), 2), 'bad-shape'],
  ])('refuses %s', (_, work, expected) => expect(code(work)).toBe(expected));
  it.each([2, 3])(
    'predicts the plain shares, whatever the block and however large the scores (%i classes)',
    (count) => {
      const { normal } = random(5);
      const rows = 1500;
      const outputs = count === 2 ? 1 : count;
      const table = matrix(rows, 3, Float64Array.from({ length: rows * 3 }, normal));
      table.data[0] = 1e4;
      table.data[1] = -1e4;
      const coefficients = matrix(3, outputs, Float64Array.from({ length: 3 * outputs }, normal));
      const intercepts = Float64Array.from({ length: outputs }, normal);
      const present = Int32Array.from({ length: count }, (_, k) => k);
      const fit = { classes: count, present, coefficients, intercepts, iterations: 1, converged: true };
      const { data } = predictLogistic(fit, table);
      for (let i = 0; i < rows; i++) {
        const score = (k: number): number =>
          [0, 1, 2].reduce((sum, j) => sum + coefficients.data[k * 3 + j]! * table.data[j * rows + i]!, intercepts[k]!);
        const scores = count === 2 ? [0, score(0)] : [0, 1, 2].map(score);
        const shares = scores.map((own) => 1 / scores.reduce((sum, other) => sum + Math.exp(other - own), 0));
        shares.forEach((share, k) => expect(data[k * rows + i]!).toBeCloseTo(share, 14));
      }
    },
  );
  it('stops when cancelled', () => {
    expect(() => fitLogistic(x, classes, 3, { tick: cancel })).toThrow(Cancelled);
    expect(() => fitLogistic(x, classes, 3, { tick: cancel, penalty: 'l1' })).toThrow(Cancelled);
  });
});

describe('logisticObjective', () => {
  const { normal, below } = random(9);
  const rows = 2501;
  const table = matrix(rows, 5, Float64Array.from({ length: rows * 5 }, normal));
  const some = Float64Array.from({ length: rows }, () => below(3));

  it.each([
    [2, 'no', new Float64Array(rows).fill(1)],
    [3, 'no', new Float64Array(rows).fill(1)],
    [2, 'some', some],
    [4, 'some', some],
  ] as const)(
    'equals the plain sums, with blocks and spare rows (%i classes, %s weights)',
    (classes, kind, weights) => {
      const sum = weights.reduce((before, weight) => before + weight, 0);
      const truth = Int32Array.from({ length: rows }, () => below(classes));
      const outputs = classes === 2 ? 1 : classes;
      const w = Float64Array.from({ length: outputs * 6 }, () => 3 * normal());
      let loss = 0;
      const slopes = new Float64Array(w.length);
      for (let i = 0; i < rows; i++) {
        const score = (k: number): number =>
          [0, 1, 2, 3, 4].reduce((sum, j) => sum + w[k * 6 + j]! * table.data[j * rows + i]!, w[k * 6 + 5]!);
        const scores = outputs === 1 ? [0, score(0)] : Array.from({ length: outputs }, (_, k) => score(k));
        const total = Math.log(scores.reduce((sum, value) => sum + Math.exp(value), 0));
        loss += (weights[i]! / sum) * (total - scores[truth[i]!]!);
        for (let k = 0; k < outputs; k++) {
          const own = outputs === 1 ? 1 : k;
          const residual = (weights[i]! / sum) * (Math.exp(scores[own]! - total) - (truth[i] === own ? 1 : 0));
          for (let j = 0; j < 6; j++) slopes[k * 6 + j]! += residual * (j < 5 ? table.data[j * rows + i]! : 1);
        }
      }
      const own = kind === 'some' && { weights };
      const problem = { x: table, y: truth, classes, ...own, total: sum, l2: 0, fitIntercept: true };
      for (const whole of [0, 2 ** 20]) {
        const gradient = new Float64Array(w.length);
        expect(logisticObjective(problem, { whole, block: 5 * 1024 })(w, gradient)).toBeCloseTo(loss, 12);
        gradient.forEach((value, at) => expect(value).toBeCloseTo(slopes[at]!, 12));
      }
    },
  );
});

it('balanced weights make classes equal', () => {
  expect([...balancedWeights(Int32Array.of(0, 0, 0, 1), 3)]).toEqual([2 / 3, 2 / 3, 2 / 3, 2]);
});
