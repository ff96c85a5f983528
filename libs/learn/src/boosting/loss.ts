/** What boosting minimises. */
export type LossKind = 'binary' | 'softmax' | 'squared';

/** A loss on training rows. */
export interface Loss {
  readonly kind: LossKind;
  /** Raw scores per row: logits of every class, the log-odds of class 1, or the prediction. */
  readonly outputs: number;
  /** Codes or numbers. */
  readonly target: Int32Array | Float64Array;
  readonly weights: Float64Array | null;
}

/** The rows of a fit, as every thread sees them; `raw` and `pairs` (gradient and hessian, two a row) per output. */
export interface LossRows {
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  readonly raw: readonly Float64Array[];
  readonly pairs: readonly Float32Array[];
}

/** The share of each class in the weights; never 0 or 1, so that its logarithm is finite. */
function classShares({ target, weights }: Loss, classes: number): Float64Array {
  const totals = new Float64Array(classes);
  for (let i = 0; i < target.length; i++) totals[target[i]!]! += weights ? weights[i]! : 1;
  const all = totals.reduce((sum, total) => sum + total, 0);
  return totals.map((total) => Math.min(Math.max(total / all, Number.EPSILON), 1 - Number.EPSILON));
}

function weightedMean({ target, weights }: Loss): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    const w = weights ? weights[i]! : 1;
    sum += w * target[i]!;
    total += w;
  }
  return sum / total;
}

/** The constant raw scores of least loss. */
export function baseline(loss: Loss): Float64Array {
  if (loss.kind === 'squared') return Float64Array.of(weightedMean(loss));
  if (loss.kind === 'binary') {
    const [none, one] = classShares(loss, 2);
    return Float64Array.of(Math.log(one! / none!));
  }
  const logs = classShares(loss, loss.outputs).map((share) => Math.log(share));
  const mean = logs.reduce((sum, log) => sum + log, 0) / loss.outputs;
  return logs.map((log) => log - mean);
}

/** Fills the pairs of the rows [from, to) from their raw scores. */
export function fillPairs(kind: LossKind, rows: LossRows, from: number, to: number): void {
  const { target, weights, raw, pairs } = rows;
  if (kind === 'binary') fillBinary(raw[0]!, target, weights, pairs[0]!, from, to);
  else if (kind === 'squared') fillSquared(raw[0]!, target, weights, pairs[0]!, from, to);
  else fillSoftmax(rows, new Float64Array(raw.length), from, to);
}

type Weights = Float64Array | null;

function fillBinary(
  raw: Float64Array,
  codes: Float64Array,
  weights: Weights,
  pairs: Float32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const p = 1 / (1 + Math.exp(-raw[i]!));
    const w = weights ? weights[i]! : 1;
    pairs[2 * i] = w * (p - codes[i]!);
    pairs[2 * i + 1] = w * p * (1 - p);
  }
}

function fillSoftmax(
  { raw, target, weights, pairs }: LossRows,
  probability: Float64Array,
  from: number,
  to: number,
): void {
  const classes = raw.length;
  for (let i = from; i < to; i++) {
    let most = -Infinity;
    for (let k = 0; k < classes; k++) most = Math.max(most, raw[k]![i]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const power = Math.exp(raw[k]![i]! - most);
      probability[k] = power;
      sum += power;
    }
    const code = target[i]!;
    const w = weights ? weights[i]! : 1;
    for (let k = 0; k < classes; k++) {
      const p = probability[k]! / sum;
      const out = pairs[k]!;
      out[2 * i] = w * (p - (k === code ? 1 : 0));
      out[2 * i + 1] = w * p * (1 - p);
    }
  }
}

function fillSquared(
  raw: Float64Array,
  target: Float64Array,
  weights: Weights,
  pairs: Float32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const w = weights ? weights[i]! : 1;
    pairs[2 * i] = w * (raw[i]! - target[i]!);
    pairs[2 * i + 1] = w;
  }
}
