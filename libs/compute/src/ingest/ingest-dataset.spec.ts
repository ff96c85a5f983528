import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import type { TaskInput } from '#contract';
import { Cancelled } from '#linalg';
import { typesOf } from '#tables';

import { failure } from '../host.fixture.js';
import { tasks } from '../index.js';
import { diskHost } from '../tables.fixture.js';

const host = diskHost();
/** notes.txt, data/b.json with two records, and what a Mac adds. */
const ZIPPED =
  'UEsDBBQAAAAIAFlmdV2DFtyMAwAAAAEAAAAJAAAAbm90ZXMudHh0qwAAUEsDBBQAAAAIAFlmdV1Aq7VgDwAAABEAAAALAAAAZGF0YS9iLmpzb2' +
  '6LrlbKU7IyrNUB00a1sQBQSwMEFAAAAAgAWWZ1XYMW3IwDAAAAAQAAABQAAABfX01BQ09TWC9kYXRhL2EuanNvbqsAAFBLAQIUAxQAAAAIAFlm' +
  'dV2DFtyMAwAAAAEAAAAJAAAAAAAAAAAAAACAAQAAAABub3Rlcy50eHRQSwECFAMUAAAACABZZnVdQKu1YA8AAAARAAAACwAAAAAAAAAAAAAAgA' +
  'EqAAAAZGF0YS9iLmpzb25QSwECFAMUAAAACABZZnVdgxbcjAMAAAABAAAAFAAAAAAAAAAAAAAAgAFiAAAAX19NQUNPU1gvZGF0YS9hLmpzb25Q' +
  'SwUGAAAAAAMAAwCyAAAAlwAAAAAA';

const csv = 'id,size,color\n1,2.5,red\n2,,blue\n3,1.5,red\n';
const input = (change: Partial<TaskInput<'ingest-dataset'>>): TaskInput<'ingest-dataset'> => ({
  source: { uploadKey: 'uploads/a', filename: 'a.csv' },
  loader: { component: 'CSVDataLoader', params: {} },
  types: null,
  renames: {},
  profile: true,
  targetKey: 'tables/a',
  ...change,
});
const metaOf = async (key: string) => host().tables.readMeta(await host().storage.materialise(key));

describe('ingest-dataset', () => {
  it('makes a table with types, names and statistics out of a file', async () => {
    await host().upload('uploads/a', csv);
    const types = { size: { type: 'Text', dtype: 'string' } };
    const output = await tasks['ingest-dataset'](input({ renames: { color: 'colour' }, types }), host());
    expect(output).toEqual({ rows: 3, columns: 3 });
    const meta = await metaOf('tables/a');
    expect(Object.entries(typesOf(meta)).map(([name, { type }]) => [name, type])).toEqual([
      ['id', 'Integer'],
      ['size', 'Text'],
      ['colour', 'Categorical'],
    ]);
    expect(meta.info).toMatchObject({ total_rows: 3, nan: { size: 1 }, general_info: { duplicate_rows: 0 } });
    expect(host().said.map(([, message]) => message)).toContain('computing-profile');
  });

  it('counts missing cells only when statistics are not asked for', async () => {
    await tasks['ingest-dataset'](input({ profile: false, targetKey: 'tables/b', loader: null }), host());
    const { info } = await metaOf('tables/b');
    expect(info).toMatchObject({ total_rows: 3, nan: { size: 1 } });
    expect(info).not.toHaveProperty('general_info');
  });

  it('copies a table, keeps its statistics and renames its columns', async () => {
    const source = { tableKey: 'tables/a' };
    const copy = { source, loader: null, renames: { id: 'key' }, targetKey: 'tables/c' };
    expect(await tasks['ingest-dataset'](input(copy), host())).toEqual({ rows: 3, columns: 3 });
    expect((await metaOf('tables/c')).info?.column_names).toEqual(['key', 'size', 'colour']);
    expect((await metaOf('tables/a')).info?.column_names).toEqual(['id', 'size', 'colour']);
    await tasks['ingest-dataset'](
      input({ source: { tableKey: 'tables/b' }, loader: null, targetKey: 'tables/d' }),
      host(),
    );
    expect((await metaOf('tables/d')).info).toHaveProperty('general_info');
  });

  it('leaves nothing when the file is bad or the job is cancelled', async () => {
    const before = await host().leftovers();
    await host().upload('uploads/bad', 'a,b\n1\n1,2,3\n');
    const bad = input({ source: { uploadKey: 'uploads/bad', filename: 'bad.csv' }, targetKey: 'tables/bad' });
    expect(await failure(tasks['ingest-dataset'](bad, host()))).toMatchObject({ code: 'file-ragged' });
    const strict = input({ types: { color: { type: 'Integer', dtype: 'int64' } }, targetKey: 'tables/bad' });
    expect(await failure(tasks['ingest-dataset'](strict, host()))).toMatchObject({ code: 'values-not-convertible' });
    host().stopWith(new Cancelled());
    await expect(tasks['ingest-dataset'](input({ targetKey: 'tables/bad' }), host())).rejects.toThrow(Cancelled);
    expect(await host().leftovers()).toEqual(before);
  });

  it('reads the first file of an archive that fits its loader', async () => {
    const archive = Buffer.from(ZIPPED, 'base64');
    await host().storage.write('uploads/z', Readable.from([archive]));
    const source = { uploadKey: 'uploads/z', filename: 'all.ZIP' };
    const loader = { component: 'JSONDataLoader', params: { data_key: null } };
    expect(await tasks['ingest-dataset'](input({ source, loader, targetKey: 'tables/z' }), host())).toEqual({
      rows: 2,
      columns: 1,
    });
    const preview = {
      uploadKey: 'uploads/z',
      filename: 'all.zip',
      loader,
      rows: 10,
      nativeTypes: false,
      changes: null,
    };
    const { answer } = await tasks['preview-file'](preview, host());
    expect(answer).toMatchObject({ sample: [{ n: 1 }, { n: 2 }] });
    const arff = { ...preview, loader: { component: 'ARFFDataLoader', params: {} } };
    await expect(tasks['preview-file'](arff, host())).rejects.toMatchObject({ code: 'archive-without-file' });
  });
});
