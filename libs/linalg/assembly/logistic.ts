// Logistic loss with its gradient, and class shares, over column-major doubles. Addresses are bytes in the imported memory;
// `stride` is bytes from one column to the next; row counts are multiples of 8. Rows go through in blocks whose columns
// stay in the nearest cache from the scores to the gradient.
import { shareOf, smallerShare, vexp, vlog } from './parts/exponential';
import { addLanes } from './parts/lanes';

const blockRows: i32 = 128;

/** z = w[cols] + X w for `rows` rows. */
@inline
function scores(x: usize, stride: usize, rows: i32, cols: i32, w: usize, z: usize): void {
  const last = w + (<usize>cols << 3);
  const shift = v128.load64_splat(last);
  const end = z + (<usize>rows << 3);
  for (; z < end; z += 64) {
    let a = shift;
    let b = shift;
    let c = shift;
    let d = shift;
    let p = x;
    for (let at = w; at < last; at += 8) {
      const v = v128.load64_splat(at);
      a = f64x2.add(a, f64x2.mul(v, v128.load(p)));
      b = f64x2.add(b, f64x2.mul(v, v128.load(p, 16)));
      c = f64x2.add(c, f64x2.mul(v, v128.load(p, 32)));
      d = f64x2.add(d, f64x2.mul(v, v128.load(p, 48)));
      p += stride;
    }
    v128.store(z, a);
    v128.store(z, b, 16);
    v128.store(z, c, 32);
    v128.store(z, d, 48);
    x += 64;
  }
}

/** g += [Xᵀ r, Σ r]. */
@inline
function slopes(x: usize, stride: usize, rows: i32, cols: i32, r: usize, g: usize): void {
  const zero = f64x2.splat(0);
  const end = r + (<usize>rows << 3);
  let j = 0;
  for (; j + 3 < cols; j += 4) {
    let a0 = zero;
    let b0 = zero;
    let c0 = zero;
    let d0 = zero;
    let a1 = zero;
    let b1 = zero;
    let c1 = zero;
    let d1 = zero;
    let pa = x;
    let pb = pa + stride;
    let pc = pb + stride;
    let pd = pc + stride;
    for (let at = r; at < end; at += 32) {
      let v = v128.load(at);
      a0 = f64x2.add(a0, f64x2.mul(v, v128.load(pa)));
      b0 = f64x2.add(b0, f64x2.mul(v, v128.load(pb)));
      c0 = f64x2.add(c0, f64x2.mul(v, v128.load(pc)));
      d0 = f64x2.add(d0, f64x2.mul(v, v128.load(pd)));
      v = v128.load(at, 16);
      a1 = f64x2.add(a1, f64x2.mul(v, v128.load(pa, 16)));
      b1 = f64x2.add(b1, f64x2.mul(v, v128.load(pb, 16)));
      c1 = f64x2.add(c1, f64x2.mul(v, v128.load(pc, 16)));
      d1 = f64x2.add(d1, f64x2.mul(v, v128.load(pd, 16)));
      pa += 32;
      pb += 32;
      pc += 32;
      pd += 32;
    }
    addLanes(g, f64x2.add(a0, a1));
    addLanes(g + 8, f64x2.add(b0, b1));
    addLanes(g + 16, f64x2.add(c0, c1));
    addLanes(g + 24, f64x2.add(d0, d1));
    g += 32;
    x += stride << 2;
  }
  for (; j < cols; j++) {
    let a = zero;
    let p = x;
    for (let at = r; at < end; at += 16) {
      a = f64x2.add(a, f64x2.mul(v128.load(at), v128.load(p)));
      p += 16;
    }
    addLanes(g, a);
    g += 8;
    x += stride;
  }
  let s = zero;
  for (let at = r; at < end; at += 16) s = f64x2.add(s, v128.load(at));
  addLanes(g, s);
}

/** Of four numbers of two lanes. */
@inline
function sumOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
}

/** The classes of two rows as doubles. */
@inline
function classesOf(y: usize): v128 {
  return f64x2.convert_low_i32x4_s(v128.load64_zero(y));
}

