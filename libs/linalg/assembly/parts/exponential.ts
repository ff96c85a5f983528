// Exponentials of two doubles at a time, for x ≤ 0: eˣ = 2ᵏ (E + O) / (E − O), E even and O odd in the rest r of x, |r| ≤ ½ ln 2.
// So one division serves eˣ, eˣ / (1 + eˣ) or (1 − eˣ) / (1 + eˣ), each within 2 ulp. Source of both polynomials: exp of Cephes (Moshier 1989).

/** The nearest whole number of halvings of x, which is not below −700 (there 2ᵏ is still normal). */
@inline
export function powerOf(x: v128): v128 {
  return f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
}

/** x without `power` times ln 2, whose two parts are taken off one after the other. */
@inline
export function restOf(x: v128, power: v128): v128 {
  const r = f64x2.sub(x, f64x2.mul(power, f64x2.splat(6.93147180369123816490e-1)));
  return f64x2.sub(r, f64x2.mul(power, f64x2.splat(1.90821492927058770002e-10)));
}

/** E, from z = r². */
@inline
export function evenPart(z: v128): v128 {
  let p = f64x2.mul(z, f64x2.splat(3.00198505138664455042e-6));
  p = f64x2.mul(z, f64x2.add(p, f64x2.splat(2.52448340349684104192e-3)));
  p = f64x2.mul(z, f64x2.add(p, f64x2.splat(2.27265548208155028766e-1)));
  return f64x2.add(p, f64x2.splat(2.0));
}

/** O, from r and z = r². */
@inline
export function oddPart(r: v128, z: v128): v128 {
  let p = f64x2.mul(z, f64x2.splat(1.26177193074810590878e-4));
  p = f64x2.mul(z, f64x2.add(p, f64x2.splat(3.02994407707441961300e-2)));
  return f64x2.mul(r, f64x2.add(p, f64x2.splat(1.0)));
}

/** 2ᵏ: the low bits of k + 1.5 × 2⁵² are k as an integer. */
@inline
export function halved(k: v128): v128 {
  const bits = f64x2.add(k, f64x2.splat(6755399441055744.0));
  return i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52);
}

/** eˣ for x ≤ 0; below −700 as at −700. */
@inline
export function vexp(x: v128): v128 {
  x = f64x2.pmax(x, f64x2.splat(-700.0));
  const k = powerOf(x);
  const r = restOf(x, k);
  const z = f64x2.mul(r, r);
  const o = oddPart(r, z);
  const e = evenPart(z);
  return f64x2.div(f64x2.mul(halved(k), f64x2.add(e, o)), f64x2.sub(e, o));
}

/** a / (1 + a) with a = e to the power of −|s|: the smaller of 1 / (1 + e⁻ˢ) and what it lacks to 1. */
@inline
export function smallerShare(s: v128): v128 {
  const x = f64x2.pmax(f64x2.neg(f64x2.abs(s)), f64x2.splat(-700.0));
  const k = powerOf(x);
  const r = restOf(x, k);
  const z = f64x2.mul(r, r);
  const o = oddPart(r, z);
  const e = evenPart(z);
  const above = f64x2.mul(halved(k), f64x2.add(e, o));
  return f64x2.div(above, f64x2.add(above, f64x2.sub(e, o)));
}

/** 1 / (1 + e⁻ˢ), from the smaller share. */
@inline
export function shareOf(s: v128, smaller: v128): v128 {
  return v128.bitselect(smaller, f64x2.sub(f64x2.splat(1.0), smaller), i64x2.shr_s(s, 63));
}

/** ln x for normal x > 0: the exponent, and atanh's series for a mantissa in [√½, √2). */
@inline
export function vlog(x: v128): v128 {
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
