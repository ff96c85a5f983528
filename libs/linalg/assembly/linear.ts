// Passes over column-major doubles for linear models: logistic loss and its gradient, sums of products. Addresses are bytes
// in the imported memory; `stride` is bytes from one column to the next; row counts are multiples of 4, spare rows being zero.

const blockRows: i32 = 256;

/** eˣ for x ≤ 0: powers of two times a Taylor polynomial of degree 13 (error below 1 ulp). */
@inline
function vexp(x: v128): v128 {
  x = f64x2.max(x, f64x2.splat(-700.0));
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  let p = f64x2.splat(1.6059043836821613e-10);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.08767569878681e-9));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.505210838544172e-8));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.755731922398589e-7));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.755731922398589e-6));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.48015873015873e-5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.984126984126984e-4));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.3888888888888889e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(8.333333333333333e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(4.1666666666666664e-2));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.6666666666666666e-1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0));
  // 2^k: the low bits of k + 1.5 × 2⁵² are k as an integer.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744.0));
  return f64x2.mul(p, i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52));
}

/** ln x for normal x > 0: the exponent, and atanh's series for a mantissa in [√½, √2). */
@inline
function vlog(x: v128): v128 {
  const offset = i64x2.splat(0x3fe6a09e667f3bcd);
  const e = i64x2.shr_s(i64x2.sub(x, offset), 52);
  const f = f64x2.sub(i64x2.sub(x, i64x2.shl(e, 52)), f64x2.splat(1.0));
  const k = f64x2.sub(i64x2.add(e, i64x2.splat(0x4338000000000000)), f64x2.splat(6755399441055744.0));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2.0)));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(0.08695652173913043);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.09523809523809523));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.10526315789473684));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.11764705882352941));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.13333333333333333));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.15384615384615385));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.18181818181818182));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.2222222222222222));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.2857142857142857));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.4));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.6666666666666666));
  // 2 s + s z p is ln of the mantissa; the small part of k ln 2 goes in first.
  const low = f64x2.add(f64x2.mul(f64x2.mul(s, z), p), f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  return f64x2.add(f64x2.add(low, f64x2.add(s, s)), f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)));
}

/** z = w[cols] + X w for `rows` rows. */
@inline
function scores(x: usize, stride: usize, rows: i32, cols: i32, w: usize, z: usize): void {
  const shift = v128.load64_splat(w + (<usize>cols << 3));
  for (let i = 0; i < rows; i += 4) {
    let a = shift;
    let b = shift;
    let p = x + (<usize>i << 3);
    for (let j = 0; j < cols; j++) {
      const c = v128.load64_splat(w + (<usize>j << 3));
      a = f64x2.add(a, f64x2.mul(c, v128.load(p)));
      b = f64x2.add(b, f64x2.mul(c, v128.load(p, 16)));
      p += stride;
    }
    const o = z + (<usize>i << 3);
    v128.store(o, a);
    v128.store(o, b, 16);
  }
}

@inline
function addLanes(at: usize, s: v128): void {
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1));
}

/** g += [Xᵀ r, Σ r]. */
@inline
function slopes(x: usize, stride: usize, rows: i32, cols: i32, r: usize, g: usize): void {
  const zero = f64x2.splat(0);
  const end = <usize>rows << 3;
  let j = 0;
  for (; j + 3 < cols; j += 4) {
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    const p0 = x + stride * <usize>j;
    const p1 = p0 + stride;
    const p2 = p1 + stride;
    const p3 = p2 + stride;
    for (let o: usize = 0; o < end; o += 16) {
      const v = v128.load(r + o);
      a = f64x2.add(a, f64x2.mul(v, v128.load(p0 + o)));
      b = f64x2.add(b, f64x2.mul(v, v128.load(p1 + o)));
      c = f64x2.add(c, f64x2.mul(v, v128.load(p2 + o)));
      d = f64x2.add(d, f64x2.mul(v, v128.load(p3 + o)));
    }
    const at = g + (<usize>j << 3);
    addLanes(at, a);
    addLanes(at + 8, b);
    addLanes(at + 16, c);
    addLanes(at + 24, d);
  }
  for (; j < cols; j++) {
    let a = zero;
    const p = x + stride * <usize>j;
    for (let o: usize = 0; o < end; o += 16) a = f64x2.add(a, f64x2.mul(v128.load(r + o), v128.load(p + o)));
    addLanes(g + (<usize>j << 3), a);
  }
  let s = zero;
  for (let o: usize = 0; o < end; o += 16) s = f64x2.add(s, v128.load(r + o));
  addLanes(g + (<usize>cols << 3), s);
}

