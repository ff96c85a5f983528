import { readdir, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { typeEntry } from '#frame';

import { temporaryTables } from '../../test/temporary-tables.js';
import { Engine } from '../engine/engine.js';
import { dataPath } from '../table-meta.js';

import { RowOrders } from './row-orders.js';

const ROWS = 3000;
const upward = `SELECT range::UINTEGER FROM range(${ROWS}) ORDER BY range`;
const downward = `SELECT range::UINTEGER FROM range(${ROWS}) ORDER BY range DESC`;

const order = (key: string, sql: string, atMost = ROWS) => ({ key, sql, values: [], atMost });

describe('row orders', () => {
  let root: string;
  let engine: Engine;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-orders-'));
    engine = await Engine.open({ directories: [], tempDirectory: root, memoryLimitBytes: 256 * 1024 ** 2, threads: 1 });
  });
  afterAll(async () => {
    engine.close();
    await rm(root, { recursive: true, force: true });
  });
  const files = async () => (await readdir(root, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());

  it('forget the one asked for longest ago, and its file, once their bytes are too many', async () => {
    const orders = new RowOrders(engine, 2 * ROWS * Uint32Array.BYTES_PER_ELEMENT);
    const all = { offset: 0, limit: ROWS };
    await orders.read(order('first', upward), all);
    await orders.read(order('second', downward), all);
    await orders.read(order('first', upward), all);
    await orders.read(order('third', upward), all);
    expect(['first', 'second', 'third'].map((key) => orders.has(key))).toEqual([true, false, true]);
    expect(await files()).toHaveLength(2);
    const { rows, count } = await orders.read(order('second', downward), { offset: ROWS - 2, limit: 10 });
    expect([[...rows], count]).toEqual([[1, 0], ROWS]);
    await orders.clear();
    expect(await files()).toEqual([]);
  });

  it.each([
    ['held while they are made', ROWS],
    ['made in pieces, for they may be long', 1e9],
  ])('have the rows in order: %s', async (_, atMost) => {
    const orders = new RowOrders(engine, 1e6);
    const { rows, count } = await orders.read(order('key', downward, atMost), { offset: 0, limit: ROWS });
    expect([...rows]).toEqual(Array.from({ length: ROWS }, (_, at) => ROWS - 1 - at));
    expect(count).toBe(ROWS);
    await orders.clear();
  });

  it('are made once for requests at the same time', async () => {
    const orders = new RowOrders(engine, 1e6);
    const read = () => orders.read(order('key', upward), { offset: 5, limit: 1 });
    const answers = await Promise.all([read(), read(), read()]);
    expect(answers.map(({ rows }) => [...rows])).toEqual([[5], [5], [5]]);
    expect(await files()).toHaveLength(1);
    await orders.clear();
  });

  it('stay while they are made or read, however small the room', async () => {
    const orders = new RowOrders(engine, 1);
    const keys = Array.from({ length: 12 }, (_, index) => `key ${index % 4}`);
    const answers = await Promise.all(
      keys.map((key) => orders.read(order(key, upward), { offset: ROWS - 1, limit: 1 })),
    );
    expect(answers.map(({ rows }) => [...rows])).toEqual(keys.map(() => [ROWS - 1]));
    expect((await files()).length).toBeLessThanOrEqual(1);
    await orders.clear();
  });

  it('are made anew for who still waits when the one who asked first gives up', async () => {
    const orders = new RowOrders(engine, 1e9);
    const slow = order('key', 'SELECT (range * 7 % 3000001)::UINTEGER AS n FROM range(3000000) ORDER BY n');
    const leaving = new AbortController();
    const first = orders.read(slow, { offset: 0, limit: 1 }, leaving.signal);
    const second = orders.read(slow, { offset: 0, limit: 1 });
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect([...(await second).rows]).toEqual([0]);
    await orders.clear();
  });

  it('keep nothing of one that failed', async () => {
    const orders = new RowOrders(engine, 1e6);
    await expect(orders.read(order('key', 'SELECT nothing'), { offset: 0, limit: 1 })).rejects.toThrow();
    expect([orders.has('key'), await files()]).toEqual([false, []]);
  });
});

describe('a sorted table', () => {
  const t = temporaryTables();
  const column = { name: 'n', type: typeEntry('Float'), kind: 'numeric' } as const;
  const frameOf = (values: number[]) => ({
    rows: values.length,
    columns: [{ ...column, values: Float64Array.from(values) }],
  });

  it('is sorted anew when its data were replaced, even by as many rows', async () => {
    const folder = t.fresh();
    const deep = async () =>
      (await t.tables.filterPage(folder, { sort: [{ id: 'n', desc: false }], page: 50, pageSize: 40 })).rows.map(
        ({ n }) => n,
      );
    const rising = Array.from({ length: ROWS }, (_, row) => row);
    await t.tables.writeFrame(frameOf(rising), folder);
    expect(await deep()).toEqual(rising.slice(2000, 2040));
    const before = await stat(dataPath(folder));
    await t.tables.writeFrame(frameOf([...rising].reverse().map((value) => value * 2)), folder);
    await utimes(dataPath(folder), before.atime, new Date(before.mtimeMs + 1000));
    expect(await deep()).toEqual(rising.slice(2000, 2040).map((value) => value * 2));
  });

  it('breaks ties by row number across row groups', async () => {
    const rows = 70_000;
    const folder = t.fresh();
    const { tables } = t;
    const values = Array.from({ length: rows }, (_, row) => (row * 31) % 7);
    const numbers = { ...column, name: 'row', values: Float64Array.from(values.keys()) };
    await tables.writeFrame({ rows, columns: [...frameOf(values).columns, numbers] }, folder);
    const expected = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
    for (const page of [0, 20, 699, 1399]) {
      const answer = await tables.filterPage(folder, { sort: [{ id: 'n', desc: true }], page, pageSize: 50 });
      expect(answer.rows.map(({ row }) => row)).toEqual(expected.slice(page * 50, page * 50 + 50));
    }
  });
});
