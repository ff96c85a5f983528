// A network with one hidden layer and one output over column-major doubles. Addresses are bytes in the imported memory.
import { evenPart, halved, oddPart, powerOf, restOf, shareOf, smallerShare } from './parts/exponential';

/** tanh s, from a = e to the power of −2 |s| as (1 − a) / (1 + a). */
@inline
function tanh(s: v128): v128 {
  const size = f64x2.abs(s);
  const x = f64x2.pmax(f64x2.neg(f64x2.add(size, size)), f64x2.splat(-700.0));
  const k = powerOf(x);
  const r = restOf(x, k);
  const z = f64x2.mul(r, r);
  const odd = oddPart(r, z);
  const even = evenPart(z);
  const above = f64x2.mul(halved(k), f64x2.add(even, odd));
  const below = f64x2.sub(even, odd);
  // Where the power is 0 the even parts cancel exactly: small values keep all their digits.
  const small = f64x2.eq(k, f64x2.splat(0));
  const difference = v128.bitselect(f64x2.neg(f64x2.add(odd, odd)), f64x2.sub(below, above), small);
  return v128.xor(f64x2.div(difference, f64x2.add(below, above)), v128.and(s, f64x2.splat(-0.0)));
}

/** What a hidden unit makes of its sum: kind 0 relu, 1 tanh, 2 sigmoid, 3 identity. */
@inline
function activated(kind: i32, s: v128): v128 {
  if (kind == 0) return f64x2.pmax(f64x2.splat(0), s);
  if (kind == 1) return tanh(s);
  if (kind == 2) return shareOf(s, smallerShare(s));
  return s;
}

@inline
function outputsOf(kind: i32, x: usize, stride: usize, rows: i32, inputs: i32, groups: i32, units: usize, bias: f64, out: usize): void {
  const end = out + (<usize>rows << 3);
  for (; out < end; out += 32) {
    let sum0 = f64x2.splat(bias);
    let sum1 = sum0;
    let u = units;
    for (let group = 0; group < groups; group++) {
      let a0 = v128.load64_splat(u);
      let b0 = v128.load64_splat(u, 8);
      let c0 = v128.load64_splat(u, 16);
      let d0 = v128.load64_splat(u, 24);
      let a1 = a0;
      let b1 = b0;
      let c1 = c0;
      let d1 = d0;
      u += 32;
      let p = x;
      for (let j = 0; j < inputs; j++) {
        const v0 = v128.load(p);
        const v1 = v128.load(p, 16);
        let w = v128.load64_splat(u);
        a0 = f64x2.add(a0, f64x2.mul(w, v0));
        a1 = f64x2.add(a1, f64x2.mul(w, v1));
        w = v128.load64_splat(u, 8);
        b0 = f64x2.add(b0, f64x2.mul(w, v0));
        b1 = f64x2.add(b1, f64x2.mul(w, v1));
        w = v128.load64_splat(u, 16);
        c0 = f64x2.add(c0, f64x2.mul(w, v0));
        c1 = f64x2.add(c1, f64x2.mul(w, v1));
        w = v128.load64_splat(u, 24);
        d0 = f64x2.add(d0, f64x2.mul(w, v0));
        d1 = f64x2.add(d1, f64x2.mul(w, v1));
        u += 32;
        p += stride;
      }
      let w = v128.load64_splat(u);
      sum0 = f64x2.add(sum0, f64x2.mul(w, activated(kind, a0)));
      sum1 = f64x2.add(sum1, f64x2.mul(w, activated(kind, a1)));
      w = v128.load64_splat(u, 8);
      sum0 = f64x2.add(sum0, f64x2.mul(w, activated(kind, b0)));
      sum1 = f64x2.add(sum1, f64x2.mul(w, activated(kind, b1)));
      w = v128.load64_splat(u, 16);
      sum0 = f64x2.add(sum0, f64x2.mul(w, activated(kind, c0)));
      sum1 = f64x2.add(sum1, f64x2.mul(w, activated(kind, c1)));
      w = v128.load64_splat(u, 24);
      sum0 = f64x2.add(sum0, f64x2.mul(w, activated(kind, d0)));
      sum1 = f64x2.add(sum1, f64x2.mul(w, activated(kind, d1)));
      u += 32;
    }
    v128.store(out, sum0);
    v128.store(out, sum1, 16);
    x += 32;
  }
}

/**
 * The output of each row to `out`; rows are a multiple of 4, columns `stride` bytes apart. `units` has hidden units in
 * groups of four: their biases, then their four weights of every input, then their weights in the output.
 */
export function perceptronOutputs(kind: i32, x: usize, stride: usize, rows: i32, inputs: i32, groups: i32, units: usize, bias: f64, out: usize): void {
  if (kind == 0) outputsOf(0, x, stride, rows, inputs, groups, units, bias, out);
  else if (kind == 1) outputsOf(1, x, stride, rows, inputs, groups, units, bias, out);
  else if (kind == 2) outputsOf(2, x, stride, rows, inputs, groups, units, bias, out);
  else outputsOf(3, x, stride, rows, inputs, groups, units, bias, out);
}
