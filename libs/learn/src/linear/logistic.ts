import { type Matrix, NumericError, type Tick, matrix, minimise, minimiseL1, requireCells } from '#linalg';

import { logisticObjective } from './logistic-objective.js';
import { balancedWeights, requireWeights } from './weights.js';

/** Penalties on the coefficients; the intercept is never penalised. */
export const logisticPenalties = ['l2', 'l1', 'elasticnet', 'none'] as const;

/** Options of a logistic regression. */
export interface LogisticOptions {
  readonly penalty?: (typeof logisticPenalties)[number];
  /** Inverse strength of the penalty, > 0, default 1: the penalty is weighed against the **sum** of the losses. */
  readonly c?: number;
  /** Share of the l1 part of an elastic net, 0 to 1, default 0.5. */
  readonly l1Ratio?: number;
  /** Stop when no slope of the mean loss is steeper. Default 1e-4; at 0 a search ends only when it cannot gain any more. */
  readonly tolerance?: number;
  /** Default 100. */
  readonly maxIterations?: number;
  readonly fitIntercept?: boolean;
  /** One weight ≥ 0 per row. */
  readonly weights?: Float64Array;
  readonly classWeight?: 'balanced' | null;
  readonly tick?: Tick;
}

/** A fitted logistic regression over K classes. */
export interface LogisticFit {
  readonly classes: number;
  /** The classes that occurred in training; the others get probability 0. */
  readonly present: Int32Array;
  /** cols × outputs: one output (of the second present class) for two present classes, else one per present class. */
  readonly coefficients: Matrix;
  readonly intercepts: Float64Array;
  readonly iterations: number;
  /** False when `maxIterations` ended the search. */
  readonly converged: boolean;
}

/** The classes that occur with some weight, and for each row its place among them (rows without weight: any). */
function presentClasses(
  y: Int32Array,
  classes: number,
  weights?: Float64Array,
): { present: Int32Array; place: Int32Array } {
  const place = new Int32Array(classes).fill(-1);
  for (let i = 0; i < y.length; i++) {
    const k = y[i]!;
    if (k < 0 || k >= classes) throw new NumericError('bad-parameter', { parameter: 'class', value: k, row: i });
    if (weights?.[i] !== 0) place[k] = 0;
  }
  const present = Int32Array.from(place.keys()).filter((k) => place[k] === 0);
  if (present.length < 2) throw new NumericError('one-class');
  if (present.length === classes) return { present, place: y };
  present.forEach((k, at) => (place[k] = at));
  return { present, place: y.map((k) => Math.max(0, place[k]!)) };
}

/**
 * Logistic regression, binary or multinomial. Smooth penalties run L-BFGS on the path of scikit-learn's lbfgs solver; l1
 * and elastic net run an orthant-wise search to the minimum that its saga solver approaches. `y` holds classes below
 * `classes`. Fewer than two of them present: `one-class`; refuses missing and infinite values and bad weights.
 */
export function fitLogistic(x: Matrix, y: Int32Array, classes: number, options: LogisticOptions = {}): LogisticFit {
  const { penalty = 'l2', c = 1, tolerance = 1e-4, maxIterations = 100, fitIntercept = true, tick } = options;
  const l1Ratio = { l2: 0, l1: 1, elasticnet: options.l1Ratio ?? 0.5, none: 0 }[penalty];
  requireCells(x);
  if (y.length !== x.rows) throw new NumericError('bad-shape', { rows: x.rows, length: y.length });
  requireWeights(options.weights, x.rows);
  const { present, place } = presentClasses(y, classes, options.weights);
  const weights =
    options.classWeight === 'balanced' ? balancedWeights(place, present.length, options.weights) : options.weights;
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : x.rows;
  const strength = penalty === 'none' ? 0 : 1 / (c * total);
  const outputs = present.length === 2 ? 1 : present.length;
  const width = x.cols + 1;
  const objective = logisticObjective({
    x,
    y: place,
    classes: present.length,
    ...(weights && { weights }),
    total,
    l2: (1 - l1Ratio) * strength,
    fitIntercept,
  });
  const search = {
    gradientTolerance: tolerance,
    maxIterations,
    ...(tick && { tick: (done: number) => tick(done, maxIterations) }),
  };
  const start = new Float64Array(outputs * width);
  const bends = start.map((_, at) => (at % width === x.cols ? 0 : l1Ratio * strength));
  const found = l1Ratio > 0 ? minimiseL1(objective, start, bends, search) : minimise(objective, start, search);
  const coefficients = matrix(x.cols, outputs);
  for (let k = 0; k < outputs; k++) coefficients.data.set(found.x.subarray(k * width, k * width + x.cols), k * x.cols);
  const intercepts = Float64Array.from({ length: outputs }, (_, k) => found.x[k * width + x.cols]!);
  return { classes, present, coefficients, intercepts, iterations: found.iterations, converged: found.converged };
}
