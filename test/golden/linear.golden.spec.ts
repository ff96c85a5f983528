import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import {
  type LeastSquaresOptions,
  type LogisticOptions,
  fitGaussianBayes,
  fitLogistic,
  fitNeighbours,
  leastSquares,
  nearest,
  neighbourMeans,
  neighbourProbabilities,
  predictGaussianBayes,
  predictLogistic,
} from '#learn';
import { type DistanceMetric, column, fromRows } from '#linalg';

type Table = number[][];
interface LeastCase {
  name: string;
  x: string;
  y: string;
  weights: string | null;
  ours: LeastSquaresOptions;
  coef: number[];
  intercept: number;
}
interface LogisticCase {
  name: string;
  x: string;
  y: string;
  weights: string | null;
  ours: LogisticOptions;
  agree: number;
  queries: Table;
  coef: Table;
  intercept: number[];
  probabilities: Table;
}
interface BayesCase {
  name: string;
  y: string;
  smoothing: number;
  weights: string | null;
  prior: number[];
  mean: Table;
  variance: Table;
  probabilities: Table;
}
interface NeighbourCase {
  algorithm: 'brute' | 'kd_tree' | 'ball_tree';
  metric: DistanceMetric;
  weights: 'uniform' | 'distance';
  queries: Table;
  index: Table;
  distance: Table;
  probabilities: Table;
  values: number[];
}
const golden = JSON.parse(readFileSync(new URL('linear.json', import.meta.url), 'utf8')) as {
  data: Record<string, Table & number[]>;
  least: LeastCase[];
  logistic: LogisticCase[];
  bayes: BayesCase[];
  neighbours: NeighbourCase[];
};
const table = (name: string) => fromRows(golden.data[name]!);
const vector = (name: string) => Float64Array.from(golden.data[name]!);
const weighted = (name: string | null) => (name === null ? {} : { weights: vector(name) });

function expectAll(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value), `at ${i}: ${actual[i]!} for ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

describe('least squares as LinearRegression and Ridge', () => {
  it.each(golden.least)('$name', ({ x, y, weights, ours, coef, intercept }) => {
    const fit = leastSquares(table(x), vector(y), { ...ours, ...weighted(weights) });
    expectAll(fit.coefficients, coef, 1e-6);
    expectAll([fit.intercept], [intercept], 1e-6);
  });
});

describe('logistic regression', () => {
  it.each(golden.logistic)('$name', ({ x, y, weights, ours, agree, queries, coef, intercept, probabilities }) => {
    const fit = fitLogistic(table(x), Int32Array.from(golden.data[y]!), probabilities[0]!.length, {
      ...ours,
      ...weighted(weights),
    });
    coef.forEach((values, k) => expectAll(column(fit.coefficients, k), values, agree));
    expectAll(fit.intercepts, intercept, agree);
    expectAll(predictLogistic(fit, fromRows(queries)).data, [...fromRows(probabilities).data], agree);
  });
});

describe('Gaussian naive Bayes', () => {
  it.each(golden.bayes)('$name', ({ y, smoothing, weights, prior, mean, variance, probabilities }) => {
    const classes = prior.length;
    const fit = fitGaussianBayes(table('X'), Int32Array.from(golden.data[y]!), classes, {
      varSmoothing: smoothing,
      ...weighted(weights),
    });
    expectAll(fit.priors, prior, 1e-12);
    mean.forEach((values, k) => expectAll(column(fit.means, k), values, 1e-12));
    variance.forEach((values, k) => expectAll(column(fit.variances, k), values, 1e-12));
    expectAll(predictGaussianBayes(fit, table('Q')).data, [...fromRows(probabilities).data], 1e-10);
  });
});

describe('nearest neighbours', () => {
  it.each(golden.neighbours)(
    '$algorithm, $metric, $weights',
    ({ algorithm, metric, weights, queries, ...expected }) => {
      const fit = fitNeighbours(table('X'), { algorithm, metric, leafSize: 5 });
      const q = fromRows(queries);
      const { indexes, distances } = nearest(fit, q, 4);
      expect([...indexes]).toEqual(expected.index.flat());
      expectAll(distances, expected.distance.flat(), 1e-11);
      const vote = { neighbours: 4, weights };
      const probabilities = neighbourProbabilities(fit, Int32Array.from(golden.data['three']!), 3, q, vote);
      expectAll(probabilities.data, [...fromRows(expected.probabilities).data], 1e-11);
      expectAll(neighbourMeans(fit, vector('y'), q, vote), expected.values, 1e-11);
    },
  );
});
