import { deflateRawSync, gzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { makeDocumentHazards } from '../hazards/make-document-hazards.js';
import { type Hazard, makeHazards } from '../hazards/make-hazards.js';
import { Caller, SENTENCE } from './caller.js';
import { WatchedHouse } from './watched-house.js';

const MB = 1e6;

let millrace: RunningMillrace;
let house: WatchedHouse;
let api: Caller;
let children: number[];
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  house = new WatchedHouse(millrace);
  api = new Caller(millrace.url);
  await api.dataset('the first', 'a,b\n1,2\n');
  children = await house.children();
});
afterAll(async () => {
  await (house as WatchedHouse | undefined)?.close();
  await (millrace as RunningMillrace | undefined)?.stop();
});
afterEach(async () => {
  await house.isTidy();
  expect(await house.children()).toEqual(children);
});

interface Ended {
  readonly datasetId: number;
  readonly status: string;
  readonly error: string | null;
  readonly code: string | undefined;
  readonly values: object | undefined;
}
let count = 0;
/** A file through the real client's three steps, to its end. */
async function load(content: Blob, params: object = {}, filename = 'data.csv'): Promise<Ended> {
  const { id: datasetId } = await api.ok<{ id: number }>('POST', '/dataset/', { name: `hazard ${++count}` });
  const kwargs = { dataset_id: datasetId, params: { dataloader: 'CSVDataLoader', separator: 'auto', ...params } };
  const jobId = await api.submit('DatasetJob', kwargs, { name: filename, content });
  const { status, error } = await api.end(jobId, 200_000);
  const problem = await house.problemOf(jobId);
  return { datasetId, status, error, code: problem?.code, values: problem?.values };
}
async function preview(content: Blob, params: object = {}, filename = 'data.csv') {
  const form = new FormData();
  form.set('params', JSON.stringify({ dataloader: 'CSVDataLoader', separator: 'auto', ...params }));
  form.set('file', content, filename);
  return api.call<{ code?: string; detail?: unknown; sample?: object[] }>('POST', '/dataset/preview_with_types', form);
}
async function firstRow(datasetId: number): Promise<{ row: object; columns: string[] }> {
  const types = await api.ok<object>('GET', `/dataset/${datasetId}/types`);
  const { file_path: path } = await api.ok<{ file_path: string }>('GET', `/dataset/${datasetId}`);
  const page = await api.ok<{ rows: object[] }>('GET', `/dataset/file/?path=${path}&page=0&page_size=1`);
  return { row: page.rows[0]!, columns: Object.keys(types) };
}

async function meet({ bytes, plan = {}, expected }: Omit<Hazard, 'name'>, filename?: string): Promise<void> {
  const content = new Blob([new Uint8Array(bytes)]);
  const [looked, ended] = [await preview(content, plan, filename), await load(content, plan, filename)];
  if ('error' in expected) {
    expect(ended).toMatchObject({ status: 'error', code: expected.error, values: expected.values ?? {} });
    expect(ended.error).toMatch(SENTENCE);
    expect([200, 422]).toContain(looked.status);
    if (looked.status === 422)
      expect(looked.body).toMatchObject({
        code: expected.error,
        detail: `Failed to load preview with types: ${ended.error}`,
      });
    expect(await api.ok('GET', `/dataset/${ended.datasetId}`)).toMatchObject({ status: 4, file_path: '' });
    return;
  }
  expect(ended).toMatchObject({ status: 'finished', error: null });
  expect(await api.ok('GET', `/dataset/${ended.datasetId}`)).toMatchObject({ status: 3, total_rows: expected.rows });
  const { row, columns } = await firstRow(ended.datasetId);
  if (expected.columns) expect(columns.sort()).toEqual([...expected.columns].sort());
  if (expected.first) expect(row).toMatchObject(expected.first);
  expect(looked.body.sample?.[0]).toEqual(row);
}

describe('every hazard of the corpus ends as it should', () => {
  it.each(makeHazards().map((hazard) => [hazard.name, hazard] as const))('%s', (_, hazard) => meet(hazard), 300_000);
});