/** Scores of class 1 become weighted residuals p − y (y 0 or 1 as i32); returns the weighted loss. */
@inline
function binaryResiduals(z: usize, y: usize, weight: usize, rows: i32): f64 {
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0);
  let loss = zero;
  for (let i = 0; i < rows; i += 2) {
    const o = <usize>i << 3;
    const s = v128.load(z + o);
    const t = f64x2.convert_low_i32x4_s(v128.load64_zero(y + (<usize>i << 2)));
    const w = v128.load(weight + o);
    const e = vexp(f64x2.neg(f64x2.abs(s)));
    const u = f64x2.add(one, e);
    const q = f64x2.div(one, u);
    const p = v128.bitselect(q, f64x2.mul(e, q), f64x2.ge(s, zero));
    const own = f64x2.add(vlog(u), f64x2.sub(f64x2.max(s, zero), f64x2.mul(t, s)));
    loss = f64x2.add(loss, f64x2.mul(w, own));
    v128.store(z + o, f64x2.mul(w, f64x2.sub(p, t)));
  }
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1);
}

/** Scores (one block per class) become weighted residuals p − [y = class]; returns the weighted loss. */
@inline
function softmaxResiduals(z: usize, classes: i32, y: usize, weight: usize, rows: i32): f64 {
  const step = <usize>blockRows << 3;
  let loss: f64 = 0;
  for (let i = 0; i < rows; i += 2) {
    const o = z + (<usize>i << 3);
    const w = v128.load(weight + (<usize>i << 3));
    let top = v128.load(o);
    for (let k = 1; k < classes; k++) top = f64x2.max(top, v128.load(o + step * <usize>k));
    const own0 = o + step * <usize>load<i32>(y + (<usize>i << 2));
    const own1 = o + step * <usize>load<i32>(y + (<usize>i << 2), 4) + 8;
    const own = f64x2.replace_lane(f64x2.splat(load<f64>(own0)), 1, load<f64>(own1));
    let total = f64x2.splat(0);
    for (let k = 0; k < classes; k++) {
      const e = vexp(f64x2.sub(v128.load(o + step * <usize>k), top));
      total = f64x2.add(total, e);
      v128.store(o + step * <usize>k, e);
    }
    const lost = f64x2.mul(w, f64x2.add(vlog(total), f64x2.sub(top, own)));
    loss += f64x2.extract_lane(lost, 0) + f64x2.extract_lane(lost, 1);
    const share = f64x2.div(w, total);
    for (let k = 0; k < classes; k++) v128.store(o + step * <usize>k, f64x2.mul(share, v128.load(o + step * <usize>k)));
    store<f64>(own0, load<f64>(own0) - f64x2.extract_lane(w, 0));
    store<f64>(own1, load<f64>(own1) - f64x2.extract_lane(w, 1));
  }
  return loss;
}

/**
 * Adds the weighted gradient to `g` and returns the weighted loss. `outputs` × (cols + 1) coefficients at `w`, the last of
 * each its intercept; one output is class 1 of two. Scratch of outputs × 256 doubles at `z`.
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
    const own = weight + (<usize>start << 3);
    loss += outputs == 1 ? binaryResiduals(z, at, own, length) : softmaxResiduals(z, outputs, at, own, length);
    for (let k = 0; k < outputs; k++) slopes(p, stride, length, cols, z + step * <usize>k, g + width * <usize>k);
  }
  return loss;
}

/** out[j × count + i] += Σ aᵢ aⱼ for i ≤ j + 3; `count` columns, a multiple of 4. */
export function addProducts(x: usize, stride: usize, rows: i32, count: i32, out: usize): void {
  const end = <usize>rows << 3;
  const zero = f64x2.splat(0);
  for (let j = 0; j < count; j += 2) {
    const q0 = x + stride * <usize>j;
    const q1 = q0 + stride;
    for (let i = 0; i <= j; i += 4) {
      const p0 = x + stride * <usize>i;
      const p1 = p0 + stride;
      const p2 = p1 + stride;
      const p3 = p2 + stride;
      let a0 = zero;
      let a1 = zero;
      let a2 = zero;
      let a3 = zero;
      let b0 = zero;
      let b1 = zero;
      let b2 = zero;
      let b3 = zero;
      for (let o: usize = 0; o < end; o += 16) {
        const u = v128.load(q0 + o);
        const v = v128.load(q1 + o);
        let p = v128.load(p0 + o);
        a0 = f64x2.add(a0, f64x2.mul(p, u));
        b0 = f64x2.add(b0, f64x2.mul(p, v));
        p = v128.load(p1 + o);
        a1 = f64x2.add(a1, f64x2.mul(p, u));
        b1 = f64x2.add(b1, f64x2.mul(p, v));
        p = v128.load(p2 + o);
        a2 = f64x2.add(a2, f64x2.mul(p, u));
        b2 = f64x2.add(b2, f64x2.mul(p, v));
        p = v128.load(p3 + o);
        a3 = f64x2.add(a3, f64x2.mul(p, u));
        b3 = f64x2.add(b3, f64x2.mul(p, v));
      }
      let at = out + (<usize>(j * count + i) << 3);
      addLanes(at, a0);
      addLanes(at + 8, a1);
      addLanes(at + 16, a2);
      addLanes(at + 24, a3);
      at += <usize>count << 3;
      addLanes(at, b0);
      addLanes(at + 8, b1);
      addLanes(at + 16, b2);
      addLanes(at + 24, b3);
    }
  }
}
