// Histograms of gradients for boosting. A cell is 32 bytes: sums of gradient and hessian (one f64x2), rows (f64), unused.
// `pairs` are gradient and hessian as two f32 per row. Addresses are bytes in the imported memory, which threads share.

@inline
function add(cell: usize, pair: usize): void {
  v128.store(cell, f64x2.add(v128.load(cell), f64x2.promote_low_f32x4(v128.load64_zero(pair))));
  store<f64>(cell, load<f64>(cell, 16) + 1.0, 16);
}

/** Adds all rows, in order, of one column of bins. */
export function addAll(column: usize, rows: i32, pairs: usize, cells: usize): void {
  const end = column + <usize>rows;
  while (column < end) {
    add(cells + (<usize>load<u8>(column) << 5), pairs);
    column += 1;
    pairs += 8;
  }
}

/** Adds the rows listed in `indexes`; `pairs` are already in their order. */
export function addListed(column: usize, indexes: usize, rows: i32, pairs: usize, cells: usize): void {
  const end = indexes + (<usize>rows << 2);
  while (indexes < end) {
    add(cells + (<usize>load<u8>(column + <usize>load<u32>(indexes)) << 5), pairs);
    indexes += 4;
    pairs += 8;
  }
}

/** Copies the pairs of the listed rows into the order of the list. */
export function gather(indexes: usize, rows: i32, pairs: usize, out: usize): void {
  const end = indexes + (<usize>rows << 2);
  while (indexes < end) {
    store<u64>(out, load<u64>(pairs + (<usize>load<u32>(indexes) << 3)));
    indexes += 4;
    out += 8;
  }
}

/** a −= b over `cells` cells. */
export function subtract(a: usize, b: usize, cells: i32): void {
  const end = a + (<usize>cells << 5);
  while (a < end) {
    v128.store(a, f64x2.sub(v128.load(a), v128.load(b)));
    store<f64>(a, load<f64>(a, 16) - load<f64>(b, 16), 16);
    a += 32;
    b += 32;
  }
}

/** Empties `cells` cells. */
export function clear(a: usize, cells: i32): void {
  memory.fill(a, 0, <usize>cells << 5);
}

/** Copies `count` indexes. */
export function copy(to: usize, from: usize, count: i32): void {
  memory.copy(to, from, <usize>count << 2);
}

/** Rows whose bin is at most `cut`, or is `alsoLeft`, to the list `left`; the others to `right`. Returns how many went left. */
export function partition(column: usize, indexes: usize, rows: i32, cut: u32, alsoLeft: u32, left: usize, right: usize): i32 {
  const start = left;
  const end = indexes + (<usize>rows << 2);
  while (indexes < end) {
    const row = load<u32>(indexes);
    const bin = <u32>load<u8>(column + <usize>row);
    const goes = <usize>(i32(bin <= cut) | i32(bin == alsoLeft)) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes;
    right += 4 - goes;
    indexes += 4;
  }
  return <i32>((left - start) >> 2);
}

/** values[row] += amount for the listed rows. */
export function addAmount(indexes: usize, rows: i32, values: usize, amount: f64): void {
  const end = indexes + (<usize>rows << 2);
  while (indexes < end) {
    const at = values + (<usize>load<u32>(indexes) << 3);
    store<f64>(at, load<f64>(at) + amount);
    indexes += 4;
  }
}
