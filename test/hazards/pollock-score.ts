type Cells = readonly (readonly string[])[];

/**
 * One file by the measure of the Pollock benchmark, 0 to 10: one point for loading, and precision, recall and their harmonic mean of the
 * names, the records and all cells, each compared as bags. Values are compared as written, while Pollock first makes numbers, dates and
 * upper case alike. `read` is null when the file was refused, which counts 0.
 */
export function pollockScore(truth: Cells, read: Cells | null): number {
  if (read === null) return 0;
  const meant = truth.filter((row) => row.length > 0);
  const records = (table: Cells) => table.slice(1).map((row) => row.join(''));
  return (
    1 +
    agreement(meant[0] ?? [], read[0] ?? []) +
    agreement(records(meant), records(read)) +
    agreement(meant.flat(), read.flat())
  );
}

/** Precision, recall and F1 added up, 0 to 3. */
function agreement(meant: readonly string[], read: readonly string[]): number {
  if (meant.length === 0) return 3;
  const left = new Map<string, number>();
  for (const value of meant) left.set(value, (left.get(value) ?? 0) + 1);
  let shared = 0;
  for (const value of read) {
    const count = left.get(value) ?? 0;
    if (count === 0) continue;
    left.set(value, count - 1);
    shared++;
  }
  if (shared === 0) return 0;
  const precision = shared / meant.length;
  const recall = shared / read.length;
  return precision + recall + (2 * precision * recall) / (precision + recall);
}
