import { wolfeStep } from './line-search.js';

/** A smooth function: fills `gradient` at `x` and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** When and how a quasi-Newton search stops. */
export interface SearchOptions {
  /** Stop when no entry of the (projected) gradient is larger. */
  readonly gradientTolerance: number;
  /** Stop when a step lowers the value by less than this share of max(|f|, 1). Default 64 ε (ε with an l1 penalty). */
  readonly valueTolerance?: number;
  readonly maxIterations: number;
  /** Pairs of steps remembered, default 10. */
  readonly memory?: number;
  /** Evaluations allowed in one line search, default 50. */
  readonly maxLineSearch?: number;
  /** Called before each iteration with the number done; what it throws ends the search. */
  readonly tick?: (done: number) => void;
}

/** The best point found. `converged` is false when the iterations ran out or no step made progress. */
export interface SearchResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}

/** The last few steps and gradient changes, and the product of the inverse Hessian they imply with a vector. */
export class Curvature {
  private pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];

  constructor(private readonly memory: number) {}

  get empty(): boolean {
    return this.pairs.length === 0;
  }

  clear(): void {
    this.pairs = [];
  }

  add(s: Float64Array, y: Float64Array): void {
    this.pairs.push({ s, y, rho: 1 / dot(s, y) });
    if (this.pairs.length > this.memory) this.pairs.shift();
  }

  /** −H g by the two-loop recursion (Nocedal 1980). */
  direction(gradient: Float64Array): Float64Array {
    const d = gradient.map((value) => -value);
    const alphas = new Float64Array(this.pairs.length);
    for (let k = this.pairs.length - 1; k >= 0; k--) {
      const { s, y, rho } = this.pairs[k]!;
      alphas[k] = rho * dot(s, d);
      for (let i = 0; i < d.length; i++) d[i]! -= alphas[k]! * y[i]!;
    }
    const last = this.pairs.at(-1);
    if (last) {
      const scale = 1 / (last.rho * dot(last.y, last.y));
      for (let i = 0; i < d.length; i++) d[i]! *= scale;
    }
    this.pairs.forEach(({ s, y, rho }, k) => {
      const step = alphas[k]! - rho * dot(y, d);
      for (let i = 0; i < d.length; i++) d[i]! += step * s[i]!;
    });
    return d;
  }
}

/**
 * Minimises a smooth function without bounds. Start, directions, line search and stops are those of L-BFGS-B (Byrd, Lu,
 * Nocedal, Zhu 1995) as scipy 1.17 runs it, so that even loosely converged results agree.
 */
export function minimise(objective: Objective, start: Float64Array, options: SearchOptions): SearchResult {
  const {
    gradientTolerance,
    valueTolerance = 64 * Number.EPSILON,
    maxIterations,
    memory = 10,
    maxLineSearch = 50,
    tick,
  } = options;
  const curvature = new Curvature(memory);
  const gradient = new Float64Array(start.length);
  let x = start.slice();
  let value = objective(x, gradient);
  let iterations = 0;
  while (largest(gradient) > gradientTolerance) {
    if (iterations >= maxIterations) return { x, value, iterations, converged: false };
    tick?.(iterations);
    const direction = curvature.direction(gradient);
    const slope = dot(direction, gradient);
    const before = { x, value, gradient: gradient.slice() };
    const first = iterations === 0 ? Math.min(1 / Math.sqrt(dot(direction, direction)), 1e10) : 1;
    let slopeHere = slope;
    const step = wolfeStep({
      value,
      slope,
      first,
      largest: 1e10,
      maxEvaluations: maxLineSearch,
      evaluate: (length) => {
        x = before.x.map((xi, i) => xi + length * direction[i]!);
        value = objective(x, gradient);
        slopeHere = dot(direction, gradient);
        return { value, slope: slopeHere };
      },
    });
    if (step === undefined) {
      ({ x, value } = before);
      gradient.set(before.gradient);
      if (curvature.empty) return { x, value, iterations, converged: false };
      curvature.clear();
      continue;
    }
    iterations++;
    const fall = before.value - value;
    if (fall <= valueTolerance * Math.max(Math.abs(before.value), Math.abs(value), 1)) break;
    if ((slopeHere - slope) * step > Number.EPSILON * -slope * step) {
      curvature.add(
        direction.map((di) => di * step),
        gradient.map((gi, i) => gi - before.gradient[i]!),
      );
    }
  }
  return { x, value, iterations, converged: true };
}
