import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

import { membersAt } from './members-at.js';

const t = temporaryTables();
const json = (dataKey: string | null = null) => ({ format: 'json', dataKey }) as const;
const read = async (text: string, dataKey: string | null = null) => {
  const { folder, meta } = await t.ingest(text, json(dataKey));
  return { meta, rows: (await t.tables.page(folder, { offset: 0, limit: 100 })).rows };
};
const records = '[{"a":1,"b":"x"},{"b":"y","c":true},{"a":2.5,"b":null,"c":false}]';
const expected = [
  { a: 1, b: 'x', c: null },
  { a: null, b: 'y', c: 'True' },
  { a: 2.5, b: null, c: 'False' },
];

describe('JSON files', () => {
  it.each([
    ['a bare list of records', records, null],
    ['records at a key', `{"meta":{"data":[1]},"data":${records},"more":[{}]}`, 'data'],
    ['records at a nested key', `{"x":[1,{"y":2}],"a":{"b":{"rows":[]},"rows": ${records}}}`, 'a.rows'],
    ['a bare list although a key is given', records, 'data'],
    ['one record a line', '{"a":1,"b":"x"}\n{"b":"y","c":true}\r\n\n{"a":2.5,"b":null,"c":false}', null],
    ['columns as lists', '{"a":[1,null,2.5],"b":["x","y",null],"c":[null,true,false]}', null],
    ['columns by row label', '{"a":{"0":1,"2":2.5},"b":{"0":"x","1":"y"},"c":{"1":true,"2":false}}', null],
  ])('may be %s', async (name, text, key) => {
    const { rows } = await read(text, key);
    const sorted = name === 'columns by row label' ? [expected[0], expected[2], expected[1]] : expected;
    expect(rows).toEqual(sorted);
  });

  it('keep digits, words for nothing, nested values and hostile names', async () => {
    const text =
      '[{"id":12345678901234567890,"x":NaN,"y":-Infinity,"na":"NA","empty":"","deep":{"k":[1,{"z":null}]},' +
      '"__proto__":"p","constructor":"c","quo\\"te, ":"a\\n\\"b\\"","u":"\\ud83d\\ude00 \\u00e9"}]';
    const { rows, meta } = await read(text);
    expect(Object.entries(rows[0]!)).toEqual([
      ['id', '12345678901234567890'],
      ['x', null],
      ['y', null],
      ['na', 'NA'],
      ['empty', ''],
      ['deep', '{"k":[1,{"z":null}]}'],
      ['proto', 'p'],
      ['constructor', 'c'],
      ['quo"te,', 'a\n"b"'],
      ['u', '😀 é'],
    ]);
    expect(meta.notes.map(({ code }) => code)).toContain('name-changed');
    expect(typesOf(meta)['id']).toMatchObject({ type: 'Text' });
  });

  it('preview reads only the head, also of a file that ends too early', async () => {
    const file = await t.file(`${records.slice(0, -1)},{"a":`);
    const preview = await t.tables.preview(file, json(), { rows: 2 });
    expect(preview).toMatchObject({ preview_row_count: 2, detected: { layout: 'records' } });
    expect(preview.sample).toEqual(expected.slice(0, 2));
    await expect(t.tables.preview(file, json())).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('may have many small records', async () => {
    const line = '{"a":1,"b":"x"}';
    const text = `[${Array.from({ length: 50_000 }, () => line).join(',\n')}]`;
    const { meta } = await t.ingest(text, json());
    expect(meta.rows).toBe(50_000);
  });

  it.each([
    ['nothing', '', null, 'file-empty'],
    ['many blanks', ' \n'.repeat(100_000), 'data', 'file-empty'],
    ['no list', '5', null, 'file-damaged'],
    ['a missing key', records.replace('[', '{"rows":[').concat('}'), 'data', 'records-not-found'],
    ['a scalar at the key', '{"data":5}', 'data', 'records-not-found'],
    ['an empty list', '[]', null, 'no-rows'],
    ['empty records', '[{},{}]', null, 'no-rows'],
    ['a scalar among records', '[{"a":1},5]', null, 'record-wrong'],
    ['a trailing comma', '[{"a":1},]', null, 'record-wrong'],
    ['a broken record', '[{"a":1},{"a" 2}]', null, 'record-wrong'],
    ['an open list', '[{"a":1}', null, 'file-damaged'],
    ['crossed brackets', '[{"a":1]}', null, 'file-damaged'],
    ['text after the end', '[{"a":1}] x', null, 'file-damaged'],
    ['a depth of 100,000', `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`, null, 'file-damaged'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('latin1'), null, 'file-not-tabular'],
    ['a NUL in a text', '[{"a":"x\\u0000y"}]', null, 'file-not-tabular'],
  ])('with %s are refused', async (_, text, key, code) => {
    const before = await t.leftovers();
    await expect(t.ingest(text, json(key))).rejects.toMatchObject({ code });
    expect(await t.leftovers()).toEqual(before);
  });

  it('that are not UTF-8 are told with the line', async () => {
    const bytes = Buffer.from('[{"a":"x"},\n{"a":"caf\xe9"}]', 'latin1');
    await expect(t.ingest(bytes, json())).rejects.toMatchObject({ code: 'file-encoding-wrong', values: { line: 2 } });
  });
});

it('members are the same however the text comes in chunks', async () => {
  const text = Buffer.from(`{"é\\"k":{"no":[1]},"data": { "list" :[ {"a":"x]}\\\\\\""} , [1,[2]], "s,", 5 ] },"z":{}}`);
  for (let size = 1; size < 30; size++) {
    const chunks = async function* () {
      for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.subarray(at, at + size));
    };
    const found: string[] = [];
    for await (const member of membersAt(chunks(), ['data', 'list'])) found.push(member.text.toString().trim());
    expect(found).toEqual(['{"a":"x]}\\\\\\""}', '[1,[2]]', '"s,"', '5']);
  }
});
