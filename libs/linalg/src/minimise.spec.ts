import { describe, expect, it } from 'vitest';

import { type Objective, minimise } from './lbfgs.js';
import { minimiseL1 } from './owlqn.js';

/** Rosenbrock's valley; minimum 0 at (1, …, 1). */
const rosenbrock: Objective = (x, g) => {
  g.fill(0);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1]! - x[i]! ** 2;
    const b = 1 - x[i]!;
    value += 100 * a * a + b * b;
    g[i]! += -400 * a * x[i]! - 2 * b;
    g[i + 1]! += 200 * a;
  }
  return value;
};
const options = { gradientTolerance: 1e-9, valueTolerance: 0, maxIterations: 500 };

describe('minimise', () => {
  it('walks through the valley', () => {
    const { x, converged } = minimise(rosenbrock, Float64Array.of(-1.2, 1, -1.2, 1, 0.5), options);
    expect(converged).toBe(true);
    x.forEach((value) => expect(value).toBeCloseTo(1, 7));
  });

  it('takes the path of scipy 1.17: value after ten iterations of L-BFGS-B from the same start', () => {
    // scipy.optimize.minimize(rosen, [-1.2, 1], jac=rosen_der, method="L-BFGS-B", options=dict(maxiter=10, maxls=50))
    const { value, iterations } = minimise(rosenbrock, Float64Array.of(-1.2, 1), {
      gradientTolerance: 1e-5,
      maxIterations: 10,
    });
    expect(iterations).toBe(10);
    expect(value).toBeCloseTo(2.928030306390301, 9);
  });

  it('stops when the iterations run out, and lets what the tick throws pass', () => {
    expect(minimise(rosenbrock, Float64Array.of(-1.2, 1), { ...options, maxIterations: 3 }).converged).toBe(false);
    const tick = (done: number): void => {
      if (done === 2) throw new Error('stop');
    };
    expect(() => minimise(rosenbrock, Float64Array.of(-1.2, 1), { ...options, tick })).toThrow('stop');
  });

  it('ends honestly where the function cannot be lowered', () => {
    const wrong: Objective = (x, g) => {
      g.fill(1);
      return Math.abs(x[0]!);
    };
    expect(minimise(wrong, Float64Array.of(0), options).converged).toBe(false);
  });
});

describe('minimiseL1', () => {
  it('soft-thresholds a separable bowl with exact zeros', () => {
    const target = [3, -2, 0.5, -0.1, 0];
    const bowl: Objective = (x, g) => {
      target.forEach((t, i) => (g[i] = x[i]! - t));
      return 0.5 * g.reduce((sum, value) => sum + value * value, 0);
    };
    const { x, converged } = minimiseL1(bowl, new Float64Array(5), new Float64Array(5).fill(1), options);
    expect(converged).toBe(true);
    [2, -1, 0, 0, 0].forEach((value, i) => (value === 0 ? expect(x[i]).toBe(0) : expect(x[i]).toBeCloseTo(value, 9)));
  });

  it('agrees with the smooth search where nothing is penalised', () => {
    const { x } = minimiseL1(rosenbrock, Float64Array.of(-1.2, 1), new Float64Array(2), options);
    x.forEach((value) => expect(value).toBeCloseTo(1, 6));
  });
});
