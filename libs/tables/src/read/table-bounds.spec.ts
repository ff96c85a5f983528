import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { SMALL_ROWS, sheetXml, workbookParts, zip } from '../../../../test/hazards/packed-workbook.js';
import { temporaryTables } from '../../test/temporary-tables.js';

const t = temporaryTables({ maxRows: 100, maxCells: 500_000 });
const excel = {
  format: 'excel', sheet: 0, header: 0, columns: null, skiprows: 0, nrows: null, names: null, na_values: null,
  keep_default_na: true, true_values: null, false_values: null,
}; // prettier-ignore
const json = { format: 'json', dataKey: null };
const lines = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');
const farCell = (cell: string) =>
  zip(workbookParts(sheetXml(`${SMALL_ROWS}<row r="${/\d+/.exec(cell)![0]}"><c r="${cell}"><v>1</v></c></row>`)));
const limits = { rows: 100, cells: 500_000 };
const tooLarge = { code: 'table-too-large', values: limits };
/** Of a file this small only a fiftieth of the cells, or 50 a byte, may be filled or empty. */
const tooSparse = { code: 'table-too-large', values: { rows: 100 } };

describe('a table may not be larger than the bounds, whatever file it comes in', () => {
  it.each<[string, string | Buffer | Promise<Buffer>, Record<string, unknown>, object]>([
    ['a row too many', `a,b\n${lines(101, () => '1,2')}\n`, {}, tooLarge],
    ['a row too many, where the file is written anew first', `a,b\n${lines(101, () => '1,2')}\n\n`, { skip_blank_lines: false }, tooLarge],
    ['a workbook with a cell in the last corner', farCell('XFD1048576'), excel, tooSparse],
    ['a workbook with a cell at XFD50', farCell('XFD90'), excel, tooSparse],
    ['records that share no key', `[${lines(99, (row) => `{${lines(60, (key) => `"${row}-${key}":1`).replaceAll('\n', ',')}}`).replaceAll('\n', ',')}]`, json, tooSparse],
    ['sparse rows', `@relation r\n${lines(6000, (row) => `@attribute a${row} numeric`)}\n@data\n${lines(99, () => '{0 1}')}\n`, { format: 'arff' }, tooSparse],
  ])('%s', async (_, content, plan, expected) => {
    const before = await t.leftovers();
    const error: unknown = await t.ingest(await content, { ...plan }).catch((reason: unknown) => reason);
    expect(error).toMatchObject(expected);
    expect(await t.leftovers()).toEqual(before);
    expect(await readdir(join(t.root, 'engine'))).toEqual([]);
  }); // prettier-ignore

  it.each<[string, string, Record<string, unknown>]>([
    ['as many rows as there may be', `a,b\n${lines(100, () => '1,2')}\n`, {}],
    ['the rows that are wanted of a file with more', `a,b\n${lines(200, () => '1,2')}\n`, { nrows: 100 }],
  ])('%s', async (_, content, plan) => {
    expect((await t.ingest(content, plan)).meta.rows).toBe(100);
  });
});

const small = temporaryTables({ memoryLimitBytes: 64 * 1024 ** 2 });

it('columns that alone use up the memory are refused as too many', async () => {
  const refused = { code: 'too-many-columns', values: { count: 16_384, limit: 327 } };
  await expect(small.ingest(await farCell('XFD50'), excel)).rejects.toMatchObject(refused);
});

const modest = temporaryTables({ maxCells: 12_000, memoryLimitBytes: 256 * 1024 ** 2, threads: 1 });

it('hundreds of text columns fit into little memory', async () => {
  const row = lines(600, (column) => `text ${column}`).replaceAll('\n', ',');
  expect((await modest.ingest(`${row}\n`.repeat(21))).meta).toMatchObject({ rows: 20, columns: { length: 600 } });
  await expect(modest.ingest(`${row}\n`.repeat(22))).rejects.toMatchObject({
    code: 'table-too-large',
    values: { cells: 12_000 },
  });
});

it('a cell with the sign for a missing one is not missing', async () => {
  const { folder } = await t.ingest(JSON.stringify([{ a: '\u0001', b: '' }, { a: 'x' }]), {
    format: 'json',
    dataKey: null,
  });
  expect((await t.tables.page(folder, { offset: 0, limit: 2 })).rows).toEqual([
    { a: '\u0001', b: '' },
    { a: 'x', b: null },
  ]);
});
