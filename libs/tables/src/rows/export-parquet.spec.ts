import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import { joinKinds, kindOf, typeOf } from './column-kind.js';
import type { PlainRow } from './export-parquet.js';

const temporary = temporaryTables();
const pagesOf = (...pages: readonly PlainRow[][]): AsyncIterable<readonly PlainRow[]> => Readable.from(pages);
/** What another engine reads of the file, and its types. */
async function reread(...pages: readonly PlainRow[][]): Promise<{ rows: unknown; types: unknown }> {
  const path = join(temporary.root, 'out.parquet');
  const options = { first: ['timestamp'] };
  await pipeline(await temporary.tables.exportParquet(pagesOf(...pages), options), createWriteStream(path));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const all = await connection.runAndReadAll(`SELECT * FROM '${path}'`);
  const types = Object.fromEntries(all.columnNames().map((name, at) => [name, String(all.columnTypes()[at])]));
  connection.closeSync();
  return { rows: all.getRowObjectsJson(), types };
}

it('writes numbers, texts, truth values and lists as such, what is missing as missing, in the order of rows', async () => {
  const { rows, types } = await reread(
    [{ timestamp: 1, x: 1, name: '2020-01-01', on: true, q: [1, 2.5], m: [[1], []] }],
    [{ timestamp: 2.5, x: null, q: [], late: 'ü "quoted"\n' }],
  );
  expect(types).toEqual({
    timestamp: 'DOUBLE', x: 'DOUBLE', name: 'VARCHAR', on: 'BOOLEAN', q: 'DOUBLE[]', m: 'DOUBLE[][]', late: 'VARCHAR',
  }); // prettier-ignore
  expect(rows).toEqual([
    { timestamp: 1, x: 1, name: '2020-01-01', on: true, q: [1, 2.5], m: [[1], []], late: null },
    { timestamp: 2.5, x: null, name: null, on: null, q: [], m: null, late: 'ü "quoted"\n' },
  ]);
});

it('writes what is mixed or nested as its JSON, and columns with names of any kind', async () => {
  const { rows } = await reread([{ timestamp: 1, 'a"b.c': 1, v: 1 }], [{ timestamp: 2, 'a"b.c': 2, v: [{ w: 'x' }] }]);
  expect(rows).toEqual([
    { timestamp: 1, 'a"b.c': 1, v: '1' },
    { timestamp: 2, 'a"b.c': 2, v: '[{"w":"x"}]' },
  ]);
});

it('writes a file without rows, and more rows than one read takes', async () => {
  expect(await reread()).toEqual({ rows: [], types: { timestamp: 'DOUBLE' } });
  const many = Array.from({ length: 5000 }, (_none, timestamp) => ({ timestamp, even: timestamp % 2 === 0 }));
  const { rows } = await reread(many.slice(0, 2000), many.slice(2000));
  expect(rows).toEqual(many);
});

it('leaves no file behind: not when it is read, not when nobody reads, not when it is cancelled', async () => {
  const folder = join(temporary.root, 'engine');
  const before = await readdir(folder);
  (await temporary.tables.exportParquet(pagesOf([{ a: 1 }]))).destroy();
  const gone = { signal: AbortSignal.abort() };
  await expect(temporary.tables.exportParquet(pagesOf([{ a: 1 }]), gone)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(folder)).toEqual(before);
});

it.each([
  [[1, null], 'DOUBLE'],
  [[1, 'a'], 'JSON'],
  [[[], [1]], 'DOUBLE[]'],
  [[[1], ['a']], 'JSON'],
  [[[1], 1], 'JSON'],
  [[null, []], 'VARCHAR[]'],
  [[null], 'VARCHAR'],
  [[{}], 'JSON'],
])('values %j are %s', (values, type) => {
  expect(typeOf(values.map(kindOf).reduce(joinKinds, ''))).toBe(type);
});
