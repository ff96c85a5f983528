// Distances of rows, over column-major doubles, and what is near. Addresses are bytes in the imported memory; `stride` is bytes
// from one column to the next; row counts are multiples of 4.

/** One coordinate's part of a distance: 0 squared, 1 absolute, 2 largest. */
@inline
function joined(kind: i32, sum: v128, difference: v128): v128 {
  if (kind == 0) return f64x2.add(sum, f64x2.mul(difference, difference));
  if (kind == 1) return f64x2.add(sum, f64x2.abs(difference));
  return f64x2.max(sum, f64x2.abs(difference));
}

@inline
function distancesOf(kind: i32, x: usize, stride: usize, rows: i32, cols: i32, q: usize, out: usize, step: usize): void {
  const next = <usize>cols << 3;
  for (let i = 0; i < rows; i += 4) {
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    let p = x + (<usize>i << 3);
    for (let j = 0; j < cols; j++) {
      const u = v128.load(p);
      const v = v128.load(p, 16);
      let at = q + (<usize>j << 3);
      let s = v128.load64_splat(at);
      a0 = joined(kind, a0, f64x2.sub(u, s));
      a1 = joined(kind, a1, f64x2.sub(v, s));
      at += next;
      s = v128.load64_splat(at);
      b0 = joined(kind, b0, f64x2.sub(u, s));
      b1 = joined(kind, b1, f64x2.sub(v, s));
      at += next;
      s = v128.load64_splat(at);
      c0 = joined(kind, c0, f64x2.sub(u, s));
      c1 = joined(kind, c1, f64x2.sub(v, s));
      at += next;
      s = v128.load64_splat(at);
      d0 = joined(kind, d0, f64x2.sub(u, s));
      d1 = joined(kind, d1, f64x2.sub(v, s));
      p += stride;
    }
    let o = out + (<usize>i << 3);
    v128.store(o, a0);
    v128.store(o, a1, 16);
    o += step;
    v128.store(o, b0);
    v128.store(o, b1, 16);
    o += step;
    v128.store(o, c0);
    v128.store(o, c1, 16);
    o += step;
    v128.store(o, d0);
    v128.store(o, d1, 16);
  }
}

/** Distances (squared for kind 0) of four queries, row-major at `q`, to the rows; `out` has four stretches `step` bytes apart. */
export function distances(kind: i32, x: usize, stride: usize, rows: i32, cols: i32, q: usize, out: usize, step: usize): void {
  if (kind == 0) distancesOf(0, x, stride, rows, cols, q, out, step);
  else if (kind == 1) distancesOf(1, x, stride, rows, cols, q, out, step);
  else distancesOf(2, x, stride, rows, cols, q, out, step);
}

/** Writes the places of values below `limit`, rising, as i32 to `list`; returns how many. */
export function below(values: usize, rows: i32, limit: f64, list: usize): i32 {
  const v = f64x2.splat(limit);
  const first = list;
  for (let i = 0; i < rows; i += 4) {
    const p = values + (<usize>i << 3);
    const a = f64x2.lt(v128.load(p), v);
    const b = f64x2.lt(v128.load(p, 16), v);
    if (!v128.any_true(v128.or(a, b))) continue;
    const mask = i64x2.bitmask(a) | (i64x2.bitmask(b) << 2);
    for (let k = 0; k < 4; k++) {
      if (((mask >> k) & 1) == 0) continue;
      store<i32>(list, i + k);
      list += 4;
    }
  }
  return <i32>((list - first) >> 2);
}
