import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import { parseFilter, parseSort } from '../index.js';

const t = temporaryTables();
const people =
  'id,name,age,born,member\n1,Ada,36,10/12/1815,true\n2,alan,41,23/06/1912,false\n3,Grace,,09/12/1906,true\n4,,85,11/10/1910,true\n5,Edsger,72,11/05/1930,false\n';
const load = async () => (await t.ingest(people)).folder;
const ids = async (folder: string, items: unknown[], sort: unknown[] = [], page = 0, pageSize = 10) => {
  const answer = await t.tables.filterPage(folder, {
    filter: parseFilter(JSON.stringify({ items })),
    sort: parseSort(JSON.stringify(sort)),
    page,
    pageSize,
  });
  expect(answer.rows.length).toBeLessThanOrEqual(answer.total);
  return answer.rows.map((row) => row['id']);
};

describe('filterPage', () => {
  it.each([
    ['equals number', [{ field: 'age', operator: 'equals', value: '36' }], [1]],
    ['equals word', [{ field: 'name', operator: 'equals', value: 'Ada' }], [1]],
    ['equals truth value', [{ field: 'member', operator: 'equals', value: 1 }], [1, 3, 4]],
    ['lessThan', [{ field: 'age', operator: 'lessThan', value: 41 }], [1]],
    ['lessThanOrEqualTo', [{ field: 'age', operator: 'lessThanOrEqualTo', value: 41 }], [1, 2]],
    ['greaterThan', [{ field: 'age', operator: 'greaterThan', value: 41 }], [4, 5]],
    ['greaterThanOrEqualTo', [{ field: 'age', operator: 'greaterThanOrEqualTo', value: 72 }], [4, 5]],
    ['a date by its day', [{ field: 'born', operator: 'lessThan', value: '01/01/1910' }], [1, 3]],
    ['a date by ISO', [{ field: 'born', operator: 'greaterThan', value: '1912-01-01' }], [2, 5]],
    ['contains, any case', [{ field: 'name', operator: 'contains', value: 'A' }], [1, 2, 3]],
    ['doesNotContain', [{ field: 'name', operator: 'doesNotContain', value: 'a' }], [4, 5]],
    ['startsWith', [{ field: 'name', operator: 'startsWith', value: 'a' }], [1, 2]],
    ['endsWith', [{ field: 'name', operator: 'endsWith', value: 'R' }], [5]],
    ['contains on numbers', [{ field: 'age', operator: 'contains', value: '5' }], [4]],
    ['isEmpty', [{ field: 'age', operator: 'isEmpty' }], [3]],
    ['isEmpty on text', [{ field: 'name', operator: 'isEmpty' }], [4]],
    ['isNotEmpty', [{ field: 'age', operator: 'isNotEmpty' }], [1, 2, 4, 5]],
    ['isAnyOf list', [{ field: 'id', operator: 'isAnyOf', value: [1, '5'] }], [1, 5]],
    ['isAnyOf text', [{ field: 'name', operator: 'isAnyOf', value: 'Ada, Grace' }], [1, 3]],
    ['between', [{ field: 'age', operator: 'between', value: [36, 41] }], [1, 2]],
    ['between open', [{ field: 'age', operator: 'between', value: ['', 72] }], [1, 2, 5]],
    [
      'two items',
      [
        { field: 'age', operator: 'greaterThan', value: 40 },
        { field: 'name', operator: 'contains', value: 'a' },
      ],
      [2],
    ],
    ['aliases', [{ columnField: 'id', operatorValue: 'equals', value: 2 }], [2]],
    [
      'unknown operator, unknown column, no value',
      [
        { field: 'id', operator: 'like', value: 1 },
        { field: 'x', operator: 'equals', value: 1 },
        { field: 'id', operator: 'equals' },
      ],
      [1, 2, 3, 4, 5],
    ],
    ['a word where numbers are', [{ field: 'age', operator: 'equals', value: 'abc' }], []],
    ['SQL in a value', [{ field: 'name', operator: 'equals', value: "' OR 1=1 --" }], []],
  ])('%s', async (_, items, expected) => {
    expect(await ids(await load(), items)).toEqual(expected);
  });

  it('reads unusable JSON as no filter and no sort', () => {
    expect([parseFilter('{'), parseFilter('[1]'), parseSort('nope')]).toEqual([{ items: [] }, { items: [] }, []]);
  });

  it('sorts by day and by number, missing last both ways, ties by position', async () => {
    const folder = await load();
    expect(await ids(folder, [], [{ id: 'born', desc: false }])).toEqual([1, 3, 4, 2, 5]);
    expect(await ids(folder, [], [{ id: 'age', desc: true }])).toEqual([4, 5, 2, 1, 3]);
    expect(
      await ids(
        folder,
        [],
        [
          { id: 'member', desc: false },
          { id: 'id', desc: true },
        ],
      ),
    ).toEqual([5, 2, 4, 3, 1]);
  });

  it('pages a filtered sort without gaps or overlaps', async () => {
    const folder = await load();
    const member = [{ field: 'member', operator: 'equals', value: 'true' }];
    const sort = [{ id: 'age', desc: false }];
    const pages = await Promise.all([0, 1, 2].map((page) => ids(folder, member, sort, page, 2)));
    expect(pages).toEqual([[1, 4], [3], []]);
  });
});