describe('hazards of other formats, each kind of ending', async () => {
  const all = await makeDocumentHazards();
  it.each([
    ['ZIP: entries that share their bytes', 'CSVDataLoader', 'a.zip'],
    ['ZIP: Zip64', 'CSVDataLoader', 'a.zip'],
    ['XLSX: a password', 'ExcelDataLoader', 'a.xlsx'],
    ['XLSX: an entity that reads a file', 'ExcelDataLoader', 'a.xlsx'],
    ['JSON: half a character', 'JSONDataLoader', 'a.json'],
    ['JSON: a depth of 100,000 on a line', 'JSONDataLoader', 'a.json'],
  ])('%s', (name, dataloader, filename) => {
    const { bytes, expected } = all.find((hazard) => hazard.name === name)!;
    return meet({ bytes, expected, plan: { dataloader } }, filename);
  });
});

/** A ZIP of one file of zeros, a thousand times larger than itself; it has no directory, which unpackers that stream do not miss. */
function zipBomb(): Buffer {
  const name = Buffer.from('zeros.csv');
  const packed = deflateRawSync(Buffer.alloc(200 * MB));
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(200 * MB, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, packed]);
}
const wide = (columns: number) =>
  Buffer.from(`${Array.from({ length: columns }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(columns - 1)}1\n`);
const utf8 = (text: string) => Buffer.from(text, 'utf8');

describe('more files', () => {
  const bomb = zipBomb();
  it.each<[string, Omit<Hazard, 'name'>, string?]>([
    ['a zip bomb', { bytes: bomb, expected: { error: 'file-damaged', values: { format: 'ZIP' } } }, 'b.zip'],
    [
      'a zip bomb named csv',
      { bytes: bomb, expected: { error: 'file-not-tabular', values: { reason: 'ZIP / XLSX' } } },
    ],
    [
      'a gzip bomb named csv',
      { bytes: gzipSync(Buffer.alloc(100 * MB)), expected: { error: 'file-not-tabular', values: { reason: 'GZIP' } } },
    ],
    [
      'one column too many',
      { bytes: wide(20_001), expected: { error: 'too-many-columns', values: { count: 20_001, limit: 20_000 } } },
    ],
    ['zeros alone', { bytes: Buffer.alloc(1000), expected: { error: 'file-not-tabular', values: { reason: 'NUL' } } }],
    [
      'Latin-1 by name',
      {
        bytes: Buffer.from('a,b\n1,café\n', 'latin1'),
        plan: { encoding: 'latin1' },
        expected: { rows: 1, first: { b: 'café' } },
      },
    ],
    [
      'leading zeros with a type asked for',
      {
        bytes: utf8('id,b\n007,1\n012,2\n'),
        plan: { inferred_types: { id: { type: 'Text', dtype: 'string' } } },
        expected: { rows: 2, first: { id: '007' } },
      },
    ],
    [
      'decimal comma by choice',
      {
        bytes: utf8('a;b\n1,5;x\n2;y\n'),
        plan: { separator: ';', decimal: ',', thousands: '.' },
        expected: { rows: 2, first: { a: 1.5 } },
      },
    ],
    [
      'what looks grouped but is a fraction',
      {
        bytes: utf8('a;b\n1,234;x\n'),
        plan: { separator: ';', decimal: ',' },
        expected: { rows: 1, first: { a: 1.234 } },
      },
    ],
    [
      'what looks like a fraction but is grouped',
      {
        bytes: utf8('a;b\n1.234;x\n5.678;y\n'),
        plan: { separator: ';', thousands: '.', decimal: ',' },
        expected: { rows: 2, first: { a: 1234 } },
      },
    ],
    [
      'thousands parted by a space',
      {
        bytes: utf8('a;b\n1 234 567;x\n'),
        plan: { separator: ';', thousands: 'space' },
        expected: { rows: 1, first: { a: 1_234_567 } },
      },
    ],
    [
      'bad lines left out',
      {
        bytes: utf8('a,b\n1,2\n3\n4,5,6\n7,8\n'),
        plan: { on_bad_lines: 'skip' },
        expected: { rows: 2, first: { a: 1, b: 2 } },
      },
    ],
    [
      'nothing but bad lines left out',
      { bytes: utf8('a,b\n3\n4,5,6\n'), plan: { on_bad_lines: 'skip' }, expected: { error: 'no-rows' } },
    ],
    [
      'one sign for two things',
      {
        bytes: utf8('a;b\n1;2\n'),
        plan: { decimal: ',', thousands: ',' },
        expected: { error: 'parameters-invalid', values: { parameter: 'thousands', reason: 'thousands = decimal' } },
      },
    ],
    [
      'an unknown loader',
      {
        bytes: utf8('a,b\n1,2\n'),
        plan: { dataloader: 'NoLoader' },
        expected: { error: 'component-not-registered', values: { name: 'NoLoader' } },
      },
    ],
    [
      'a header line that is not there',
      { bytes: utf8('a,b\n1,2\n'), plan: { header: '9' }, expected: { error: 'no-rows' } },
    ],
  ])('%s', (_, hazard, filename) => meet(hazard, filename));
});

