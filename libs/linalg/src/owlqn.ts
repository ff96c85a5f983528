import { Curvature, type Objective, type SearchOptions, type SearchResult } from './lbfgs.js';

/** The steepest slope of f + Σ λᵢ |xᵢ| at x: zero exactly where the penalty holds a zero in place. */
function pseudoGradient(x: Float64Array, gradient: Float64Array, penalty: Float64Array): Float64Array {
  return gradient.map((g, i) => {
    const lambda = penalty[i]!;
    if (x[i]! > 0) return g + lambda;
    if (x[i]! < 0) return g - lambda;
    if (g + lambda < 0) return g + lambda;
    return g - lambda > 0 ? g - lambda : 0;
  });
}

const total = (value: number, x: Float64Array, penalty: Float64Array): number =>
  x.reduce((sum, xi, i) => sum + penalty[i]! * Math.abs(xi), value);

/**
 * Minimises a smooth convex function plus Σ λᵢ |xᵢ| (`penalty`, λᵢ ≥ 0) by the orthant-wise quasi-Newton method of Andrew
 * and Gao (ICML 2007): a search within one orthant at a time, so that zeros come out exact.
 */
export function minimiseL1(
  objective: Objective,
  start: Float64Array,
  penalty: Float64Array,
  options: SearchOptions,
): SearchResult {
  const {
    gradientTolerance,
    valueTolerance = Number.EPSILON,
    maxIterations,
    memory = 10,
    maxLineSearch = 50,
    tick,
  } = options;
  const curvature = new Curvature(memory);
  let gradient = new Float64Array(start.length);
  let x = start.slice();
  let smooth = objective(x, gradient);
  let value = total(smooth, x, penalty);
  for (let iterations = 0; ; iterations++) {
    const slope = pseudoGradient(x, gradient, penalty);
    if (slope.every((s) => Math.abs(s) <= gradientTolerance)) return { x, value, iterations, converged: true };
    if (iterations >= maxIterations) return { x, value, iterations, converged: false };
    tick?.(iterations);
    // Only where a penalty bends the function must the step agree in sign with steepest descent.
    let direction = curvature.direction(slope).map((d, i) => (penalty[i]! > 0 && d * slope[i]! >= 0 ? 0 : d));
    if (direction.reduce((sum, d, i) => sum + d * slope[i]!, 0) >= 0) {
      curvature.clear();
      direction = slope.map((s) => -s);
    }
    const orthant = x.map((xi, i) => (xi !== 0 ? Math.sign(xi) : -Math.sign(slope[i]!)));
    let step = curvature.empty ? Math.min(1, 1 / Math.hypot(...slope)) : 1;
    let next = x;
    let nextValue = value;
    const nextGradient = new Float64Array(x.length);
    let accepted = false;
    for (let k = 0; k < maxLineSearch && !accepted; k++, step /= 2) {
      const length = step;
      next = x.map((xi, i) => {
        const moved = xi + length * direction[i]!;
        return penalty[i]! === 0 || moved * orthant[i]! > 0 ? moved : 0;
      });
      smooth = objective(next, nextGradient);
      nextValue = total(smooth, next, penalty);
      const gain = next.reduce((sum, ni, i) => sum + slope[i]! * (ni - x[i]!), 0);
      accepted = nextValue <= value + 1e-4 * gain;
    }
    if (!accepted) {
      if (curvature.empty) return { x, value, iterations, converged: false };
      curvature.clear();
      continue;
    }
    const s = next.map((ni, i) => ni - x[i]!);
    const y = nextGradient.map((gi, i) => gi - gradient[i]!);
    const curved = s.reduce((sum, si, i) => sum + si * y[i]!, 0);
    if (curved > Number.EPSILON * y.reduce((sum, yi) => sum + yi * yi, 0)) curvature.add(s, y);
    const fall = value - nextValue;
    const scale = Math.max(Math.abs(value), Math.abs(nextValue), 1);
    x = next;
    value = nextValue;
    gradient = nextGradient;
    if (fall <= valueTolerance * scale) return { x, value, iterations: iterations + 1, converged: true };
  }
}
