import { describe, expect, it } from 'vitest';

import { fromRows } from '#linalg';

import { fitGaussianBayes, predictGaussianBayes } from './gaussian.js';

describe('GaussianNB at its edges', () => {
  it('never predicts a class that did not occur', () => {
    const fit = fitGaussianBayes(fromRows([[0], [1], [5], [6]]), Int32Array.of(0, 0, 2, 2), 3);
    const { data } = predictGaussianBayes(fit, fromRows([[0], [6]]));
    expect([data[2], data[3]]).toEqual([0, 0]);
    expect(data[0]!).toBeGreaterThan(0.9);
    expect(data[5]!).toBeGreaterThan(0.9);
  });
  it('stays finite where nothing varies and nothing is smoothed, however far away', () => {
    const fit = fitGaussianBayes(fromRows([[1], [1], [2]]), Int32Array.of(0, 0, 1), 2, { varSmoothing: 0 });
    for (const value of [1, 1.5, 1e200]) {
      const [a, b] = predictGaussianBayes(fit, fromRows([[value]])).data;
      expect(a! + b!).toBeCloseTo(1, 12);
    }
  });
  it.each([
    [() => fitGaussianBayes(fromRows([[Number.NaN]]), Int32Array.of(0), 1), /missing-values/],
    [() => fitGaussianBayes(fromRows([[1]]), Int32Array.of(3), 2), /bad-parameter/],
    [() => fitGaussianBayes(fromRows([[1]]), Int32Array.of(0, 1), 2), /bad-shape/],
  ])('refuses bad input %#', (work, message) => expect(work).toThrow(message));
});
