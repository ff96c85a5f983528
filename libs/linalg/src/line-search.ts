/** A value and slope along a line at a step. */
interface Point {
  step: number;
  value: number;
  slope: number;
}

/** The next trial step and the new interval of uncertainty (dcstep of MINPACK-2). Changes `best` and `other`. */
function nextStep(
  best: Point,
  other: Point,
  trial: Point,
  bracketed: boolean,
  low: number,
  high: number,
): [number, boolean] {
  const { step, value, slope } = trial;
  const opposite = slope * Math.sign(best.slope);
  const theta = (3 * (best.value - value)) / (step - best.step) + best.slope + slope;
  const size = Math.max(Math.abs(theta), Math.abs(best.slope), Math.abs(slope));
  let next: number;
  if (value > best.value) {
    // Higher value: the minimum is bracketed. The cubic step if nearer to the best, else half-way to the quadratic.
    let gamma = size * Math.sqrt((theta / size) ** 2 - (best.slope / size) * (slope / size));
    if (step < best.step) gamma = -gamma;
    const r = (gamma - best.slope + theta) / (gamma - best.slope + gamma + slope);
    const cubic = best.step + r * (step - best.step);
    const parabola = best.slope / ((best.value - value) / (step - best.step) + best.slope);
    const quadratic = best.step + (parabola / 2) * (step - best.step);
    next = Math.abs(cubic - best.step) < Math.abs(quadratic - best.step) ? cubic : cubic + (quadratic - cubic) / 2;
    bracketed = true;
  } else if (opposite < 0) {
    // Lower value, slopes of opposite sign: bracketed. The step farther from the trial.
    let gamma = size * Math.sqrt((theta / size) ** 2 - (best.slope / size) * (slope / size));
    if (step > best.step) gamma = -gamma;
    const r = (gamma - slope + theta) / (gamma - slope + gamma + best.slope);
    const cubic = step + r * (best.step - step);
    const secant = step + (slope / (slope - best.slope)) * (best.step - step);
    next = Math.abs(cubic - step) > Math.abs(secant - step) ? cubic : secant;
    bracketed = true;
  } else if (Math.abs(slope) < Math.abs(best.slope)) {
    // Lower value, same sign, flatter: the cubic may have no minimum in the direction of the step.
    let gamma = size * Math.sqrt(Math.max(0, (theta / size) ** 2 - (best.slope / size) * (slope / size)));
    if (step > best.step) gamma = -gamma;
    const r = (gamma - slope + theta) / (gamma + (best.slope - slope) + gamma);
    const cubic = r < 0 && gamma !== 0 ? step + r * (best.step - step) : step > best.step ? high : low;
    const secant = step + (slope / (slope - best.slope)) * (best.step - step);
    if (bracketed) {
      next = Math.abs(cubic - step) < Math.abs(secant - step) ? cubic : secant;
      const limit = step + 0.66 * (other.step - step);
      next = step > best.step ? Math.min(limit, next) : Math.max(limit, next);
    } else {
      next = Math.abs(cubic - step) > Math.abs(secant - step) ? cubic : secant;
      next = Math.max(low, Math.min(high, next));
    }
  } else if (bracketed) {
    // Lower value, same sign, not flatter.
    const wide = (3 * (value - other.value)) / (other.step - step) + other.slope + slope;
    const scale = Math.max(Math.abs(wide), Math.abs(other.slope), Math.abs(slope));
    let gamma = scale * Math.sqrt((wide / scale) ** 2 - (other.slope / scale) * (slope / scale));
    if (step > other.step) gamma = -gamma;
    const r = (gamma - slope + wide) / (gamma - slope + gamma + other.slope);
    next = step + r * (other.step - step);
  } else {
    next = step > best.step ? high : low;
  }
  if (value > best.value) {
    Object.assign(other, trial);
  } else {
    if (opposite < 0) Object.assign(other, best);
    Object.assign(best, trial);
  }
  return [next, bracketed];
}

/** What a line search needs: the value and slope at step 0 and a function that evaluates both at a step. */
export interface LineSearch {
  readonly value: number;
  readonly slope: number;
  readonly first: number;
  readonly largest: number;
  readonly maxEvaluations: number;
  readonly evaluate: (step: number) => { value: number; slope: number };
}

/**
 * A step that satisfies the strong Wolfe conditions (decrease 1e-3, curvature 0.9), or undefined. Source: Moré and Thuente,
 * ACM TOMS 20 (1994), as dcsrch of MINPACK-2 with the constants of L-BFGS-B, so that paths agree with scipy's.
 */
export function wolfeStep({ value, slope, first, largest, maxEvaluations, evaluate }: LineSearch): number | undefined {
  const decrease = 1e-3;
  const curvature = 0.9;
  const relative = 0.1;
  if (slope >= 0) return undefined;
  const test = decrease * slope;
  const best: Point = { step: 0, value, slope };
  const other: Point = { step: 0, value, slope };
  let bracketed = false;
  let firstStage = true;
  let width = largest;
  let doubled = 2 * width;
  let low = 0;
  let high = 5 * first;
  let step = first;
  for (let k = 0; k < maxEvaluations; k++) {
    const here = evaluate(step);
    const bound = value + step * test;
    if (firstStage && here.value <= bound && here.slope >= 0) firstStage = false;
    const stuck = bracketed && (step <= low || step >= high || high - low <= relative * high);
    const atEnd =
      (step === largest && here.value <= bound && here.slope <= test) ||
      (step === 0 && (here.value > bound || here.slope >= test));
    if (here.value <= bound && Math.abs(here.slope) <= curvature * -slope) return step;
    if (stuck || atEnd) return step;
    if (firstStage && here.value <= best.value && here.value > bound) {
      // The auxiliary function, whose minimum gives sufficient decrease.
      const shift = (point: Point, sign: number): void => {
        point.value += sign * -point.step * test;
        point.slope += sign * -test;
      };
      shift(best, 1);
      shift(other, 1);
      const trial = { step, value: here.value - step * test, slope: here.slope - test };
      [step, bracketed] = nextStep(best, other, trial, bracketed, low, high);
      shift(best, -1);
      shift(other, -1);
    } else {
      [step, bracketed] = nextStep(best, other, { step, ...here }, bracketed, low, high);
    }
    if (bracketed) {
      if (Math.abs(other.step - best.step) >= 0.66 * doubled) step = best.step + 0.5 * (other.step - best.step);
      doubled = width;
      width = Math.abs(other.step - best.step);
      low = Math.min(best.step, other.step);
      high = Math.max(best.step, other.step);
    } else {
      low = step + 1.1 * (step - best.step);
      high = step + 4 * (step - best.step);
    }
    step = Math.max(0, Math.min(largest, step));
    if (bracketed && (step <= low || step >= high || high - low <= relative * high)) step = best.step;
  }
  return undefined;
}
