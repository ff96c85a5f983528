// Sums of products of column-major doubles. Addresses are bytes in the imported memory; `stride` is bytes from one column to
// the next; row counts are multiples of 4, spare rows being zero.
import { addLanes } from './parts/lanes';

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
