import { describe, expect, it } from 'vitest';

import { cholesky, choleskySolve, solveSpd } from './cholesky.js';
import { symmetricEigen } from './eigen.js';
import { gram, timesVector, transposeTimesVector } from './gram.js';
import { type Matrix, column, fromRows, matrix } from './matrix.js';
import { nonNegative } from './nnls.js';
import { qr } from './qr.js';
import { random } from './random.js';
import { thinSvd } from './svd.js';

const draw = (rows: number, cols: number, seed = 1): Matrix => {
  const { normal } = random(seed);
  return matrix(rows, cols, Float64Array.from({ length: rows * cols }, normal));
};

/** Largest difference of a and u diag(s) vᵀ. */
function gap(a: Matrix, u: Matrix, s: Float64Array, v: Matrix): number {
  let worst = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      let sum = 0;
      for (let k = 0; k < s.length; k++) sum += u.data[k * u.rows + i]! * s[k]! * v.data[k * v.rows + j]!;
      worst = Math.max(worst, Math.abs(sum - a.data[j * a.rows + i]!));
    }
  }
  return worst;
}

function expectOrthonormal(m: Matrix): void {
  const { data } = gram(m);
  for (let i = 0; i < m.cols; i++)
    for (let j = 0; j < m.cols; j++) expect(data[j * m.cols + i]).toBeCloseTo(i === j ? 1 : 0, 12);
}

describe('gram', () => {
  it('equals the sums of products across several blocks of rows', () => {
    const x = draw(2500, 3);
    const g = gram(x);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const expected = column(x, i).reduce((sum, value, r) => sum + value * column(x, j)[r]!, 0);
        expect(g.data[j * 3 + i]).toBeCloseTo(expected, 9);
      }
    }
  });
  it('products with vectors', () => {
    const x = fromRows([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect([...timesVector(x, Float64Array.of(1, -1), 10)]).toEqual([9, 9, 9]);
    expect([...transposeTimesVector(x, Float64Array.of(1, 0, 2))]).toEqual([11, 14]);
  });
});

describe('cholesky', () => {
  const a = gram(draw(40, 6));
  it('factors and solves', () => {
    const b = Float64Array.of(1, 2, 3, 4, 5, 6);
    const x = choleskySolve(cholesky(a)!, b);
    timesVector(a, x).forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 9));
    expect(solveSpd(a, b)).toEqual(x);
  });
  it('says when the matrix is not positive definite', () => {
    expect(cholesky(gram(draw(3, 4)))).toBeUndefined();
    expect(solveSpd(matrix(2, 2), new Float64Array(2))).toBeUndefined();
  });
});

describe('symmetricEigen', () => {
  it.each([1, 2, 5, 30])('rebuilds a symmetric matrix of %i columns', (n) => {
    const x = draw(n, n, n);
    const a = matrix(
      n,
      n,
      x.data.map((value, at) => value + x.data[(at % n) * n + Math.floor(at / n)]!),
    );
    const { values, vectors } = symmetricEigen(a);
    expect(gap(a, vectors, values, vectors)).toBeLessThan(1e-12 * n);
    expectOrthonormal(vectors);
    expect([...values]).toEqual([...values].sort((p, q) => q - p));
  });
});

describe('qr and svd', () => {
  it('Q is orthonormal and Q R is the matrix', () => {
    const a = draw(20, 5);
    const { q, r } = qr(a);
    expectOrthonormal(q);
    for (let j = 0; j < 5; j++)
      timesVector(q, column(r, j)).forEach((value, i) => expect(value).toBeCloseTo(a.data[j * 20 + i]!, 12));
    expect(() => qr(draw(2, 3))).toThrow(/bad-shape/);
  });
  it.each([
    [30, 6],
    [6, 30],
    [5, 5],
    [4, 1],
  ])('rebuilds %i × %i', (rows, cols) => {
    const a = draw(rows, cols);
    const { u, singular, v } = thinSvd(a);
    expect(singular).toHaveLength(Math.min(rows, cols));
    expect(gap(a, u, singular, v)).toBeLessThan(1e-12);
    expectOrthonormal(v);
  });
  it('finds the rank', () => {
    const a = draw(20, 2);
    const twice = matrix(20, 4, Float64Array.of(...a.data, ...a.data));
    const { u, singular, v } = thinSvd(twice);
    expect(singular[1]! > 1 && singular[2]! < 1e-12 && singular[3]! < 1e-12).toBe(true);
    expect(gap(twice, u, singular, v)).toBeLessThan(1e-12);
  });
});

describe('nonNegative', () => {
  it.each([1, 2, 3, 4, 5, 6])('meets the optimality conditions (seed %i)', (seed) => {
    const x = draw(30, 8, seed);
    const g = gram(x);
    const b = transposeTimesVector(x, draw(30, 1, seed + 100).data);
    const w = nonNegative(g, b);
    const slope = timesVector(g, w).map((value, i) => value - b[i]!);
    w.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      if (value > 0) expect(Math.abs(slope[i]!)).toBeLessThan(1e-9);
      else expect(slope[i]!).toBeGreaterThan(-1e-9);
    });
    expect(w.some((value) => value === 0) && w.some((value) => value > 0)).toBe(true);
  });
  it('leaves a column that repeats another at zero', () => {
    const x = draw(30, 3);
    x.data.copyWithin(60, 0, 30);
    const w = nonNegative(gram(x), transposeTimesVector(x, column(x, 0)));
    expect(w[0]! + w[2]!).toBeCloseTo(1, 9);
  });
});
