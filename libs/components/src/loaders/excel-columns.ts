/** Columns a sheet may have. */
const MAX_COLUMNS = 16_384;

/** `A,C,E:F` as pairs of zero-based first and last columns; null when it is written otherwise. */
export function parseColumns(text: string): [number, number][] | null {
  const parts = text.split(',').map((part) => /^\s*([A-Z]{1,3})\s*(?::\s*([A-Z]{1,3})\s*)?$/i.exec(part));
  const ranges = parts.map((match) => {
    if (!match) return null;
    const first = columnNumber(match[1]!);
    const last = match[2] === undefined ? first : columnNumber(match[2]);
    return last < MAX_COLUMNS && first <= last ? ([first, last] as [number, number]) : null;
  });
  return ranges.every((range) => range !== null) ? ranges : null;
}

const columnNumber = (letters: string): number =>
  Buffer.from(letters.toUpperCase(), 'latin1').reduce((sum, code) => sum * 26 + code - 64, 0) - 1;
