import { describe, expect, it } from 'vitest';

import { matrix, random } from '#linalg';

import { fitBoostingRegressor } from '../boosting/index.js';
import { fitTreeClassifier } from './decision-tree.js';
import { fitForestRegressor } from './forest.js';
import { featureImportance } from './importance.js';

const { normal } = random(1);
const x = matrix(200, 3, Float64Array.from({ length: 600 }, normal));
/** Column 1 counts for much, column 0 for little, column 2 for nothing. */
const y = Float64Array.from({ length: 200 }, (_, i) => 5 * x.data[200 + i]! + x.data[i]!);

describe('featureImportance', () => {
  it('is the fall of impurity by hand', () => {
    // Gini 0.5 over 4 rows; column 0 sets one row of class 1 apart (fall 4·½ − 3·4⁄9), column 1 the other (fall 3·4⁄9).
    const four = matrix(4, 2, Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0));
    const trees = fitTreeClassifier(four, Int32Array.of(1, 1, 0, 0), 2, {}, { seed: 1 });
    const [first, second] = featureImportance(trees, 2);
    expect(Math.min(first!, second!)).toBeCloseTo((2 - 4 / 3) / 2, 12);
    expect(Math.max(first!, second!)).toBeCloseTo(4 / 3 / 2, 12);
  });

  it.each([
    ['a forest', fitForestRegressor(x, y, { estimators: 20 }, { seed: 1 }).trees],
    ['boosted trees', fitBoostingRegressor(x, y, { maxIter: 20 }, { seed: 1 })],
  ])('orders the columns of %s by what they are worth and sums to 1', (_, trees) => {
    const [a, b, c] = featureImportance(trees, 3);
    expect(a! + b! + c!).toBeCloseTo(1, 12);
    expect(b).toBeGreaterThan(0.8);
    expect(a).toBeGreaterThan(c!);
  });

  it('is 0 for trees without a split', () => {
    const trees = fitTreeClassifier(matrix(2, 2), Int32Array.of(0, 1), 2, {}, { seed: 1 });
    expect(featureImportance(trees, 2)).toEqual(new Float64Array(2));
  });
});
