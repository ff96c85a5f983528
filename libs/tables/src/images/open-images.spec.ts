import { buffer } from 'node:stream/consumers';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';

import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

const t = temporaryTables();
const images = { format: 'images' } as const;
const picture = (background: string, width = 200, height = 100) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
const zip = async (entries: readonly (readonly [string, Buffer, number?])[]): Promise<Buffer> => {
  const file = new ZipFile();
  for (const [name, content, mode] of entries) file.addBuffer(content, name, mode === undefined ? {} : { mode });
  file.end();
  return buffer(file.outputStream);
};
const red = await picture('red');
const blue = await picture('blue', 10, 20);
const animals = await zip([
  ['set/dog/1.png', red],
  ['set/cat/1.png', blue],
  ['set/cat/2.JPG', Buffer.from('no picture')],
  ['set/readme.txt', Buffer.from('words')],
  ['__MACOSX/set/cat/._1.png', Buffer.from('x')],
]);

describe('an archive of pictures', () => {
  it('becomes a row each, labelled by its folder, with a thumbnail', async () => {
    const { folder, meta } = await t.ingest(animals, images);
    expect(typesOf(meta)).toMatchObject({
      image: { type: 'Image', dtype: 'struct' },
      label: { type: 'Categorical', categories: ['cat', 'dog'], encoder: 'one_hot' },
    });
    expect(meta.notes).toEqual([{ code: 'images-broken', column: 'image', values: { count: 1 } }]);
    const { rows } = await t.tables.page(folder, { offset: 0, limit: 10 });
    expect(rows.map(({ label }) => label)).toEqual(['cat', 'cat', 'dog']);
    expect(rows[1]!['image']).toBe('[Image]');
    const [head, data] = String(rows[2]!['image']).split(',');
    expect(head).toBe('data:image/png;base64');
    expect(await sharp(Buffer.from(data!, 'base64')).metadata()).toMatchObject({
      width: 64,
      height: 32,
      format: 'png',
    });
  });

  it('is previewed with five thumbnails and the number of pictures', async () => {
    const preview = await t.tables.preview(await t.file(animals), images);
    expect(preview).toMatchObject({
      types_inferred: false,
      preview_row_count: 3,
      schema: { image: { type: 'Image', dtype: 'struct' }, label: { type: 'Categorical', dtype: 'string' } },
    });
    expect(preview.sample).toHaveLength(3);
    expect(preview.sample[0]).toMatchObject({
      image: expect.stringMatching(/^data:image\/png/) as string,
      label: 'cat',
    });
  });

  it('without folders has no label; column names can be changed', async () => {
    const { meta } = await t.ingest(await zip([['a.png', red]]), images, { renames: { image: 'photo' } });
    expect(meta.columns.map(({ name }) => name)).toEqual(['photo']);
  });

  it('can be filtered, sorted, profiled and read like any table', async () => {
    const { folder } = await t.ingest(animals, images);
    const filter = { items: [{ field: 'image', operator: 'contains', value: 'cat/1' }] };
    const query = { filter, sort: [{ id: 'image', desc: true }], page: 0, pageSize: 10 } as never;
    expect((await t.tables.filterPage(folder, query)).total).toBe(1);
    expect(await t.tables.profile(folder)).toMatchObject({ total_rows: 3, nan: { image: 0, label: 0 } });
    const frame = await t.tables.readFrame(folder);
    expect(frame.columns[0]).toMatchObject({ values: ['set/cat/1.png', 'set/cat/2.JPG', 'set/dog/1.png'] });
  });

  it('gives every picture back as it was, one by one and packed again, also of a copy', async () => {
    const { folder } = await t.ingest(animals, images);
    const copy = t.fresh();
    await t.tables.copyTable(folder, copy);
    expect(await t.tables.readImage(copy, 2)).toEqual({ name: '1.png', mediaType: 'image/png', content: red });
    await expect(t.tables.readImage(copy, 3)).rejects.toMatchObject({ code: 'not-found' });
    const archive = await fromBufferPromise(await buffer(await t.tables.exportImages(copy)), { lazyEntries: true });
    const found: Record<string, Buffer> = {};
    for await (const entry of archive.eachEntry())
      found[entry.fileName] = await buffer(await archive.openReadStreamPromise(entry));
    expect(Object.keys(found).sort()).toEqual(['cat/1.png', 'cat/2.JPG', 'dog/1.png']);
    expect(found['cat/1.png']).toEqual(blue);
  });

  it('that is a table without pictures has none to give', async () => {
    const { folder } = await t.ingest('a,b\n1,2\n');
    expect(await t.tables.hasImages(folder)).toBe(false);
    await expect(t.tables.readImage(folder, 0)).rejects.toMatchObject({ code: 'not-found' });
  });

  const renamed = (bytes: Buffer, from: string, to: string) =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
  it.each<[string, Buffer | Promise<Buffer>, string]>([
    [
      'names that lead out of it',
      zip([['aa/bb/1.png', red]]).then((z) => renamed(z, 'aa/bb', '../bb')),
      'archive-name-refused',
    ],
    ['an absolute name', zip([['a/bb/1.png', red]]).then((z) => renamed(z, 'a/bb', '/abb')), 'archive-name-refused'],
    ['a link', zip([['a/1.png', Buffer.from('/etc/passwd'), 0o120777]]), 'archive-name-refused'],
    [
      'a name twice',
      zip([
        ['a/1.png', red],
        ['b/1.png', red],
      ]).then((z) => renamed(z, 'b/1.png', 'a/1.png')),
      'archive-name-refused',
    ],
    ['no picture', zip([['a/1.txt', red]]), 'archive-without-file'],
    ['something else', Buffer.from('words, no archive'), 'file-damaged'],
    ['its end missing', animals.subarray(0, -60), 'file-damaged'],
  ])('is refused for %s, and nothing is left', async (_, bytes, code) => {
    const before = await t.leftovers();
    await expect(t.ingest(await bytes, images)).rejects.toMatchObject({ code });
    expect(await t.leftovers()).toEqual(before);
  });
});
