import type { ColumnType, Finding, PredictionPolicy } from '#contract';
import {
  asCategorical,
  type CategoricalColumn,
  type Column,
  type EncodedInput,
  lengthOf,
  numericColumn,
  sharedCodes,
  sharedFloats,
  toNumber,
} from '#frame';

/** A column as its run needs it, and what had to be said or done. */
export interface Adapted {
  readonly column: Column;
  readonly findings: readonly Finding[];
}

/** One input column of a run: how it is encoded and which type it had in training. */
export interface Expected {
  readonly input: EncodedInput;
  readonly type: ColumnType;
}

const EXAMPLES = 5;
const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * Brings a column of the data to the kind its run was trained on: text that reads as numbers becomes numbers, numbers become levels.
 * `typed` says that the data gave the column a type on purpose, which rows typed by hand do not.
 */
export function adaptColumn(expected: Expected, source: Column, typed: boolean, policy: PredictionPolicy): Adapted {
  return expected.input.kind === 'numeric'
    ? adaptNumbers(expected, source, policy)
    : adaptLevels(expected, expected.input.categories, source, typed, policy);
}

function adaptNumbers({ input, type }: Expected, source: Column, policy: PredictionPolicy): Adapted {
  const { name } = input;
  if (source.kind === 'numeric') return { column: { ...source, name, type }, findings: [] };
  const found = source.type.type;
  if (policy.types === 'refuse') return { column: { ...source, name }, findings: [differs(name, type, found, true)] };
  const rows = lengthOf(source);
  const numbers = sharedFloats(rows);
  const cell = cellOf(source);
  let read = 0;
  let unreadable = 0;
  let first = -1;
  for (let row = 0; row < rows; row++) {
    const number = toNumber(cell(row));
    numbers[row] = number ?? NaN;
    if (number === undefined) {
      unreadable++;
      if (first < 0) first = row;
    } else if (!Number.isNaN(number)) read++;
  }
  const findings: Finding[] = [];
  if (read > 0)
    findings.push({ code: 'numbers-as-text', column: name, outcome: 'mended', values: { found, count: read } });
  if (unreadable > 0) {
    const values = { count: unreadable, row: first + 1, value: excerpt(cell(first)!), type: type.type };
    const outcome = policy.types === 'blank' ? 'mended' : 'refused';
    findings.push({ code: 'numbers-unreadable', column: name, outcome, values });
  }
  return { column: numericColumn(name, numbers, type), findings };
}

function cellOf(source: Exclude<Column, { kind: 'numeric' }>): (row: number) => string | null {
  if (source.kind === 'text') return (row) => source.values[row] ?? null;
  return (row) => source.dictionary[source.codes[row]!] ?? null;
}

function adaptLevels(
  { input: { name }, type }: Expected,
  known: readonly string[],
  source: Column,
  typed: boolean,
  policy: PredictionPolicy,
): Adapted {
  const findings: Finding[] = [];
  const found = source.type.type;
  if (typed && found !== 'Categorical') {
    findings.push(differs(name, type, found, policy.types === 'refuse'));
    if (policy.types === 'refuse') return { column: { ...source, name }, findings };
  }
  const levels = { ...asCategorical(source), name };
  const { unseen, column } = unseenLevels(levels, new Set(known), policy.unseen === 'blank');
  if (unseen.size > 0) {
    const count = [...unseen.values()].reduce((sum, rows) => sum + rows, 0);
    const examples = [...unseen.keys()].slice(0, EXAMPLES).map(excerpt).join(', ');
    const outcome = { accept: 'noted', blank: 'mended', refuse: 'refused' } as const;
    findings.push({
      code: 'levels-unseen',
      column: name,
      outcome: outcome[policy.unseen],
      values: { count, distinct: unseen.size, levels: examples, value: excerpt([...unseen.keys()][0]!) },
    });
  }
  return { column, findings };
}

function unseenLevels(
  source: CategoricalColumn,
  known: ReadonlySet<string>,
  blank: boolean,
): { unseen: ReadonlyMap<string, number>; column: CategoricalColumn } {
  const unseen = new Map<string, number>();
  const codes = sharedCodes(source.codes.length);
  source.codes.forEach((code, row) => {
    const level = source.dictionary[code];
    const strange = level !== undefined && !known.has(level);
    if (strange) unseen.set(level, (unseen.get(level) ?? 0) + 1);
    codes[row] = strange && blank ? -1 : code;
  });
  return { unseen, column: { ...source, codes } };
}

const differs = (column: string, expected: ColumnType, found: string, refused: boolean): Finding => ({
  code: 'type-differs',
  column,
  outcome: refused ? 'refused' : 'mended',
  values: { expected: expected.type, found },
});

/** How many rows of the column have no value. */
export function countMissing(source: Column): number {
  const cells: ArrayLike<number | string | null> = source.kind === 'categorical' ? source.codes : source.values;
  let count = 0;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined || (typeof cell === 'number' && isHole(source, cell))) count++;
  }
  return count;
}

const isHole = (source: Column, value: number): boolean =>
  source.kind === 'categorical' ? value < 0 : Number.isNaN(value);
