import { EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { typeEntry } from '#frame';

import { temporaryTables } from '../../test/temporary-tables.js';
import { Engine } from '../engine/engine.js';
import { dataPath } from '../table-meta.js';

import { numberedRows } from './read-page.js';
import { RowCopies } from './row-copies.js';
import { isCurrent, versionOf } from './table-version.js';

const t = temporaryTables();
const odd =
  'n,words,day,level,float\n1,"say ""hi"", ok",01/02/2020,a,inf\n2,,02/02/2020,b,-1.5\n,"two\nlines",,a,nan\n4,\u{1F680} \\u0041,04/02/2020,,1e308\n5,"\u0001\t",05/02/2020,b,0.1\n';
const lists = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2], [0, 2, 3], [1, 1, 4, 1], []];
const sizesBelow = async (root: string, ending: string): Promise<number[]> => {
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(ending));
  return Promise.all(files.map(async (name) => (await stat(join(root, name))).size));
};
const filesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map(({ name }) => name);

describe('copies by rows', () => {
  let root: string;
  let engine: Engine;
  let copies: RowCopies;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-copies-'));
    const settings = { directories: [t.root], tempDirectory: root, memoryLimitBytes: 256 * 1024 ** 2, threads: 2 };
    engine = await Engine.open(settings);
  });
  afterAll(async () => {
    engine.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(() => void (copies = new RowCopies(engine, 1e9)));
  afterEach(async () => {
    await copies.clear();
    expect(await filesBelow(root)).toEqual([]);
  });
  const sourceOf = async (folder: string) => ({
    key: await versionOf(folder),
    from: numberedRows(folder),
    columns: (await t.tables.readMeta(folder)).columns,
  });
  const copied = async (folder: string) => {
    const source = await sourceOf(folder);
    copies.want(source);
    await copies.settled();
    return source;
  };

  it.each(lists)('hold every cell as the table shows it: rows %j', async (...numbers) => {
    const { folder } = await t.ingest(odd);
    const { rows } = await t.tables.page(folder, { offset: 0, limit: 10 });
    expect(await copies.read(await copied(folder), numbers)).toEqual(numbers.map((number) => rows[number]));
  });

  it('show columns by the names they have now', async () => {
    const { folder } = await t.ingest('a,b\n1,x\n');
    await copied(folder);
    await t.tables.renameColumn(folder, 'a', 'c');
    expect(await copies.read(await sourceOf(folder), [0])).toEqual([{ c: 1, b: 'x' }]);
  });

  it('are given up when they outgrow their room, and not tried again', async () => {
    const values = Float64Array.from({ length: 20_000 }, (_, row) => row / 7);
    const folder = t.fresh();
    const column = { name: 'n', type: typeEntry('Float'), kind: 'numeric', values } as const;
    await t.tables.writeFrame({ rows: values.length, columns: [column] }, folder);
    await copies.clear();
    copies = new RowCopies(engine, 2 * values.byteLength);
    const source = await copied(folder);
    expect(await copies.read(source, [0])).toBeUndefined();
    expect(await filesBelow(root)).toEqual([]);
    const statement = vi.spyOn(engine, 'chunks');
    await copied(folder);
    expect(statement).not.toHaveBeenCalled();
    statement.mockRestore();
  });

  it('go with their table and when its data are replaced', async () => {
    const [stays, replaced, gone] = [await t.ingest(odd), await t.ingest(odd), await t.ingest(odd)];
    for (const { folder } of [stays, replaced, gone]) await copied(folder);
    expect(await filesBelow(root)).toHaveLength(6);
    await t.tables.writeFrame(await t.tables.readFrame(stays.folder), replaced.folder);
    await rm(gone.folder, { recursive: true });
    expect(await copies.read(await sourceOf(replaced.folder), [0])).toBeUndefined();
    await copies.sweep(isCurrent);
    expect(await filesBelow(root)).toHaveLength(2);
    expect(await copies.read(await sourceOf(stays.folder), [1])).toMatchObject([{ n: 2, words: null }]);
  });

  it('that cannot be read count as none', async () => {
    const { folder } = await t.ingest(odd);
    const source = await copied(folder);
    for (const { name, parentPath } of await readdir(root, { recursive: true, withFileTypes: true }))
      if (name.endsWith('.texts')) await truncate(join(parentPath, name), 3);
    expect(await copies.read(source, [3])).toBeUndefined();
  });

  it('in the making rest while the table is read, and answer for the rows they hold', async () => {
    const [folder, rows] = [t.fresh(), 20_000];
    const values = Float64Array.from({ length: rows }, (_, row) => row / 7);
    const words = Array.from(values, (value) => `word ${value}`);
    const columns = [
      { name: 'n', type: typeEntry('Float'), kind: 'numeric', values },
      { name: 'word', type: typeEntry('Text'), kind: 'text', values: words },
    ] as const;
    await t.tables.writeFrame({ rows, columns }, folder);
    const source = await sourceOf(folder);
    const page = new EventEmitter();
    const aside = copies.aside(once(page, 'read'));
    copies.want(source);
    const row = (number: number) => ({ n: values[number], word: words[number] });
    const held = await vi.waitFor(async () => {
      const cells = await copies.read(source, [1000, 7]);
      expect(cells).toBeDefined();
      return cells;
    });
    expect(held).toEqual([row(1000), row(7)]);
    expect(await copies.read({ ...source, key: 'another' }, [7])).toBeUndefined();
    expect(await copies.read(source, [7, rows - 1])).toBeUndefined();
    page.emit('read', 'a page');
    expect(await aside).toEqual(['a page']);
    await copies.settled();
    expect(await copies.read(source, [7, rows - 1])).toEqual([row(7), row(rows - 1)]);
  });

  it('in the making go on when a read of the table fails', async () => {
    const { folder } = await t.ingest(odd);
    const failing = copies.aside(Promise.reject(new Error('no such page')));
    await expect(failing).rejects.toThrow('no such page');
    expect(await copies.read(await copied(folder), [0])).toHaveLength(1);
  });

  it('in the making end with their engine', async () => {
    const rows = 500_000;
    const folder = t.fresh();
    const column = { name: 'n', type: typeEntry('Float'), kind: 'numeric', values: new Float64Array(rows) } as const;
    await t.tables.writeFrame({ rows, columns: [column] }, folder);
    const source = await sourceOf(folder);
    copies.want(source);
    await copies.clear();
    expect(await copies.read(source, [0])).toBeUndefined();
  });
});

