import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import { typesOf } from '../index.js';

import { unpackLz4 } from './lz4.js';

const t = temporaryTables();
const fixture = (name: string) => readFile(`libs/tables/test/fixtures/${name}`);
const arrow = { format: 'arrow' };
const rows = async (folder: string) => (await t.tables.page(folder, { offset: 0, limit: 3 })).rows;

/** What make-fixtures.py wrote, as a grid shows it. */
const first = {
  n: 1,
  x: 1.5,
  s: 'NA',
  b: 'True',
  d: '2024-05-01',
  t: '2024-05-01 13:30:00.250',
  c: 'u',
  l: '[1,2]',
  m: -1.25,
  z: '{"p":1,"q":"a"}',
};

describe('Arrow files', () => {
  it.each(['lz4.feather', 'stream.arrow'])('of pyarrow are read with their types: %s', async (name) => {
    const { folder, meta } = await t.ingest(await fixture(name), arrow);
    const [one, two, three] = await rows(folder);
    expect(one).toEqual(first);
    expect(two).toEqual({
      ...Object.fromEntries(Object.keys(first).map((key) => [key, null])),
      s: '',
      c: 'v',
      z: first.z,
    });
    expect(three).toMatchObject({ x: null, s: 'x,"y"', b: 'False', d: '1969-12-31', l: '[]', m: 3.1 });
    expect(meta.rows).toBe(name.startsWith('lz4') ? 1500 : 3);
    const types = Object.entries(typesOf(meta)).map(([column, { type }]) => `${column} ${type}`);
    expect(types.slice(0, 5)).toEqual(['n Integer', 'x Float', 's Text', 'b Categorical', 'd Date']);
  });

  it('keep every digit of large integers', async () => {
    const { folder } = await t.ingest(await fixture('stream.arrow'), arrow);
    let csv = '';
    for await (const chunk of await t.tables.exportCsv(folder)) csv += String(chunk);
    expect(csv).toContain('9007199254740993');
  });

  it('show in a preview what inference says, or the types of the file', async () => {
    const file = await t.file(await fixture('stream.arrow'));
    const inferred = await t.tables.preview(file, { format: 'arrow' });
    const native = await t.tables.preview(file, { format: 'arrow' }, { nativeTypes: true });
    expect([inferred.types_inferred, native.types_inferred]).toEqual([true, false]);
    expect(native.inferred_types['c']).toMatchObject({ type: 'Categorical' });
    expect(native.reasons['n']).toMatchObject({ rule: 'declared' });
    expect(native.sample[0]).toEqual(first);
  });

  it('compressed otherwise say so where it cannot be read', async () => {
    const outcome = await t.ingest(await fixture('zstd.feather'), arrow).catch((error: unknown) => error);
    const values = { code: 'compression-unsupported', values: { format: 'Arrow', compression: 'ZSTD' } };
    if (outcome instanceof Error) expect(outcome).toMatchObject(values);
    else expect((outcome as { meta: { rows: number } }).meta.rows).toBe(1500);
  });

  it('cut short or changed anywhere are refused or read, and leave nothing half-made', async () => {
    const whole = await fixture('stream.arrow');
    const before = await t.leftovers();
    for (const end of [20, 200, 700, whole.length - 300]) {
      const cut = await t.ingest(whole.subarray(0, end), arrow).catch((error: unknown) => error);
      expect(cut).toMatchObject({ code: expect.stringMatching(/^(file-damaged|no-rows)$/) as string });
    }
    for (let at = 8; at < whole.length; at += 97) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ 0x80;
      const outcome = await t.ingest(changed, arrow).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toHaveProperty('code');
    }
    expect((await t.leftovers()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(before.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('LZ4 frames', () => {
  it.each([
    ['no frame', '00000000000000000000000000000000'],
    ['an offset before the start', '04224d18604082060000001041ffff000000000000'],
    ['literals that are not there', '04224d186040820200000000f041'],
  ])('refuse %s', (_, hex) => {
    expect(() => unpackLz4(Buffer.from(hex, 'hex'))).toThrow(RangeError);
  });
});
