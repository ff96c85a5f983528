const signBit = 0x80000000;

/** The values as two columns of uint32 words (low, high) whose unsigned order is the order of the floats; NaN comes last. */
function sortableWords(values: ArrayLike<number>): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const float = new Float64Array(1);
  const word = new Uint32Array(float.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Adding zero makes −0 into 0; every NaN becomes the same largest word.
    float[0] = value + 0;
    const top = word[1]!;
    if (Number.isNaN(value)) low[i] = high[i] = 0xffffffff;
    else if (top < signBit) {
      low[i] = word[0]!;
      high[i] = top | signBit;
    } else {
      low[i] = ~word[0]!;
      high[i] = ~top;
    }
  }
  return { low, high };
}

/** The indexes that sort `values` ascending: stable, NaN last. Radix sort: time grows with n, not n log n. */
export function argsort(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  const { low, high } = sortableWords(values);
  let order = new Uint32Array(n).map((_, i) => i);
  let next = new Uint32Array(n);
  const bits = n < 20_000 ? 8 : 16;
  const mask = (1 << bits) - 1;
  const counts = new Uint32Array(mask + 1);
  for (let shift = 0; shift < 64; shift += bits) {
    const words = shift < 32 ? low : high;
    const by = shift & 31;
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[(words[i]! >>> by) & mask]!++;
    if (n === 0 || counts[(words[0]! >>> by) & mask] === n) continue;
    for (let digit = 0, sum = 0; digit <= mask; digit++) {
      const count = counts[digit]!;
      counts[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const index = order[i]!;
      next[counts[(words[index]! >>> by) & mask]!++] = index;
    }
    [order, next] = [next, order];
  }
  return order;
}