it('every page of a large table comes from its copy once there is one, and is the same', async () => {
  const rows = 260_000;
  const folder = t.fresh();
  const values = Float64Array.from({ length: rows }, (_, row) => (row * 7919) % 100_003);
  const number = { kind: 'numeric', type: typeEntry('Float') } as const;
  const columns = [
    { ...number, name: 'n', values },
    { ...number, name: 'row', values: Float64Array.from(values.keys()) },
    { kind: 'text', name: 'word', type: typeEntry('Text'), values: Array.from(values, (value) => `word ${value}`) },
  ] as const;
  await t.tables.writeFrame({ rows, columns }, folder);
  const written = new Date(1e12);
  await utimes(dataPath(folder), written, written);
  const sorted = (page: number) => t.tables.filterPage(folder, { sort: [{ id: 'n', desc: true }], page, pageSize: 50 });
  const pages = () =>
    Promise.all([
      ...[30, 2600, 5199].map(sorted),
      ...[0, 123_456, 259_990].map((offset) => t.tables.page(folder, { offset, limit: 50 })),
    ]);
  const before = await pages();
  const expected = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b).slice(5199 * 50);
  expect(before[2]!.rows.map(({ row }) => row)).toEqual(expected);
  const whole = (rows * 3 + 1) * Float64Array.BYTES_PER_ELEMENT;
  await vi.waitFor(async () => expect(await sizesBelow(t.root, '.records')).toEqual([whole]), 60_000);
  // Whoever reads the table now does not get far; to the eye it is the same.
  const { size } = await stat(dataPath(folder));
  await writeFile(dataPath(folder), Buffer.alloc(size), { flag: 'r+' });
  await utimes(dataPath(folder), written, written);
  expect(await vi.waitFor(pages)).toEqual(before);
});
