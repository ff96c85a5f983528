import { describe, expect, it } from 'vitest';

import { CsvReadPlan } from '#contract';

import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

const t = temporaryTables();
const rowsOf = async (folder: string) => (await t.tables.page(folder, { offset: 0, limit: 100 })).rows;

describe('ingestCsv', () => {
  it('reads numbers, words, dates, truth values and missing cells', async () => {
    const csv =
      'id,price,city,day,ok,code,note\n1,1.5,Lima,2024-01-31,true,007,"a, b"\n2,NA,Lima,2024-02-01,FALSE,042,"line\nbreak"\n3,-2e3,Quito,,true,100,\n';
    const { folder, meta } = await t.ingest(csv);
    expect(Object.entries(typesOf(meta)).map(([name, { type, dtype }]) => [name, type, dtype])).toEqual([
      ['id', 'Integer', 'int64'],
      ['price', 'Float', 'float64'],
      ['city', 'Categorical', 'string'],
      ['day', 'Date', '%Y-%m-%d'],
      ['ok', 'Categorical', 'string'],
      ['code', 'Text', 'string'],
      ['note', 'Text', 'string'],
    ]);
    expect(await rowsOf(folder)).toEqual([
      { id: 1, price: 1.5, city: 'Lima', day: '2024-01-31', ok: 'True', code: '007', note: 'a, b' },
      { id: 2, price: null, city: 'Lima', day: '2024-02-01', ok: 'False', code: '042', note: 'line\nbreak' },
      { id: 3, price: -2000, city: 'Quito', day: null, ok: 'True', code: '100', note: null },
    ]);
    expect(meta.columns[2]!.type).toMatchObject({
      categories: ['Lima', 'Quito'],
      num_categories: 2,
      encoder: 'one_hot',
    });
  });

  it('finds separator, decimal comma and grouped thousands by itself', async () => {
    const { folder, meta } = await t.ingest('a;b;c\n1,5;1.234.567,25;x\n-0,25;2.000,00;y\n');
    expect(meta.columns.map(({ type }) => type.type)).toEqual(['Float', 'Float', 'Text']);
    expect(await rowsOf(folder)).toEqual([
      { a: 1.5, b: 1234567.25, c: 'x' },
      { a: -0.25, b: 2000, c: 'y' },
    ]);
  });

  it.each([
    [
      'header: none',
      { header: 'none' },
      '1,2\n3,4\n',
      [
        { column_1: 1, column_2: 2 },
        { column_1: 3, column_2: 4 },
      ],
    ],
    [
      'names',
      { names: 'x, y' },
      '1,2\n3,4\n',
      [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
    ],
    ['header: 1', { header: '1' }, 'junk,here\na,b\n3,4\n', [{ a: 3, b: 4 }]],
    [
      'skiprows and nrows',
      { skiprows: 1, nrows: '2' },
      'a,b\n1,1\n2,2\n3,3\n4,4\n',
      [
        { a: 2, b: 2 },
        { a: 3, b: 3 },
      ],
    ],
    [
      'na_values',
      { na_values: '-,?', keep_default_na: true },
      'a,b\n-,1\n2,?\n',
      [
        { a: null, b: 1 },
        { a: 2, b: null },
      ],
    ],
    [
      'keep_default_na: false',
      { keep_default_na: false },
      'a,b\nNA,x\nNULL,\n',
      [
        { a: 'NA', b: 'x' },
        { a: 'NULL', b: '' },
      ],
    ],
    [
      'true and false words',
      { true_values: 'ja', false_values: ['nein'] },
      'a,b\nja,1\nnein,2\n',
      [
        { a: 'True', b: 1 },
        { a: 'False', b: 2 },
      ],
    ],
    ['tab', { separator: 'tab' }, 'a\tb\n1\t2\n', [{ a: 1, b: 2 }]],
    ['blank space', { separator: 'blank space' }, 'a b\n1 2\n', [{ a: 1, b: 2 }]],
    [
      'latin1',
      { encoding: 'latin1' },
      Buffer.from('a,b\nçá,1\nñ,2\n', 'latin1'),
      [
        { a: 'çá', b: 1 },
        { a: 'ñ', b: 2 },
      ],
    ],
    [
      'blank lines kept',
      { skip_blank_lines: false },
      'a,b\n1,2\n\n3,4\n',
      [
        { a: 1, b: 2 },
        { a: null, b: null },
        { a: 3, b: 4 },
      ],
    ],
    ['blank lines skipped, one column', {}, 'a\n\n1\n\n2\n', [{ a: 1 }, { a: 2 }]],
  ])('plan: %s', async (_, plan, csv, expected) => {
    expect(await rowsOf((await t.ingest(csv, plan)).folder)).toEqual(expected);
  });

  it('answers a preview that agrees with the table', async () => {
    const csv = 'n,w\n"1,234.5",a\n"2,000.25",b\n7,a\n';
    const { folder, meta } = await t.ingest(csv);
    const preview = await t.tables.preview(await t.file(csv), CsvReadPlan.parse({}));
    expect(preview.sample).toEqual(await rowsOf(folder));
    expect(Object.entries(preview.inferred_types).map(([name, type]) => [name, type.type])).toEqual(
      meta.columns.map((c) => [c.name, c.type.type]),
    );
    expect(preview).toMatchObject({
      preview_row_count: 3,
      types_inferred: true,
      detected: { separator: ',', header: true },
    });
    expect(preview.schema).toMatchObject({ n: { type: 'Text' } });
    expect(preview.reasons['n']).toMatchObject({ rule: 'floats' });
  });
});

describe('late surprises', () => {
  const numbers = Array.from({ length: 3000 }, (_, row) => `${row},x${row}`);
  const late = (cell: string) => `n,w\n${numbers.join('\n')}\n${cell},end\n`;

  it('keep the upload when the type was only inferred: Integer becomes Float', async () => {
    const { folder, meta } = await t.ingest(late('1.5'));
    expect(meta.columns[0]!.type.type).toBe('Float');
    expect(meta.notes).toEqual([
      {
        code: 'type-fallback',
        column: 'n',
        values: { from: 'Integer', to: 'Float', count: 1, row: 3001, value: '1.5' },
      },
    ]);
    expect((await t.tables.page(folder, { offset: 2999, limit: 2 })).rows.map((row) => row['n'])).toEqual([2999, 1.5]);
  });

  it('or Text, with every cell as written', async () => {
    const { folder, meta } = await t.ingest(late('oops'), {}, { types: { n: { type: 'Integer', dtype: 'int64' } } });
    expect(meta.columns[0]!.type.type).toBe('Text');
    expect((await t.tables.page(folder, { offset: 2999, limit: 2 })).rows.map((row) => row['n'])).toEqual([
      '2999',
      'oops',
    ]);
  });

  it('fail a type somebody chose, naming column, row and value, and leave nothing', async () => {
    const before = await t.leftovers();
    await expect(
      t.ingest(late('oops'), {}, { types: { n: { type: 'Float', dtype: 'float64' } } }),
    ).rejects.toMatchObject({
      code: 'values-not-convertible',
      values: { column: 'n', type: 'Float', count: 1, row: 3001, value: 'oops' },
    });
    expect(await t.leftovers()).toEqual(before);
  });

  it('never round: whole numbers beyond 2^53 stay exact', async () => {
    const { folder, meta } = await t.ingest('a,b\n9007199254740993,1\n1,2\n');
    expect(meta.columns[0]!.type.type).toBe('Integer');
    const text = await t.tables.exportCsv(folder);
    expect(String(Buffer.concat(await text.toArray()))).toBe('a,b\n9007199254740993,1\n1,2\n');
  });
});

describe('chosen types and names', () => {
  it('stores numbers as levels, text as dates, under new names', async () => {
    const types = {
      grade: { type: 'Categorical' as const, dtype: 'int64', encoder: 'label' as const },
      day: { type: 'Date' as const, dtype: '' },
    };
    const { meta, folder } = await t.ingest(
      'grade,day\n10,12/31/2024\n9,01/15/2024\n',
      {},
      { types, renames: { day: 'when' } },
    );
    expect(typesOf(meta)).toEqual({
      grade: {
        type: 'Categorical',
        dtype: 'int64',
        categories: ['9', '10'],
        num_categories: 2,
        converted: false,
        encoder: 'label',
      },
      when: { type: 'Date', dtype: '%m/%d/%Y' },
    });
    expect(await rowsOf(folder)).toEqual([
      { grade: '10', when: '12/31/2024' },
      { grade: '9', when: '01/15/2024' },
    ]);
  });

  it.each([
    ['columns-duplicated', { renames: { a: 'b' } }],
    ['column-not-found', { renames: { z: 'b' } }],
    ['column-rename-invalid', { renames: { a: ' ' } }],
    ['conversion-unsupported', { types: { a: { type: 'Time' as const, dtype: 'x' } } }],
  ])('%s', async (code, more) => {
    await expect(t.ingest('a,b\n1,2\n', {}, more)).rejects.toMatchObject({ code });
  });

  it('stops at once when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const before = await t.leftovers();
    await expect(t.ingest('a,b\n1,2\n', {}, { signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await t.leftovers()).toEqual(before);
  });
});