/** The loss but for −ln of the larger share: max(s, 0) − t s. */
@inline
function linearLoss(s: v128, t: v128): v128 {
  return f64x2.sub(f64x2.pmax(f64x2.splat(0), s), f64x2.mul(t, s));
}

/**
 * Scores of class 1 become residuals p − y (y 0 or 1 as i32); returns the loss. Four times two rows are computed side by
 * side, as what one waits for is long. The larger shares of a block are multiplied, at least 2⁻⁶⁴ a lane, and the logarithm
 * is taken once.
 */
@inline
function plainResiduals(z: usize, y: usize, rows: i32): f64 {
  const one = f64x2.splat(1.0);
  let loss = f64x2.splat(0);
  let product = one;
  const end = z + (<usize>rows << 3);
  for (; z < end; z += 64) {
    const a = v128.load(z);
    const b = v128.load(z, 16);
    const c = v128.load(z, 32);
    const d = v128.load(z, 48);
    const ta = classesOf(y);
    const tb = classesOf(y + 8);
    const tc = classesOf(y + 16);
    const td = classesOf(y + 24);
    const pa = smallerShare(a);
    const pb = smallerShare(b);
    const pc = smallerShare(c);
    const pd = smallerShare(d);
    v128.store(z, f64x2.sub(shareOf(a, pa), ta));
    v128.store(z, f64x2.sub(shareOf(b, pb), tb), 16);
    v128.store(z, f64x2.sub(shareOf(c, pc), tc), 32);
    v128.store(z, f64x2.sub(shareOf(d, pd), td), 48);
    loss = f64x2.add(loss, sumOf(linearLoss(a, ta), linearLoss(b, tb), linearLoss(c, tc), linearLoss(d, td)));
    const first = f64x2.mul(f64x2.sub(one, pa), f64x2.sub(one, pb));
    const second = f64x2.mul(f64x2.sub(one, pc), f64x2.sub(one, pd));
    product = f64x2.mul(product, f64x2.mul(first, second));
    y += 32;
  }
  loss = f64x2.sub(loss, vlog(product));
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1);
}

/** The same with a weight per row. */
@inline
function weightedResiduals(z: usize, y: usize, weight: usize, rows: i32): f64 {
  let loss = f64x2.splat(0);
  const end = z + (<usize>rows << 3);
  for (; z < end; z += 16) {
    const s = v128.load(z);
    const t = classesOf(y);
    const w = v128.load(weight);
    const smaller = smallerShare(s);
    const own = f64x2.sub(linearLoss(s, t), vlog(f64x2.sub(f64x2.splat(1.0), smaller)));
    loss = f64x2.add(loss, f64x2.mul(w, own));
    v128.store(z, f64x2.mul(w, f64x2.sub(shareOf(s, smaller), t)));
    weight += 16;
    y += 8;
  }
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1);
}

/** Scores, one column `step` bytes from the next per class, become exponentials of what they lie below the highest, two rows of them; returns their sum. */
@inline
function powers(z: usize, step: usize, classes: i32, top: v128): v128 {
  let total = f64x2.splat(0);
  for (let k = 0; k < classes; k++) {
    const e = vexp(f64x2.sub(v128.load(z), top));
    total = f64x2.add(total, e);
    v128.store(z, e);
    z += step;
  }
  return total;
}

/** The highest scores of two rows. */
@inline
function highest(z: usize, step: usize, classes: i32): v128 {
  let top = v128.load(z);
  for (let k = 1; k < classes; k++) {
    z += step;
    top = f64x2.max(top, v128.load(z));
  }
  return top;
}

/** Multiplies two rows, of a column per class. */
@inline
function multiply(z: usize, step: usize, classes: i32, factor: v128): void {
  for (let k = 0; k < classes; k++) {
    v128.store(z, f64x2.mul(factor, v128.load(z)));
    z += step;
  }
}

