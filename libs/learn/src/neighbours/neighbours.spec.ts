import { describe, expect, it } from 'vitest';

import { Cancelled, distanceMetrics, fromRows, matrix, random } from '#linalg';

import { fitNeighbours, nearest, neighbourMeans, neighbourProbabilities } from './index.js';

const { float } = random(5);
/** Coordinates on a coarse grid, so that many distances are equal. */
const grid = (rows: number, cols: number) =>
  matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => Math.floor(float() * 6)),
  );
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('nearest', () => {
  it.each(distanceMetrics.flatMap((metric) => [1, 2, 5].map((cols) => ({ metric, cols }))))(
    'tree and brute force agree to the bit, ties and all: $metric, $cols columns',
    ({ metric, cols }) => {
      const x = grid(300, cols);
      const queries = grid(40, cols);
      const brute = nearest(fitNeighbours(x, { metric, algorithm: 'brute' }), queries, 7);
      for (const leafSize of [1, 30]) {
        expect(nearest(fitNeighbours(x, { metric, algorithm: 'kd_tree', leafSize }), queries, 7)).toEqual(brute);
      }
      for (let at = 0; at < brute.indexes.length; at++) {
        if (at % 7 > 0 && brute.distances[at] === brute.distances[at - 1])
          expect(brute.indexes[at]!).toBeGreaterThan(brute.indexes[at - 1]!);
      }
    },
  );
  it('takes all rows when asked, in order of distance', () => {
    const { indexes, distances } = nearest(fitNeighbours(fromRows([[3], [1], [2]])), fromRows([[0]]), 3);
    expect([[...indexes], [...distances]]).toEqual([
      [1, 2, 0],
      [1, 2, 3],
    ]);
  });
  it('auto builds a tree for many rows of few columns only', () => {
    expect([grid(600, 3), grid(600, 20), grid(100, 3)].map((x) => fitNeighbours(x).tree !== null)).toEqual([
      true,
      false,
      false,
    ]);
  });
  it('stops when cancelled', () => {
    const tick = (): never => {
      throw new Cancelled();
    };
    for (const algorithm of ['brute', 'kd_tree'] as const) {
      expect(() => nearest(fitNeighbours(grid(9, 2), { algorithm }), grid(2, 2), 1, tick)).toThrow(Cancelled);
    }
  });
  it.each([
    ['more neighbours than rows', () => nearest(fitNeighbours(grid(3, 1)), grid(1, 1), 4), 'bad-parameter'],
    ['other columns', () => nearest(fitNeighbours(grid(3, 1)), grid(1, 2), 1), 'bad-shape'],
    ['missing values', () => nearest(fitNeighbours(grid(3, 1)), fromRows([[Number.NaN]]), 1), 'missing-values'],
    ['missing training values', () => fitNeighbours(fromRows([[Number.NaN]])), 'missing-values'],
    ['leaves of no size', () => fitNeighbours(grid(3, 1), { leafSize: 0 }), 'bad-parameter'],
    [
      'targets of another length',
      () =>
        neighbourMeans(fitNeighbours(grid(3, 1)), new Float64Array(2), grid(1, 1), {
          neighbours: 1,
          weights: 'uniform',
        }),
      'bad-shape',
    ],
  ])('refuses %s', (_, work, expected) => expect(code(work)).toBe(expected));
});

describe('votes', () => {
  const fit = fitNeighbours(fromRows([[0], [1], [3]]));
  it('a neighbour at distance 0 decides alone by distance, not when all count alike', () => {
    const [y, q] = [Int32Array.of(0, 1, 1), fromRows([[0]])];
    expect([...neighbourProbabilities(fit, y, 2, q, { neighbours: 3, weights: 'distance' }).data]).toEqual([1, 0]);
    expect(neighbourProbabilities(fit, y, 2, q, { neighbours: 3, weights: 'uniform' }).data[1]).toBeCloseTo(2 / 3, 15);
  });
  it('means are weighted by the inverse of the distance', () => {
    const means = neighbourMeans(fit, Float64Array.of(10, 20, 40), fromRows([[2]]), {
      neighbours: 2,
      weights: 'distance',
    });
    expect(means[0]).toBeCloseTo(30, 12);
  });
});
