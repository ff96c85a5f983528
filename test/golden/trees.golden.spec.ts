import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import {
  fitBoostingClassifier,
  fitBoostingRegressor,
  fitForestClassifier,
  fitForestRegressor,
  fitTreeClassifier,
  fitTreeRegressor,
  predictBoostingClassifier,
  predictBoostingRegressor,
  predictTrees,
  type BoostingClassifierParams,
  type ForestClassifierParams,
  type ForestRegressorParams,
  type TreeClassifierParams,
  type TreeRegressorParams,
} from '#learn';
import { fromRows, matrix, type Matrix } from '#linalg';

interface Table {
  x: (number | null)[][];
  y: number[];
  train: number;
}
interface Case<P> {
  data: string;
  kind: 'classes' | 'numbers';
  params: P;
}
type TreeParams = TreeClassifierParams & TreeRegressorParams;
type ForestParams = ForestClassifierParams & ForestRegressorParams;

const golden = JSON.parse(readFileSync(new URL('trees.json', import.meta.url), 'utf8')) as {
  weights: number[];
  data: Record<string, Table>;
  trees: (Case<TreeParams> & { weighted: boolean; nodes: number; impurity: number; predicted: number[] })[];
  boosting: (Case<BoostingClassifierParams> & { predicted: number[] })[];
  forests: (Case<ForestParams> & { score: number; oob: number; nodes: number })[];
};

/** Missing cells are null in the file. */
function table(name: string): { x: Matrix; y: number[]; test: Matrix; truth: number[]; classes: number } {
  const { x, y, train } = golden.data[name]!;
  const rows = x.map((row) => row.map((value) => value ?? Number.NaN));
  return {
    x: fromRows(rows.slice(0, train)),
    y: y.slice(0, train),
    test: fromRows(rows.slice(train)),
    truth: y.slice(train),
    classes: Math.max(...y) + 1,
  };
}

/** The largest difference between a prediction and scikit-learn's, which is row-major. */
function furthest(predicted: Matrix, expected: readonly number[]): number {
  let most = 0;
  for (let i = 0; i < predicted.rows; i++) {
    for (let k = 0; k < predicted.cols; k++) {
      const difference = predicted.data[k * predicted.rows + i]! - expected[i * predicted.cols + k]!;
      most = Math.max(most, Math.abs(difference));
    }
  }
  return most;
}

/** Accuracy for classes, R² for numbers: scikit-learn's default scores. */
function score(kind: 'classes' | 'numbers', predicted: Matrix, truth: readonly number[]): number {
  const row = (i: number): number[] =>
    Array.from({ length: predicted.cols }, (_, k) => predicted.data[k * predicted.rows + i]!);
  if (kind === 'classes')
    return truth.filter((code, i) => row(i).indexOf(Math.max(...row(i))) === code).length / truth.length;
  const mean = truth.reduce((sum, v) => sum + v, 0) / truth.length;
  const residual = truth.reduce((sum, v, i) => sum + (v - predicted.data[i]!) ** 2, 0);
  return 1 - residual / truth.reduce((sum, v) => sum + (v - mean) ** 2, 0);
}

describe('decision trees are those of scikit-learn', () => {
  it.each(
    golden.trees.map((c) => [`${c.data} ${JSON.stringify(c.params)}${c.weighted ? ' weighted' : ''}`, c] as const),
  )('%s', (_, { data, kind, params, weighted, nodes, impurity, predicted }) => {
    const { x, y, test, classes } = table(data);
    const all = weighted ? { ...params, sampleWeight: golden.weights } : params;
    const tree =
      kind === 'classes'
        ? fitTreeClassifier(x, Int32Array.from(y), classes, all, { seed: 0 })
        : fitTreeRegressor(x, Float64Array.from(y), all, { seed: 0 });
    expect(tree.feature).toHaveLength(nodes);
    expect(tree.impurity[0]).toBeCloseTo(impurity, 6);
    expect(furthest(predictTrees(tree, test), predicted)).toBeLessThan(1e-6);
  });
});

describe('forests score as those of scikit-learn, over twenty seeds', () => {
  it.each(golden.forests.map((c) => [`${c.data} ${JSON.stringify(c.params)}`, c] as const))('%s', (_, expected) => {
    const { x, y, test, truth, classes } = table(expected.data);
    const params = { ...expected.params, estimators: 40, oobScore: true };
    const forests = Array.from({ length: 20 }, (_, seed) =>
      expected.kind === 'classes'
        ? fitForestClassifier(x, Int32Array.from(y), classes, params, { seed })
        : fitForestRegressor(x, Float64Array.from(y), params, { seed }),
    );
    const mean = (of: (forest: (typeof forests)[number]) => number): number =>
      forests.reduce((sum, forest) => sum + of(forest), 0) / forests.length;
    expect(mean(({ trees }) => score(expected.kind, predictTrees(trees, test), truth)) - expected.score).toBeLessThan(
      0.02,
    );
    expect(
      mean(({ trees }) => score(expected.kind, predictTrees(trees, test), truth)) - expected.score,
    ).toBeGreaterThan(-0.01);
    expect(Math.abs(mean(({ oobScore }) => oobScore!) - expected.oob)).toBeLessThan(0.02);
    expect(mean(({ trees }) => trees.feature.length / 40) / expected.nodes).toBeCloseTo(1, 1);
  });
});

describe('boosting predicts what scikit-learn does', () => {
  it.each(golden.boosting.map((c) => [`${c.data} ${JSON.stringify(c.params)}`, c] as const))('%s', (_, expected) => {
    const { x, y, test, classes } = table(expected.data);
    const predicted =
      expected.kind === 'classes'
        ? predictBoostingClassifier(
            fitBoostingClassifier(x, Int32Array.from(y), classes, expected.params, { seed: 0 }),
            test,
          )
        : matrix(
            test.rows,
            1,
            predictBoostingRegressor(fitBoostingRegressor(x, Float64Array.from(y), expected.params, { seed: 0 }), test),
          );
    expect(furthest(predicted, expected.predicted)).toBeLessThan(1e-6);
  });
});