/** Scores (one block per class) become weighted residuals p − [y = class]; returns the weighted loss. */
@inline
function softmaxResiduals(z: usize, classes: i32, y: usize, weight: usize, rows: i32): f64 {
  const step = <usize>blockRows << 3;
  let loss: f64 = 0;
  for (let i = 0; i < rows; i += 2) {
    const o = z + (<usize>i << 3);
    const w = weight == 0 ? f64x2.splat(1.0) : v128.load(weight + (<usize>i << 3));
    const top = highest(o, step, classes);
    const own0 = o + step * <usize>load<i32>(y + (<usize>i << 2));
    const own1 = o + step * <usize>load<i32>(y + (<usize>i << 2), 4) + 8;
    const own = f64x2.replace_lane(f64x2.splat(load<f64>(own0)), 1, load<f64>(own1));
    const total = powers(o, step, classes, top);
    const lost = f64x2.mul(w, f64x2.add(vlog(total), f64x2.sub(top, own)));
    loss += f64x2.extract_lane(lost, 0) + f64x2.extract_lane(lost, 1);
    multiply(o, step, classes, f64x2.div(w, total));
    store<f64>(own0, load<f64>(own0) - f64x2.extract_lane(w, 0));
    store<f64>(own1, load<f64>(own1) - f64x2.extract_lane(w, 1));
  }
  return loss;
}

/**
 * Adds the weighted gradient to `g` and returns the weighted loss; `weight` 0: every row weighs 1. `outputs` × (cols + 1)
 * coefficients at `w`, the last of each its intercept; one output is class 1 of two. Scratch of outputs × 128 doubles at `z`.
 */
export function logisticPass(x: usize, stride: usize, rows: i32, cols: i32, outputs: i32, w: usize, y: usize, weight: usize, g: usize, z: usize): f64 {
  let loss: f64 = 0;
  const width = <usize>(cols + 1) << 3;
  const step = <usize>blockRows << 3;
  for (let start = 0; start < rows; start += blockRows) {
    const length = min(blockRows, rows - start);
    const p = x + (<usize>start << 3);
    for (let k = 0; k < outputs; k++) scores(p, stride, length, cols, w + width * <usize>k, z + step * <usize>k);
    const at = y + (<usize>start << 2);
    const own = weight == 0 ? 0 : weight + (<usize>start << 3);
    if (outputs > 1) loss += softmaxResiduals(z, outputs, at, own, length);
    else if (weight == 0) loss += plainResiduals(z, at, length);
    else loss += weightedResiduals(z, at, own, length);
    for (let k = 0; k < outputs; k++) slopes(p, stride, length, cols, z + step * <usize>k, g + width * <usize>k);
  }
  return loss;
}

/** Scores of the second class become the shares of both, in columns `step` bytes apart. */
@inline
function binaryShares(z: usize, step: usize, rows: i32): void {
  const end = z + (<usize>rows << 3);
  for (; z < end; z += 64) {
    const a = v128.load(z);
    const b = v128.load(z, 16);
    const c = v128.load(z, 32);
    const d = v128.load(z, 48);
    const pa = smallerShare(a);
    const pb = smallerShare(b);
    const pc = smallerShare(c);
    const pd = smallerShare(d);
    v128.store(z, shareOf(f64x2.neg(a), pa));
    v128.store(z, shareOf(f64x2.neg(b), pb), 16);
    v128.store(z, shareOf(f64x2.neg(c), pc), 32);
    v128.store(z, shareOf(f64x2.neg(d), pd), 48);
    const second = z + step;
    v128.store(second, shareOf(a, pa));
    v128.store(second, shareOf(b, pb), 16);
    v128.store(second, shareOf(c, pc), 32);
    v128.store(second, shareOf(d, pd), 48);
  }
}

/** Shares of the classes, one column `step` bytes from the next per class, from coefficients as those of `logisticPass`. */
export function logisticShares(x: usize, stride: usize, rows: i32, cols: i32, outputs: i32, w: usize, z: usize, step: usize): void {
  const width = <usize>(cols + 1) << 3;
  for (let k = 0; k < outputs; k++) scores(x, stride, rows, cols, w + width * <usize>k, z + step * <usize>k);
  if (outputs == 1) {
    binaryShares(z, step, rows);
    return;
  }
  for (let i = 0; i < rows; i += 2) {
    const o = z + (<usize>i << 3);
    const total = powers(o, step, outputs, highest(o, step, outputs));
    multiply(o, step, outputs, f64x2.div(f64x2.splat(1.0), total));
  }
}
