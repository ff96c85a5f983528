import { readFile } from 'node:fs/promises';

import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

const t = temporaryTables();
const parquet = { format: 'parquet' } as const;
const whole = await readFile('libs/tables/test/fixtures/table.parquet');

describe('Parquet files', () => {
  it('of pyarrow are read with their types', async () => {
    const { folder, meta } = await t.ingest(whole, parquet);
    const { rows } = await t.tables.page(folder, { offset: 0, limit: 3 });
    expect(rows[0]).toEqual({
      n: 1,
      x: 1.5,
      s: 'NA',
      b: 'True',
      d: '2024-05-01',
      t: '2024-05-01 13:30:00.25',
      c: 'u',
      l: '[1,2]',
      m: -1.25,
      z: '{"p":1,"q":"a"}',
    });
    expect(rows[1]).toMatchObject({ n: null, x: null, s: '', b: null, d: null });
    expect(rows[2]).toMatchObject({ x: null, m: 3.1 });
    expect(meta.rows).toBe(1500);
    const types = Object.entries(typesOf(meta)).map(([column, { type }]) => `${column} ${type}`);
    expect(types.slice(0, 5)).toEqual(['n Integer', 'x Float', 's Text', 'b Categorical', 'd Date']);
  });

  it('take types that are asked for, and refuse those that do not fit', async () => {
    const types = {
      n: { type: 'Text' as const, dtype: 'string' },
      s: { type: 'Categorical' as const, dtype: 'string' },
    };
    const { meta } = await t.ingest(whole, parquet, { types });
    expect(typesOf(meta)).toMatchObject({ n: { type: 'Text' }, s: { type: 'Categorical', num_categories: 3 } });
    const asInteger = t.ingest(whole, parquet, { types: { s: { type: 'Integer', dtype: 'int64' } } });
    await expect(asInteger).rejects.toMatchObject({ code: 'values-not-convertible' });
    const file = await t.file(whole);
    const changes = { s: { current_type: 'Text', new_type: 'Integer' } } as const;
    expect(await t.tables.checkTypeChanges(file, parquet, changes)).toMatchObject({ valid: false });
  });

  it('preview equals what is stored', async () => {
    const { folder } = await t.ingest(whole, parquet);
    const preview = await t.tables.preview(await t.file(whole), parquet, { nativeTypes: true });
    expect(preview.sample[0]).toEqual((await t.tables.page(folder, { offset: 0, limit: 1 })).rows[0]);
  });

  it('with a dictionary of 50 MB in one page are read, 200,000 texts and each again', async () => {
    const path = await t.file('');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT repeat(md5((i % 200000)::VARCHAR), 8) AS s, i FROM range(400000) numbers (i)) TO '${path}'
       (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000, DICTIONARY_SIZE_LIMIT 1000000, STRING_DICTIONARY_PAGE_SIZE_LIMIT 100000000)`,
    );
    const pages = await connection.runAndReadAll(
      `SELECT encodings, total_uncompressed_size > 50000000 FROM parquet_metadata('${path}') WHERE path_in_schema = 's'`,
    );
    connection.closeSync();
    expect(pages.getRows()).toEqual([['PLAIN_DICTIONARY', true]]);
    const { folder, meta } = await t.ingest(await readFile(path), parquet);
    expect(meta.rows).toBe(400_000);
    const at = async (offset: number) => (await t.tables.page(folder, { offset, limit: 1 })).rows[0];
    expect((await at(399_999))!['s']).toBe((await at(199_999))!['s']);
  });

  it.each([
    ['cut short', whole.subarray(0, 2000), 'file-damaged'],
    ['only the magic word', Buffer.from('PAR1PAR1'), 'file-damaged'],
    [
      'with a length that lies',
      Buffer.concat([whole.subarray(0, -8), Buffer.from('ffffff7f', 'hex'), Buffer.from('PAR1')]),
      'file-damaged',
    ],
    ['something else', Buffer.from('a,b\n1,2\n'), 'file-damaged'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file-not-tabular'],
    ['empty', Buffer.alloc(0), 'file-empty'],
  ])('that are %s are refused and no path is told', async (_, bytes, code) => {
    const error = (await t.ingest(bytes, parquet).catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({ code });
    expect(error.message).not.toContain(t.root);
  });
});
