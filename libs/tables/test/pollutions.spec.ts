import { expect, it } from 'vitest';

import { AppError, CsvReadPlan } from '#contract';

import { makePollutions, type Family, type Pollution } from '../../../test/hazards/make-pollutions.js';
import { pollockScore } from '../../../test/hazards/pollock-score.js';
import { readLayout } from '../src/csv/csv-layout.js';

import { temporaryTables } from './temporary-tables.js';

const t = temporaryTables();
type Cells = readonly (readonly string[])[];
type Plan = Pollution['plan'];

/** The table as text, the names first. */
async function load({ bytes, truth }: Pollution, plan: Plan): Promise<Cells> {
  const expected = truth[0]!.flatMap((name) => [name, name.split(' ')[0]!]);
  const numbered = Array.from({ length: 9 }, (_, index) => `column_${index + 1}`);
  const types = Object.fromEntries(
    [...expected, ...numbered].map((name) => [name, { type: 'Text' as const, dtype: 'string' }]),
  );
  const { folder, meta } = await t.ingest(bytes, plan, { types });
  const names = meta.columns.map(({ name }) => name);
  const { rows } = await t.tables.page(folder, { offset: 0, limit: 1000 });
  return [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What comes of a file in a few words, and the line it was refused by. */
async function outcomeOf(pollution: Pollution, plan: Plan): Promise<{ says: string; line?: number }> {
  try {
    const cells = await load(pollution, plan);
    if (same(cells, pollution.truth)) return { says: 'read' };
    if (same(cells.slice(1), pollution.truth.slice(1))) return { says: 'read, other names' };
    const trimmed = cells.map((row) => row.map((cell) => cell.trimStart()));
    return { says: same(trimmed, pollution.truth) ? 'read, blanks kept' : 'misread' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, values } = error;
    return { says: code, ...('line' in values && { line: Number(values['line']) }) };
  }
}

/** Per file: dropped as it is, and where the loader can be told of how it is written, told. */
const FILES: Readonly<Record<string, string | readonly [dropped: string, told: string]>> = {
  'no byte': 'file-empty',
  'no line end at the end': 'read',
  'two line ends at the end': 'read',
  // The first row becomes the names: only who knows the table can tell.
  'no names': ['misread', 'read, other names'],
  // Repeated names are rows like others; told, the last ones are the names.
  'names 2 times': ['misread', 'read, other names'],
  'names 3 times': ['misread', 'read, other names'],
  // Its line is as wide as the table.
  preamble: ['misread', 'read'],
  'a second table, narrower': 'file-ragged',
  'a second table, as wide': 'read',
  'a second table, wider': 'file-ragged',
  'names alone': 'no-rows',
  'one row': 'read',
  'lines end in LF': 'read',
  'lines end in CR': 'read',
  semicolons: ['read', 'read'],
  tabs: ['read', 'read'],
  // In cells without quotes the blank is theirs, as RFC 4180 has it.
  'comma and blank': ['read, blanks kept', 'read, blanks kept'],
  blanks: ['file-ragged', 'read'],
  'apostrophes for quotes': 'file-ragged',
  'backslash before quotes': 'quote-unclosed',
  'nothing before quotes': 'quote-unclosed',
  'byte order mark': 'read',
  'Windows-1252': ['file-encoding-wrong', 'read'],
  'UTF-16 with its mark': 'read',
};

/** How many rows and columns of each family end how. */
const ROWS: Readonly<Record<Exclude<Family, 'file'>, Readonly<Record<string, number>>>> = {
  clean: { read: 1 },
  'row with a separator too many': { 'file-ragged': 756 },
  // Misread: a bare cell runs into one in quotes that has a comma, and the row is as wide as before; see below.
  'row with a separator too few': { 'file-ragged': 621, misread: 51 },
  'row with a quotation mark too many': { 'quote-unclosed': 682, 'file-ragged': 74 },
  'row with another separator': { 'file-ragged': 84 },
};

it('reads a file as it is meant or says the line that is wrong', async () => {
  const files: Record<string, string | string[]> = {};
  const rows: Record<string, Record<string, number>> = {};
  for (const pollution of makePollutions()) {
    const { name, family, plan, at } = pollution;
    const { says, line } = await outcomeOf(pollution, {});
    if (family === 'file') {
      const told = Object.keys(plan).length > 0;
      files[name] = told ? [says, (await outcomeOf(pollution, plan)).says] : says;
      continue;
    }
    const ends = (rows[family] ??= {});
    ends[says] = (ends[says] ?? 0) + 1;
    expect(says === 'misread', name).toBe(runsIntoQuotes(pollution));
    if (says === 'read' || says === 'misread') continue;
    // Names are believed, so the row under them is the wrong one; a quotation mark may take in the whole row after its own.
    const after = at!.row === 0 || family === 'row with a quotation mark too many' ? [0, 1] : [0];
    expect(line! - at!.line, name).toBeOneOf(after);
  }
  expect(files).toEqual(FILES);
  expect(rows).toEqual(ROWS);
});

/** `8.31"Mint, in a pot"` for `8.31,"Mint, in a pot"`: two cells with or without the comma that was lost. */
function runsIntoQuotes({ family, truth, at }: Pollution): boolean {
  if (family !== 'row with a separator too few') return false;
  const [before, cell] = truth[at!.row]!.slice(at!.column - 1) as [string, string];
  const bare = at!.column <= 6 && !/[",\r\n]/.test(before);
  return bare && cell.split(',').length === 2 && !cell.includes('\n');
}

it('scores by the measure of Pollock', async () => {
  const scores: number[] = [];
  for (const pollution of makePollutions()) {
    const plan = CsvReadPlan.parse({ on_bad_lines: 'skip', ...pollution.plan });
    scores.push(pollockScore(pollution.truth, await headOf(pollution, plan)));
  }
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  console.log(`${scores.length} polluted files, ${mean.toFixed(3)} of 10 by the measure of Pollock`);
  expect(mean.toFixed(3)).toBe('9.822');
});

/** Its cells without the way through DuckDB, which reads the same (readers-agree.spec.ts); null when it is refused. */
async function headOf({ bytes }: Pollution, plan: CsvReadPlan): Promise<Cells | null> {
  try {
    const { names, rows, hasHeader } = await readLayout(await t.file(bytes), plan, 1000, 1000);
    if (rows.length === 0) return null;
    return [...(hasHeader ? [names] : []), ...rows.map((row) => row.map((cell) => cell ?? ''))];
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
