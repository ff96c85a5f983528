import type { Random } from '#linalg';

/** The row numbers 0…rows−1 as they stand, or shuffled (Fisher and Yates). */
export function order(rows: number, stream: Random | null): number[] {
  const list = Array.from({ length: rows }, (_, row) => row);
  if (stream)
    for (let i = rows - 1; i > 0; i--) {
      const j = stream.below(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
  return list;
}

/** `count` of these rows and the others, in their order; with strata so that each class gives its share, rounded by largest remainder. */
export function drawRows(
  rows: readonly number[],
  strata: Int32Array | null,
  count: number,
): readonly [drawn: number[], rest: number[]] {
  if (!strata) return [rows.slice(0, count), rows.slice(count)];
  const quota = quotas(rows, strata, count);
  const drawn: number[] = [];
  const rest: number[] = [];
  for (const row of rows) {
    const left = quota.get(strata[row]!)!;
    quota.set(strata[row]!, left - 1);
    (left > 0 ? drawn : rest).push(row);
  }
  return [drawn, rest];
}

function quotas(rows: readonly number[], strata: Int32Array, count: number): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const row of rows) sizes.set(strata[row]!, (sizes.get(strata[row]!) ?? 0) + 1);
  const shares = [...sizes].map(([stratum, size]) => ({ stratum, exact: (count * size) / rows.length }));
  const quota = new Map(shares.map(({ stratum, exact }) => [stratum, Math.floor(exact)]));
  const missing = count - [...quota.values()].reduce((sum, size) => sum + size, 0);
  shares
    .sort((a, b) => (b.exact % 1) - (a.exact % 1) || a.stratum - b.stratum)
    .slice(0, missing)
    .forEach(({ stratum }) => quota.set(stratum, quota.get(stratum)! + 1));
  return quota;
}
