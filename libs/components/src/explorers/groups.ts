import { joinWords, phrase, type Words } from '#contract';
import { asCategorical, column, type Frame, type NumericColumn } from '#frame';
import { binOf, binsFor, numberText } from '#plots';
import { words } from './explorer-words.js';

/** Rows by the levels of a column: `codes` are numbers into `names`. */
export interface Groups {
  readonly names: readonly Words[];
  readonly codes: Int32Array;
}

/**
 * Groups by the values of a column, at most `most`: beyond that the rarer levels stand together as others, and rows without a
 * value are a group of their own. Numbers of many values go by ranges. Null for no column.
 */
export function groupsOf(frame: Frame, name: string | null, most: number): Groups | null {
  if (name === null) return null;
  const source = column(frame, name);
  const { codes, dictionary } = (source.kind === 'numeric' ? ranges(source, most) : null) ?? asCategorical(source);
  const counts = new Float64Array(dictionary.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const present = [...counts.keys()].filter((code) => counts[code]! > 0);
  const room = most - (missing > 0 ? 1 : 0);
  const kept =
    present.length <= room
      ? present
      : present
          .toSorted((a, b) => counts[b]! - counts[a]! || a - b)
          .slice(0, room - 1)
          .toSorted((a, b) => a - b);
  const names: Words[] = kept.map((code) => dictionary[code]!);
  const others = present.length - kept.length;
  const other = others > 0 ? names.push(phrase(words.others, { count: others })) - 1 : -1;
  const none = missing > 0 ? names.push(words.missing) - 1 : -1;
  const groupOf = new Int32Array(dictionary.length).fill(other);
  kept.forEach((code, group) => (groupOf[code] = group));
  return { names, codes: codes.map((code) => (code < 0 ? none : groupOf[code]!)) };
}

/** More values than this are not levels. */
const MOST_LEVELS = 1000;

/** Ranges of a column of numbers as its levels; null when it has few values. */
function ranges({ values }: NumericColumn, most: number): { codes: Int32Array; dictionary: readonly string[] } | null {
  const distinct = new Set<number>();
  for (const value of values) if (distinct.size <= MOST_LEVELS && Number.isFinite(value)) distinct.add(value);
  const bins = distinct.size > MOST_LEVELS ? binsFor(values, most - 1, false) : null;
  if (!bins) return null;
  const edge = (bin: number): string => numberText(bins.start + bin * bins.width);
  const dictionary = Array.from({ length: bins.count }, (_, bin) => `${edge(bin)} … ${edge(bin + 1)}`);
  return { codes: Int32Array.from(values, (value) => binOf(bins, value)), dictionary };
}

/** Every pair of groups that occurs among the rows, with its rows; either side may be absent. */
export function crossed(
  rows: ArrayLike<number>,
  first: Groups | null,
  second: Groups | null,
): readonly { readonly first: number; readonly second: number; readonly name: Words; readonly rows: Uint32Array }[] {
  const width = second?.names.length ?? 1;
  const lists = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const key = (first?.codes[row] ?? 0) * width + (second?.codes[row] ?? 0);
    const list = lists.get(key);
    if (list) list.push(row);
    else lists.set(key, [row]);
  }
  return [...lists.entries()]
    .sort(([a], [b]) => a - b)
    .map(([key, list]) => {
      const [a, b] = [Math.floor(key / width), key % width];
      const parts = [first?.names[a], second?.names[b]].filter((part) => part !== undefined);
      const name = joinWords(parts, ', ');
      return { first: a, second: b, name, rows: Uint32Array.from(list) };
    });
}
