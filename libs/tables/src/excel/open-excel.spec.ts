import { write, utils, type WorkSheet } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';

import type { ExcelReadPlan } from '#contract';

import { excelPlan, SMALL_ROWS, sheetXml, workbookParts, zip } from '../../../../test/hazards/packed-workbook.js';
import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

const t = temporaryTables();
const plan = (change: Partial<ExcelReadPlan> = {}): ExcelReadPlan => ({ ...excelPlan, ...change });
type Book = Record<string, unknown[][] | WorkSheet>;
const workbook = (sheets: Book, bookType: 'xlsx' | 'biff8' = 'xlsx', date1904 = false): Buffer => {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, Array.isArray(rows) ? utils.aoa_to_sheet(rows) : rows, name);
  book.Workbook = { ...book.Workbook, WBProps: { date1904 } };
  return write(book, { type: 'buffer', bookType }) as Buffer;
};
const read = async (bytes: Buffer, change: Partial<ExcelReadPlan> = {}) => {
  const { folder, meta } = await t.ingest(bytes, { ...plan(change) });
  return { meta, rows: (await t.tables.page(folder, { offset: 0, limit: 100 })).rows };
};
const people = [
  ['name', 'age', 'member', 'note'],
  ['Ann', 31, true, 'NA'],
  ['Bo', 44.5, false, '007'],
  [null, null, null, null],
  ['Cy', null, true, 'x, "y"\nz'],
];

describe('workbooks', () => {
  it.each(['xlsx', 'biff8'] as const)('%s: numbers, words, truth values and missing cells', async (type) => {
    const { rows, meta } = await read(workbook({ People: people }, type));
    expect(rows).toEqual([
      { name: 'Ann', age: 31, member: 'True', note: null },
      { name: 'Bo', age: 44.5, member: 'False', note: '007' },
      { name: null, age: null, member: null, note: null },
      { name: 'Cy', age: null, member: 'True', note: 'x, "y"\nz' },
    ]);
    expect(Object.values(typesOf(meta)).map(({ type: name }) => name)).toEqual([
      'Text',
      'Float',
      'Categorical',
      'Text',
    ]);
  });

  it('dates, formulas, errors and merged cells', async () => {
    const sheet = utils.aoa_to_sheet([['day', 'time', 'clock', 'sum', 'bad', 'wide', '']]);
    Object.assign(sheet, {
      '!ref': 'A1:G3',
      A2: { t: 'n', v: 45413, z: 'yyyy-mm-dd' },
      B2: { t: 'n', v: 45413.5625, z: 'dd/mm/yyyy hh:mm' },
      C2: { t: 'n', v: 0.25, z: 'hh:mm:ss' },
      D2: { t: 'n', v: 7, f: 'SUM(1,6)' },
      E2: { t: 'e', v: 0x07, w: '#DIV/0!' },
      F2: { t: 's', v: 'both' },
      A3: { t: 'n', v: 1, z: 'yyyy-mm-dd' },
      '!merges': [{ s: { r: 1, c: 5 }, e: { r: 1, c: 6 } }],
    });
    const { rows, meta } = await read(workbook({ S: sheet }));
    expect(rows[0]).toEqual({
      day: '2024-05-01',
      time: '2024-05-01 13:30:00',
      clock: '06:00:00',
      sum: 7,
      bad: null,
      wide: 'both',
      column_7: null,
    });
    expect(rows[1]).toMatchObject({ day: '1900-01-01' });
    expect(typesOf(meta)['day']).toEqual({ type: 'Date', dtype: '%Y-%m-%d' });
  });

  it('days of workbooks that count from 1904', async () => {
    const sheet = utils.aoa_to_sheet([['day'], [0]]);
    Object.assign(sheet, { A2: { t: 'n', v: 43951, z: 'yyyy-mm-dd' } });
    expect((await read(workbook({ S: sheet }, 'xlsx', true))).rows).toEqual([{ day: '2024-05-01' }]);
  });

  it('the sheet, rows and columns that are asked for', async () => {
    const rows = [['title'], ['a', 'b', 'c', 'd'], [1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]];
    const book = workbook({ First: people, Second: rows });
    const chosen = {
      sheet: 'Second',
      skiprows: 1,
      columns: [
        [0, 0],
        [2, 3],
      ] as const,
    };
    expect((await read(book, { ...chosen, nrows: 2 })).rows).toEqual([
      { a: 1, c: 3, d: 4 },
      { a: 5, c: 7, d: 8 },
    ]);
    expect((await read(book, { ...chosen, sheet: 1, header: null, skiprows: 2 })).rows[0]).toEqual({
      column_1: 1,
      column_2: 3,
      column_3: 4,
    });
    expect((await read(book, { ...chosen, names: ['x', 'y', 'z'] })).rows[2]).toEqual({ x: 9, y: 11, z: 12 });
    const preview = await t.tables.preview(await t.file(book), plan({ ...chosen }), { rows: 1 });
    expect(preview).toMatchObject({
      preview_row_count: 1,
      detected: { sheet: 'Second', sheets: 2 },
      sample: [{ a: 1, c: 3, d: 4 }],
    });
  });

  it('words for missing, true and false', async () => {
    const book = workbook({
      S: [
        ['a', 'b'],
        ['none', 'yes'],
        ['NA', 'no'],
      ],
    });
    const change = { na_values: ['none'], keep_default_na: false, true_values: ['yes'], false_values: ['no'] };
    expect((await read(book, change)).rows).toEqual([
      { a: null, b: 'True' },
      { a: 'NA', b: 'False' },
    ]);
  });

  it('a sheet that claims to fill every cell, and rows that only have a style', async () => {
    const styled = Array.from({ length: 100_000 }, (_, row) => `<row r="${row + 3}"><c r="A${row + 3}" s="0"/></row>`);
    const sheet = sheetXml(SMALL_ROWS + styled.join(''), { span: 'A1:XFD1048576' });
    const bytes = await zip(workbookParts(sheet));
    expect((await read(bytes)).meta).toMatchObject({ rows: 1, columns: [{ name: 'a' }] });
  });
});

