// Walks decision trees over a block of columns. A node is 16 bytes: threshold (f64), the offset of its column in the block
// plus 1 when a missing value goes right (u32), and its left child (u32), the right one next to it. A leaf is its own left
// child, with an infinite threshold.

@inline
function step(nodes: usize, node: u32, row: usize): u32 {
  const at = nodes + (<usize>node << 4);
  const place = load<u32>(at, 8);
  const x = load<f64>(row + <usize>(place & 0xfffffff8));
  return load<u32>(at, 12) + u32(x > load<f64>(at)) + (u32(x != x) & place);
}

/** The leaf of every row of a column-major block under the tree at `root`. */
export function descend(nodes: usize, root: u32, block: usize, rows: i32, leaves: usize): void {
  const end = leaves + (<usize>rows << 2);
  // Four rows at a time, so that the loads of one hide the waiting of the others.
  while (leaves + 16 <= end) {
    const b = block + 8;
    const c = block + 16;
    const d = block + 24;
    let p = root;
    let q = root;
    let r = root;
    let s = root;
    for (;;) {
      const p1 = step(nodes, p, block);
      const q1 = step(nodes, q, b);
      const r1 = step(nodes, r, c);
      const s1 = step(nodes, s, d);
      const moved = (p ^ p1) | (q ^ q1) | (r ^ r1) | (s ^ s1);
      p = p1;
      q = q1;
      r = r1;
      s = s1;
      if (!moved) break;
    }
    store<u32>(leaves, p);
    store<u32>(leaves, q, 4);
    store<u32>(leaves, r, 8);
    store<u32>(leaves, s, 12);
    leaves += 16;
    block += 32;
  }
  while (leaves < end) {
    let p = root;
    for (;;) {
      const next = step(nodes, p, block);
      if (next == p) break;
      p = next;
    }
    store<u32>(leaves, p);
    leaves += 4;
    block += 8;
  }
}
