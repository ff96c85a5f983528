import { NumericError, deriveSeed, random } from '#linalg';

/** 0 … rows − 1 in a random order, equal for equal seeds (Fisher and Yates). */
export function shuffledRows(rows: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const { below } = random(seed);
  for (let i = rows - 1; i > 0; i--) {
    const other = below(i + 1);
    const swap = order[i]!;
    order[i] = order[other]!;
    order[other] = swap;
  }
  return order;
}

/** How many of `total` each share gets: rounded down, the rest by largest remainder, earlier shares first. */
function apportion(total: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * total);
  // A hair is added so that 0.6 + 0.2 + 0.2 of 10 is not 5.999… + ….
  const counts = exact.map((value) => Math.floor(value + 1e-9));
  const order = exact.map((value, i) => ({ i, left: value - counts[i]! })).sort((a, b) => b.left - a.left || a.i - b.i);
  let missing = total - counts.reduce((sum, count) => sum + count, 0);
  for (let at = 0; missing > 0; at = (at + 1) % order.length) {
    if (shares[order[at]!.i]! === 0) continue;
    counts[order[at]!.i]!++;
    missing--;
  }
  return counts;
}

function checkShares(shares: readonly number[]): void {
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => !(share >= 0)) || Math.abs(sum - 1) > 1e-6) {
    throw new NumericError('bad-parameter', { parameter: 'shares', value: shares.join(' ') });
  }
}

function checkParts(parts: readonly Int32Array[], shares: readonly number[]): void {
  parts.forEach((part, i) => {
    if (shares[i]! > 0 && part.length === 0) throw new NumericError('split-empty-part', { part: i, share: shares[i]! });
  });
}

/**
 * Rows dealt to parts of the given shares (≥ 0, summing to 1 ± 1e-6), each part in rising order of position in the shuffle,
 * or of row without `seed`. A part with a share but no row: `split-empty-part`.
 */
export function holdoutSplit(rows: number, shares: readonly number[], seed?: number): Int32Array[] {
  checkShares(shares);
  const order = seed === undefined ? Int32Array.from({ length: rows }, (_, i) => i) : shuffledRows(rows, seed);
  let from = 0;
  const parts = apportion(rows, shares).map((count) => order.slice(from, (from += count)));
  checkParts(parts, shares);
  return parts;
}

/**
 * Like {@link holdoutSplit}, keeping the share of every class in every part: counts differ from the exact ones by less than
 * one, and part sizes are those of the plain split. `y` holds classes from 0 on. Equal seeds give equal splits.
 */
export function stratifiedSplit(y: Int32Array, shares: readonly number[], seed: number): Int32Array[] {
  checkShares(shares);
  const sizes = apportion(y.length, shares);
  const classes = new Map<number, number[]>();
  for (const i of shuffledRows(y.length, seed)) {
    const members = classes.get(y[i]!);
    if (members) members.push(i);
    else classes.set(y[i]!, [i]);
  }
  const ordered = [...classes].sort(([a], [b]) => a - b).map(([, members]) => members);
  const counts = ordered.map((members) => shares.map((share) => Math.floor(share * members.length + 1e-9)));
  const room = sizes.map((size, part) => size - counts.reduce((sum, row) => sum + row[part]!, 0));
  const left = ordered.map((members, k) => members.length - counts[k]!.reduce((sum, count) => sum + count, 0));
  // The rows left over go where their class is shortest, as long as the part has room.
  const wishes = ordered
    .flatMap((members, k) =>
      shares.map((share, part) => ({ k, part, short: share * members.length - counts[k]![part]! })),
    )
    .sort((a, b) => b.short - a.short || a.part - b.part || a.k - b.k);
  for (const { k, part } of [...wishes, ...wishes]) {
    if (left[k]! === 0 || room[part]! <= 0) continue;
    counts[k]![part]!++;
    left[k]!--;
    room[part]!--;
  }
  const parts = shares.map((_, part) => ordered.flatMap((members, k) => members.splice(0, counts[k]![part])));
  const mixed = parts.map((rows, part) => {
    const order = shuffledRows(rows.length, deriveSeed(seed, part));
    return Int32Array.from(order, (at) => rows[at]!);
  });
  checkParts(mixed, shares);
  return mixed;
}