it('agrees with a plain sort on every page of many rows, first pages and deep ones', async () => {
  const values = Array.from({ length: 5000 }, (_, row) => (row * 7919) % 1009);
  const { folder } = await t.ingest(`n,id\n${values.map((value, row) => `${value},${row}`).join('\n')}\n`);
  const expected = values
    .map((value, row) => ({ value, row }))
    .sort((a, b) => b.value - a.value || a.row - b.row)
    .map(({ row }) => row);
  for (const page of [0, 3, 40, 49]) {
    const answer = await t.tables.filterPage(folder, { sort: [{ id: 'n', desc: true }], page, pageSize: 100 });
    expect(answer.total).toBe(5000);
    expect(answer.rows.map((row) => row['id'])).toEqual(expected.slice(page * 100, page * 100 + 100));
  }
});

it('samples column by column', async () => {
  expect(await t.tables.sample(await load(), 2)).toEqual({
    id: [1, 2],
    name: ['Ada', 'alan'],
    age: [36, 41],
    born: ['10/12/1815', '23/06/1912'],
    member: ['True', 'False'],
  });
});

describe('exportCsv', () => {
  it('neutralises what a spreadsheet would run and leaves numbers alone', async () => {
    const csv = 'x,=cmd,n\n=1+1,"say ""hi"", ok",-5\n"@SUM(1)","＝1",2\n-3.5,"+1 a",3\nplain,\t=1,4\n';
    const { folder } = await t.ingest(csv);
    const text = String(Buffer.concat(await (await t.tables.exportCsv(folder)).toArray()));
    expect(text).toBe(`x,'=cmd,n\n'=1+1,"say ""hi"", ok",-5\n'@SUM(1),'＝1,2\n-3.5,'+1 a,3\nplain,'\t=1,4\n`);
  });

  it.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])(
    'neutralises a cell and a name that begin with %j',
    async (sign) => {
      const cell = `${sign}SUM(1)`;
      const { folder } = await t.ingest(JSON.stringify([{ [`${sign}n`]: cell, b: 'x' }]), {
        format: 'json',
        dataKey: null,
      });
      const text = String(Buffer.concat(await (await t.tables.exportCsv(folder)).toArray()));
      const quoted = /[\r\n]/.test(sign) ? `"'${cell}"` : `'${cell}`;
      expect(text.slice(text.indexOf('b\n') + 2)).toBe(`${quoted},x\n`);
      expect(text).not.toMatch(/(?:^|[,\n"])[=+\-@＝＋－＠]/);
    },
  );

  it('follows filter and sort', async () => {
    const query = {
      filter: parseFilter('{"items":[{"field":"age","operator":"isNotEmpty"}]}'),
      sort: parseSort('[{"id":"age","desc":true}]'),
    };
    const text = String(Buffer.concat(await (await t.tables.exportCsv(await load(), query)).toArray()));
    expect(text).toBe(
      'id,name,age,born,member\n4,,85,11/10/1910,True\n5,Edsger,72,11/05/1930,False\n2,alan,41,23/06/1912,False\n1,Ada,36,10/12/1815,True\n',
    );
  });
});

it('answers not-found for a folder without a table', async () => {
  await expect(t.tables.page(t.fresh(), { offset: 0, limit: 1 })).rejects.toMatchObject({ code: 'not-found' });
});

it('a page of a large, wide table has every column in its place, whichever way its rows are asked for', async () => {
  const names = Array.from({ length: 11 }, (_, column) => `column ${10 - column}`);
  const rows = 250_000;
  const line = (row: number): string => names.map((_, column) => row * 11 + column).join(',');
  const { folder } = await t.ingest(
    `${names.join(',')}\n${Array.from({ length: rows }, (_, row) => line(row)).join('\n')}\n`,
  );
  const expected = (row: number): [string, number][] => names.map((name, column) => [name, row * 11 + column]);
  const range = { offset: 249_000, limit: 3 };
  const jumped = await t.tables.page(folder, range);
  expect(jumped.rows.map((row) => Object.entries(row))).toEqual([249_000, 249_001, 249_002].map(expected));
  const sort = parseSort('[{"id":"column 10","desc":true}]');
  const sorted = await t.tables.filterPage(folder, { sort, page: 0, pageSize: 2 });
  expect(sorted.rows.map((row) => Object.entries(row))).toEqual([249_999, 249_998].map(expected));
});