describe('what is refused of a workbook', () => {
  it.each<[string, Buffer | Promise<Buffer>, Partial<ExcelReadPlan>, object]>([
    ['empty', Buffer.alloc(0), {}, { code: 'file-empty' }],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      {},
      { code: 'file-not-tabular', values: { reason: 'PNG' } },
    ],
    ['text', Buffer.from('a,b\n1,2\n'), {}, { code: 'file-damaged', values: { format: 'Excel' } }],
    ['an archive of something else', zip({ 'a.txt': 'x' }), {}, { code: 'file-damaged' }],
    ['half a workbook', workbook({ S: people }).subarray(0, 3000), {}, { code: 'file-damaged' }],
    ['an empty sheet', workbook({ S: [] }), {}, { code: 'file-empty' }],
    ['only a header', workbook({ S: [['a', 'b']] }), {}, { code: 'no-rows' }],
    ['a header row that is not there', workbook({ S: people }), { header: 50 }, { code: 'no-rows' }],
    [
      'a sheet that is not there',
      workbook({ S: people }),
      { sheet: 'T' },
      { code: 'sheet-not-found', values: { sheet: 'T', sheets: 'S' } },
    ],
    ['a sheet number too high', workbook({ S: people }), { sheet: 7 }, { code: 'sheet-not-found' }],
    [
      'too few names',
      workbook({ S: people }),
      { names: ['a'] },
      { code: 'column-names-wrong', values: { expected: 4, found: 1 } },
    ],
    ['a bomb', zip({ 'xl/sharedStrings.xml': Buffer.alloc(260 * 1024 * 1024, 32) }), {}, { code: 'archive-too-large' }],
  ])(
    '%s',
    async (_, bytes, change, expected) => {
      const before = await t.leftovers();
      const error: unknown = await t.ingest(await bytes, { ...plan(change) }).catch((reason: unknown) => reason);
      expect(error).toMatchObject(expected);
      expect(await t.leftovers()).toEqual(before);
    },
    60_000,
  );

  it('a bomb whose directory lies about its size', async () => {
    const bytes = await zip({ 'xl/workbook.xml': Buffer.alloc(40 * 1024 * 1024, 32) });
    const at = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(1000, at + 24);
    await expect(t.ingest(bytes, { ...plan() })).rejects.toMatchObject({
      code: 'file-damaged',
      values: { format: 'ZIP' },
    });
  });
});