describe('names of files', () => {
  it.each([
    ['a way out', '../../x.csv', 'x'],
    ['backslashes', String.raw`..\..\y.csv`, 'y'],
    ['a device', 'CON', 'CON'],
    ['a device with an ending', 'con.csv', 'con'],
    ['a trailing dot', 'dot.', 'dot'],
    ['a right-to-left override', 'gpj\u202efdp.csv', 'gpjfdp'],
    ['a line end', 'line\nend.csv', expect.stringMatching(/^line.{0,3}end$/)],
    ['4 kB', `${'long'.repeat(1024)}.csv`, expect.stringMatching(/^(long|ong|ng|g)[long]{1,254}$/)],
    ['an emoji', '🚀.csv', '🚀'],
    ['markup', '<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>'],
  ])('%s', async (_, filename, name) => {
    const form = new FormData();
    form.set('file', new Blob(['a,b\n1,2\n']), filename);
    const made = await api.ok<{ id: number; name: string }>('POST', '/dataset/', form);
    expect(made.name).toEqual(name);
    await house.isTidy();
    expect(await api.ok('GET', `/dataset/${made.id}`)).toMatchObject({ status: 3, total_rows: 1 });
  });
});

describe('memory', () => {
  const mebibyte = new Uint8Array(2 ** 20).fill(0x78);
  const cell = new Blob(['a,b\n1,"', ...Array<Uint8Array<ArrayBuffer>>(100).fill(mebibyte), '"\n2,y\n']);
  const open = new Blob(['a,b\n', ...Array<string>(10).fill('1,some words\n'.repeat(400_000)), '1,"open\n']);

  it('a cell of 100 MB, and 50 MB that end in an open quote, cost the API little', async () => {
    const grown = await house.growth(async () => {
      expect(await load(cell)).toMatchObject({ code: 'row-too-large', values: { line: 2, limitBytes: 2 ** 24 } });
      expect(await load(open)).toMatchObject({ code: 'quote-unclosed', values: { line: 4_000_002 } });
    });
    expect(grown.apiBytes).toBeLessThan(120 * MB);
    expect(grown.childrenBytes).toBeLessThan(700 * MB);
  });

  it('ten of the worst at once', async () => {
    const columns = new Blob([new Uint8Array(wide(100_000))]);
    const thousands = new Blob([new Uint8Array(wide(5000))]);
    const grown = await house.growth(async () => {
      const worst = [
        cell,
        open,
        columns,
        thousands,
        cell,
        new Blob([new Uint8Array(zipBomb())]),
        open,
        columns,
        cell,
        cell,
      ];
      const ends = await Promise.all(worst.map((content) => load(content)));
      const [huge, quote, wideOne, fine, zip] = [
        'row-too-large',
        'quote-unclosed',
        'too-many-columns',
        undefined,
        'file-not-tabular',
      ];
      expect(ends.map(({ code }) => code)).toEqual([huge, quote, wideOne, fine, huge, zip, quote, wideOne, huge, huge]);
    });
    expect(grown.apiBytes).toBeLessThan(120 * MB);
    expect(grown.childrenBytes).toBeLessThan(700 * MB);
  });
});
