import { describe, expect, it } from 'vitest';

import { Cancelled, column, fromRows, matrix, random } from '#linalg';

import {
  fitBoostingClassifier,
  fitBoostingRegressor,
  predictBoostingClassifier,
  predictBoostingRegressor,
} from './index.js';

const context = { seed: 1 };
const { normal } = random(5);
const rows = 600;
const x = matrix(
  rows,
  3,
  Float64Array.from({ length: 3 * rows }, () => normal()),
);
const wave = Float64Array.from({ length: rows }, (_, i) => Math.sin(2 * x.data[i]!) + 0.1 * normal());
const sign = Int32Array.from(wave, (value) => (value > 0 ? 1 : 0));

function meanError(predicted: Float64Array, truth: Float64Array): number {
  return predicted.reduce((sum, value, i) => sum + Math.abs(value - truth[i]!), 0) / truth.length;
}

describe('histogram boosting', () => {
  it('learns a wave', () => {
    const trees = fitBoostingRegressor(x, wave, {}, context);
    expect(meanError(predictBoostingRegressor(trees, x), wave)).toBeLessThan(0.1);
    expect(trees.roots).toHaveLength(100);
  });

  it('gives probabilities of two and of several classes', () => {
    const three = Int32Array.from(wave, (value) => (value < -0.5 ? 0 : value < 0.5 ? 1 : 2));
    for (const [codes, classes] of [[sign, 2] as const, [three, 3] as const]) {
      const trees = fitBoostingClassifier(x, codes, classes, { maxIter: 30 }, context);
      const probabilities = predictBoostingClassifier(trees, x);
      const hits = codes.filter((code, i) => column(probabilities, code)[i]! > 0.5).length;
      expect(hits / rows).toBeGreaterThan(0.95);
      for (let i = 0; i < rows; i++) {
        const sum = Array.from({ length: classes }, (_, k) => column(probabilities, k)[i]!).reduce((a, b) => a + b);
        expect(sum).toBeCloseTo(1, 12);
      }
    }
  });

  it('sends missing values where they help, also those it never met in training', () => {
    const gaps = fromRows(Array.from({ length: 200 }, (_, i) => [i % 2 ? Number.NaN : normal(), 0]));
    const y = Float64Array.from({ length: 200 }, (_, i) => i % 2);
    const trees = fitBoostingRegressor(gaps, y, { learningRate: 1, maxIter: 1 }, context);
    expect(trees.threshold[0]).toBe(Infinity);
    const asked = fromRows([
      [Number.NaN, 0],
      [5, 0],
      [5, Number.NaN],
    ]);
    expect([...predictBoostingRegressor(trees, asked)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      1, 0, 0,
    ]);
  });

  it('predicts the same for many rows at once as for each alone', () => {
    const gaps = matrix(
      rows,
      3,
      x.data.map((value, i) => (i % 11 === 0 ? Number.NaN : value)),
    );
    const trees = fitBoostingRegressor(gaps, wave, { maxIter: 20 }, context);
    const all = predictBoostingRegressor(trees, gaps);
    for (let row = 0; row < 50; row++) {
      const alone = fromRows([[0, 1, 2].map((j) => column(gaps, j)[row]!)]);
      expect(predictBoostingRegressor(trees, alone)[0]).toBe(all[row]);
    }
  });

  it('sends a value missing only in prediction with the larger side', () => {
    const line = fromRows(Array.from({ length: 100 }, (_, i) => [i]));
    const y = Float64Array.from({ length: 100 }, (_, i) => (i < 70 ? 1 : 5));
    const trees = fitBoostingRegressor(line, y, { learningRate: 1, maxIter: 1, maxDepth: 1 }, context);
    expect([...trees.missingLeft]).toEqual([1, 0, 0]);
    expect(predictBoostingRegressor(trees, fromRows([[Number.NaN]]))[0]).toBeCloseTo(1, 6);
  });

  it('keeps its limits', () => {
    const trees = fitBoostingRegressor(x, wave, { maxIter: 5, maxLeafNodes: 4, minSamplesLeaf: 50 }, context);
    expect(trees.feature.filter((feature) => feature < 0).length).toBeLessThanOrEqual(20);
    expect(Math.min(...trees.samples)).toBeGreaterThanOrEqual(50);
    const stumps = fitBoostingRegressor(x, wave, { maxIter: 5, maxDepth: 1 }, context);
    expect(stumps.feature).toHaveLength(15);
  });

  it('grows the same leaves with a limit that does not bind as without one', () => {
    const params = { maxIter: 20, minSamplesLeaf: 5 };
    const limited = fitBoostingRegressor(x, wave, { ...params, maxLeafNodes: 500 }, context);
    const free = fitBoostingRegressor(x, wave, { ...params, maxLeafNodes: null }, context);
    const [a, b] = [predictBoostingRegressor(limited, x), predictBoostingRegressor(free, x)];
    for (let i = 0; i < rows; i++) expect(a[i]).toBeCloseTo(b[i]!, 9);
  });

  it.each([
    [
      'a constant column',
      fromRows(Array.from({ length: 50 }, () => [7])),
      Float64Array.from({ length: 50 }, (_, i) => i),
    ],
    ['one row', fromRows([[1]]), Float64Array.of(24.5)],
    ['nothing but missing values', fromRows([[Number.NaN], [Number.NaN]]), Float64Array.of(20, 29)],
  ])('predicts the mean of %s', (_, constant, y) => {
    const trees = fitBoostingRegressor(constant, y, { minSamplesLeaf: 1 }, context);
    for (const value of predictBoostingRegressor(trees, constant)) expect(value).toBeCloseTo(24.5, 9);
  });

  it('has a finite answer for a class that does not occur', () => {
    const codes = sign.map((code) => 2 * code);
    const probabilities = predictBoostingClassifier(fitBoostingClassifier(x, codes, 3, { maxIter: 3 }, context), x);
    for (const p of probabilities.data) expect(p).toBeGreaterThanOrEqual(0);
    expect(Math.max(...column(probabilities, 1))).toBeLessThan(1e-9);
  });

  it('weighs rows, and balances classes by the same means', () => {
    const rare = Int32Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? 1 : 0));
    const balanced = fitBoostingClassifier(x, rare, 2, { classWeight: 'balanced', maxIter: 5 }, context);
    const sampleWeight = Array.from(rare, (code) => (code ? rows / (2 * 60) : rows / (2 * 540)));
    expect(fitBoostingClassifier(x, rare, 2, { sampleWeight, maxIter: 5 }, context)).toEqual(balanced);
    expect(balanced.baseline[0]).toBeCloseTo(0, 9);
  });

  it.each([
    ['one-class', x, new Int32Array(rows), {}],
    ['no-rows', matrix(0, 1), new Int32Array(0), {}],
    ['infinite-values', fromRows([[Infinity], [1]]), Int32Array.of(0, 1), {}],
    ['bad-shape', x, Int32Array.of(0, 1), {}],
    ['bad-parameter', x, sign, { maxIter: 0 }],
    ['bad-parameter', x, sign, { maxLeafNodes: 1 }],
  ])('refuses: %s', (code, data, y, params) => {
    const fit = (): unknown => fitBoostingClassifier(data, y, 2, params, context);
    expect(fit).toThrow(expect.objectContaining({ code }));
  });

  it('stops at the tick that cancels', () => {
    const tick = (done: number): void => {
      if (done === 7) throw new Cancelled();
    };
    expect(() => fitBoostingRegressor(x, wave, {}, { ...context, tick })).toThrow(Cancelled);
  });
});
