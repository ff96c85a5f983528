import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

const t = temporaryTables();
const arff = { format: 'arff' } as const;
const weather = `% a comment
@RELATION 'weather \\'today\\''

@attribute outlook {sunny, overcast, 'light rain'}
@attribute 'temp C' real
@attribute days INTEGER
@attribute "note" string
@attribute seen date "yyyy-MM-dd"
@data
sunny, 21.5, 3, 'it''s', "2024-05-01"
% between
'light rain', ?, 4, 'a, \\'b\\' and \\\\', ?
?,\t-1e3,5,"say \\"hi\\"",2024-05-02
`.replace("'it''s'", "'it\\'s'");

describe('ARFF files', () => {
  it('are read with their types, quotes and missing values', async () => {
    const { folder, meta } = await t.ingest(weather, arff);
    const { rows } = await t.tables.page(folder, { offset: 0, limit: 10 });
    expect(rows).toEqual([
      { outlook: 'sunny', 'temp C': 21.5, days: 3, note: "it's", seen: '2024-05-01' },
      { outlook: 'light rain', 'temp C': null, days: 4, note: "a, 'b' and \\", seen: null },
      { outlook: null, 'temp C': -1000, days: 5, note: 'say "hi"', seen: '2024-05-02' },
    ]);
    expect(Object.values(typesOf(meta)).map(({ type }) => type)).toEqual([
      'Categorical',
      'Float',
      'Integer',
      'Text',
      'Text',
    ]);
    expect(typesOf(meta)['outlook']).toMatchObject({
      num_categories: 3,
      categories: ['light rain', 'overcast', 'sunny'],
    });
  });

  it('may have sparse rows: what they leave out is zero or the first level', async () => {
    const text = `@relation s\n@attribute a numeric\n@attribute b {x,y}\n@attribute c numeric\n@data\n{0 2, 1 y}\n{2 ?}\n{}\n`;
    const { folder } = await t.ingest(text, arff);
    expect((await t.tables.page(folder, { offset: 0, limit: 10 })).rows).toEqual([
      { a: 2, b: 'y', c: 0 },
      { a: 0, b: 'x', c: null },
      { a: 0, b: 'x', c: 0 },
    ]);
  });

  it('show their declared types in a preview when asked', async () => {
    const preview = await t.tables.preview(await t.file(weather), arff, { nativeTypes: true });
    expect(preview).toMatchObject({ types_inferred: false, preview_row_count: 3 });
    expect(preview.inferred_types['days']).toEqual({ type: 'Integer', dtype: 'int64' });
    expect(preview.sample[1]).toMatchObject({ outlook: 'light rain', 'temp C': null });
  });

  it.each([
    ['an undeclared level', 'cloudy,1,1,a,?', { code: 'line-wrong', values: { format: 'ARFF', line: 10 } }],
    ['too few values', 'sunny,1', { code: 'file-ragged', values: { line: 10, expected: 5, found: 2 } }],
    ['an open quote', "sunny,1,1,'a,?", { code: 'line-wrong', values: { line: 10 } }],
    ['a sparse row beyond the columns', '{9 1}', { code: 'line-wrong', values: { line: 10 } }],
  ])('with %s are refused with the line', async (_, row, expected) => {
    const head = weather.slice(0, weather.indexOf('sunny, 21.5'));
    await expect(t.ingest(`${head}${row}\n`, arff)).rejects.toMatchObject(expected);
  });

  it.each([
    ['no data part', '@relation r\n@attribute a numeric\n', 'line-wrong'],
    ['no rows', '@relation r\n@attribute a numeric\n@data\n', 'no-rows'],
    ['relations inside', '@relation r\n@attribute a relational\n@data\n1\n', 'line-wrong'],
    ['another format', 'a,b\n1,2\n', 'line-wrong'],
    ['nothing', '', 'file-empty'],
  ])('with %s are refused', async (_, text, code) => {
    await expect(t.ingest(text, arff)).rejects.toMatchObject({ code });
  });
});
