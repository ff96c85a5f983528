import { describe, expect, it } from 'vitest';

import { fromRows } from '#linalg';

import { accuracy, logLoss, r2, rocAuc } from './index.js';

const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
const p = fromRows([
  [0.2, 0.8],
  [0.6, 0.4],
]);

describe('what metrics refuse', () => {
  it.each([
    ['different lengths', () => accuracy(Int32Array.of(1), p), 'bad-shape'],
    ['different lengths of ROC AUC', () => rocAuc(Int32Array.of(1), p), 'bad-shape'],
    ['different lengths of numbers', () => r2(Float64Array.of(1), new Float64Array(2)), 'bad-shape'],
    ['no rows', () => accuracy(new Int32Array(), fromRows([])), 'no-rows'],
    ['a class outside the columns', () => accuracy(Int32Array.of(0, 2), p), 'bad-parameter'],
    ['a class outside the columns of log loss', () => logLoss(Int32Array.of(0, 2), p), 'bad-parameter'],
    ['NaN among the probabilities', () => accuracy(Int32Array.of(0), fromRows([[Number.NaN, 1]])), 'missing-values'],
    ['NaN among the predictions', () => r2(Float64Array.of(1, 2), Float64Array.of(1, Number.NaN)), 'missing-values'],
    ['log loss over one column', () => logLoss(Int32Array.of(0), fromRows([[1]])), 'one-class'],
  ])('%s', (_, work, expected) => expect(code(work)).toBe(expected));

  it('ROC AUC of a single column is undefined', () =>
    expect(rocAuc(Int32Array.of(0, 0), fromRows([[1], [1]]))).toBeNaN());
});
