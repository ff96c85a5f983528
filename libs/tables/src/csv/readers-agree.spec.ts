import { expect, it } from 'vitest';

import { CsvReadPlan } from '#contract';

import { temporaryTables } from '../../test/temporary-tables.js';

import { readLayout } from './csv-layout.js';

const t = temporaryTables();
const PIECES = [
  'a',
  'word',
  '1',
  '2.5',
  '',
  ' ',
  '"',
  '""',
  ',',
  '\n',
  '\r\n',
  'é',
  '✓',
  "'",
  ';',
  '\t',
  'x y',
  'NA',
  '-',
];

const LINE_ENDS = ['\n', '\r\n', '\r'];

/** A small generator of its own, so that every run sees the same files. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

it('our scanner and DuckDB read the same cells from every well-formed file', async () => {
  const next = numbers(42);
  const draw = (limit: number) => Math.floor(next.next().value! * limit);
  const plan = CsvReadPlan.parse({ separator: ',', keep_default_na: false });
  const types = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { type: 'Text' as const, dtype: 'string' }]));
  for (let file = 0; file < 180; file++) {
    const rows = Array.from({ length: 1 + draw(6) }, () =>
      Array.from({ length: 3 }, () => Array.from({ length: draw(4) }, () => PIECES[draw(PIECES.length)]!).join('')),
    );
    const blanks = [
      ['', ''],
      ['', ''],
      [' ', ''],
      ['', ' '],
      [' ', '  '],
    ] as const;
    const inQuotes = (word: string, [before, after] = blanks[draw(blanks.length)]!) =>
      `${before}"${word.replaceAll('"', '""')}"${after}`;
    const cell = (word: string) => (/[",\r\n]/.test(word) || draw(3) === 0 ? inQuotes(word) : word);
    const end = LINE_ENDS[file % LINE_ENDS.length]!;
    const csv = ['a,b,c', ...rows.map((row) => row.map(cell).join(','))].join(end) + (draw(2) === 0 ? end : '');
    const path = await t.file(csv);
    const layout = await readLayout(path, plan, 100, 10);
    expect(layout.rows, csv).toEqual(rows);
    for (const on_bad_lines of ['error', 'skip'] as const) {
      const folder = t.fresh();
      await t.tables.ingest({ source: path, plan: { ...plan, on_bad_lines }, types, target: folder });
      const read = (await t.tables.page(folder, { offset: 0, limit: 100 })).rows;
      expect(
        read.map((row) => [row['a'], row['b'], row['c']]),
        csv,
      ).toEqual(rows);
    }
  }
});

it('cuts chunks anywhere without losing a byte', async () => {
  const { CsvScanner } = await import('./csv-scanner.js');
  const csv = Buffer.from('a,b\r\n"x ""y""\r\nz",é\r"q"r,\n\n1,"2"');
  const read = (size: number) => {
    const scanner = new CsvScanner(0x2c);
    const rows: unknown[] = [];
    const take = () => {
      for (let row = scanner.next(); row; row = scanner.next())
        rows.push([row.line, ...Array.from({ length: row.cells }, (_, index) => row.cell(index))]);
    };
    for (let at = 0; at < csv.length; at += size) {
      scanner.push(csv.subarray(at, at + size));
      take();
    }
    scanner.end();
    take();
    return rows;
  };
  const whole = [
    [1, 'a', 'b'],
    [2, 'x "y"\r\nz', 'é'],
    [4, 'qr', ''],
    [5, ''],
    [6, '1', '2'],
  ];
  for (let size = 1; size <= csv.length; size++) expect(read(size)).toEqual(whole);
});

it.each(LINE_ENDS)('reads on when line ends change after the head, which ended its lines in %j', async (end) => {
  const filler = Array.from({ length: 330_000 }, (_none, row) => `${row},filling`);
  const others = LINE_ENDS.filter((other) => other !== end);
  const tail = others.flatMap((other, at) => [`${at}a,"x${other}y"${other}`, `${at}b,z${other}`]).join('');
  const path = await t.file(`a,b${end}${filler.join(end)}${end}${tail}`);
  const folder = t.fresh();
  const types = { a: { type: 'Text' as const, dtype: 'string' }, b: { type: 'Text' as const, dtype: 'string' } };
  const { rows } = await t.tables.ingest({ source: path, plan: CsvReadPlan.parse({}), types, target: folder });
  expect(rows).toBe(filler.length + 4);
  const read = (await t.tables.page(folder, { offset: filler.length - 1, limit: 5 })).rows;
  expect(read.map((row) => [row['a'], row['b']])).toEqual([
    [`${filler.length - 1}`, 'filling'],
    ...others.flatMap((other, at) => [
      [`${at}a`, `x${other}y`],
      [`${at}b`, 'z'],
    ]),
  ]);
});
