import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';

import { afterEach, describe, expect, it } from 'vitest';

import { datasetRoutes, type ErrorCode } from '#contract';

import { SMALL_ROWS, sheetXml, workbookParts, zip } from '../../../../test/hazards/packed-workbook.js';
import { overlappingZip, zipBytes } from '../../../../test/hazards/zip-bytes.js';
import { apiHouse, formOf, told } from '../api.fixture.js';
import { houseWorker, minutesPass } from '../worker.fixture.js';

const house = apiHouse({
  env: { MILLRACE_MAX_COLUMNS: '50', MILLRACE_MAX_ROWS: '1', MILLRACE_UPLOAD_BYTES: '18000000' },
});
const worker = houseWorker(house);

const { previewWithTypes, validateTypeChanges, loadPreview, inferDatatypes } = datasetRoutes;
const FETCHED = '/dataset-source/OpenMLDatasetSource/61/preview';
/** Every route that looks at a file, and the words it puts before what is wrong. */
const ROUTES = [
  [previewWithTypes.path, 'Failed to load preview with types: '],
  [validateTypeChanges.path, 'Failed to validate type changes: '],
  [loadPreview.path, ''],
  [inferDatatypes.path, ''],
] as const;

interface BadFile {
  readonly code: ErrorCode;
  readonly content?: Buffer | string;
  readonly filename?: string;
  readonly params?: object | string;
  /** What the sentence must name. */
  readonly says: string;
}
const MB = 2 ** 20;
const csv = Buffer.from('a,b\n1,2\n');
const csvZip = (entry: Partial<Parameters<typeof zipBytes>[0][number]>) => ({
  content: zipBytes([{ name: 'a.csv', content: csv, ...entry }]),
  filename: 'a.zip',
});
const json = (content: string, dataKey = '') => ({
  content,
  filename: 'a.json',
  params: { dataloader: 'JSONDataLoader', data_key: dataKey },
});
const workbook = async (params: object) => ({
  content: await zip(workbookParts(sheetXml(SMALL_ROWS))),
  filename: 'a.xlsx',
  params: { dataloader: 'ExcelDataLoader', ...params },
});
const ofTables = (name: string) => readFile(join('libs/tables/test/fixtures', name));
/** Zstandard comes with later releases of Node.js, which read what these refuse. */
const isZstdRead = 'zstdDecompressSync' in zlib;

const files = async (): Promise<readonly BadFile[]> => [
  { code: 'component-not-registered', params: { dataloader: 'NoLoader' }, says: 'NoLoader' },
  { code: 'component-not-registered', params: { dataloader: 'LinearRegression' }, says: 'LinearRegression' },
  { code: 'parameters-invalid', params: { decimal: ',', thousands: ',' }, says: 'thousands' },
  { code: 'job-kwargs-invalid', params: '{"separator":', says: 'params' },
  { code: 'job-kwargs-invalid', params: '[1]', says: 'params' },
  { code: 'file-empty', content: '', says: 'is empty' },
  { code: 'file-not-tabular', content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), says: 'PNG' },
  { code: 'file-encoding-wrong', content: Buffer.from('a,b\n1,caf\xe9\n', 'latin1'), says: 'line 2' },
  { code: 'file-ragged', content: 'a,b\n1,2\n3\n', says: 'Line 3 has 1 cells' },
  { code: 'quote-unclosed', content: 'a,b\n1,"x\n3,4\n', says: 'line 2' },
  { code: 'row-too-large', content: Buffer.alloc(16 * MB + 1, 'x'), says: 'line 1' },
  { code: 'column-names-wrong', params: { names: 'x,y,z' }, says: '3 column names' },
  { code: 'too-many-columns', content: `${'n,'.repeat(50)}n\n${'1,'.repeat(50)}1\n`, says: '51' },
  { code: 'no-rows', params: { header: '9' }, says: 'No rows' },
  { code: 'file-damaged', content: overlappingZip(csv, ['a.csv', 'b.csv']), filename: 'a.zip', says: 'ZIP' },
  { code: 'file-encrypted', ...csvZip({ flags: 1 }), says: 'ZIP' },
  { code: 'archive-name-refused', ...csvZip({ name: '../a.csv' }), says: '../a.csv' },
  { code: 'archive-too-large', ...csvZip({ claimedSize: 257 * MB }), says: '268435456 bytes' },
  { code: 'archive-without-file', ...csvZip({ name: 'a.exe' }), says: '.csv' },
  {
    code: 'archive-too-many-files',
    content: overlappingZip(
      csv,
      Array.from({ length: 10_001 }, (_, at) => `${at}.csv`),
    ),
    filename: 'a.zip',
    says: '10000 files',
  },
  {
    code: 'format-too-large',
    content: zipBytes([{ name: 'a.png', content: csv, claimedSize: 65 * MB }]),
    filename: 'a.zip',
    params: { dataloader: 'ImageDataLoader' },
    says: 'Image',
  },
  { code: 'no-rows', ...json('[]'), says: 'No rows' },
  { code: 'record-wrong', ...json('[{"a":1},2]'), says: 'Record 2' },
  { code: 'records-not-found', ...json('{"x":[]}', 'deep.down'), says: 'deep.down' },
  { code: 'sheet-not-found', ...(await workbook({ sheet: 'Nowhere' })), says: 'Nowhere' },
  {
    code: 'line-wrong',
    content: '@relation r\n@attribute a numeric\nnonsense\n',
    filename: 'a.arff',
    params: { dataloader: 'ARFFDataLoader' },
    says: 'Line 3',
  },
  {
    code: 'table-too-large',
    content: await ofTables('table.parquet'),
    filename: 'a.parquet',
    params: { dataloader: 'ParquetDataLoader' },
    says: '1 rows',
  },
  ...(isZstdRead
    ? []
    : [
        {
          code: 'compression-unsupported' as const,
          content: await ofTables('zstd.feather'),
          filename: 'a.feather',
          params: { dataloader: 'ArrowDataLoader' },
          says: 'ZSTD',
        },
      ]),
];

type Given = Pick<BadFile, 'content' | 'filename' | 'params'>;
const bytesOf = ({ content = csv }: Given): Buffer => Buffer.from(content);
const settingsOf = ({ params = {} }: Given) =>
  typeof params === 'string' ? params : JSON.stringify({ dataloader: 'CSVDataLoader', ...params });
const asForm = (file: Given): FormData =>
  formOf({ params: settingsOf(file) }, new Blob([new Uint8Array(bytesOf(file))]), file.filename ?? 'a.csv');
interface Refusal {
  readonly code: string;
  readonly detail: string;
}
const ask = (path: string, body: object) => told<Refusal>(house, 'POST', `/api/v1${path}`, body);

/** The same file, fetched from a hub; its own bytes stay there whatever is said of them. */
async function askFetched(file: Given) {
  const newFile = { source_name: 'OpenMLDatasetSource', dataset_id: randomUUID(), name: 'fetched' };
  const { id } = (await told<{ id: number }>(house, 'POST', '/api/v1/datafile/', newFile)).body;
  const key = `datafiles/${id}/0`;
  await house.ports.storage.write(key, Readable.from([bytesOf(file)]));
  const entry = { name: file.filename ?? 'a.csv', key, sizeBytes: bytesOf(file).length };
  await house.ports.db.query(`UPDATE datafile SET status = 'ready', files = $2 WHERE id = $1`, [id, JSON.stringify([entry])]); // prettier-ignore
  const { dataloader, ...params } = JSON.parse(settingsOf(file)) as Record<string, unknown>;
  const answer = await ask(FETCHED, { dataloader, params, datafile_id: id });
  expect((await readFile(await house.ports.storage.materialise(key))).equals(bytesOf(file))).toBe(true);
  return answer;
}
/** Two sentences: what is wrong, and what to do. */
const SENTENCES = /^(?!.*(?:undefined|NaN|\{\{|\/tmp))[^\n]{10,300}[.:] [A-Z][^\n]{5,200}\.$/;

/** Files that were sent or unpacked, and what lists show of the jobs that looked at them. */
afterEach(async () => {
  await worker.settled();
  const names = await readdir(house.ports.config.dataDir, { recursive: true });
  expect(names.filter((name) => /(?:uploads|tables)\/.|unpacked-/.test(name))).toEqual([]);
  expect((await told(house, 'GET', '/api/v1/job/')).body).toEqual([]);
  expect((await told(house, 'GET', '/api/v1/dataset/')).body).toEqual([]);
});

describe('a file that cannot be read is refused by every route that looks at one', async () => {
  it.each((await files()).map((file) => [file.code, file.says, file] as const))('%s: %s', async (_, says, file) => {
    const form = asForm(file);
    const answers = await Promise.all(ROUTES.map(async ([path, opening]) => ({ opening, ...(await ask(path, form)) })));
    // Settings that are no object cannot be sent with a fetched file.
    if (typeof file.params !== 'string') answers.push({ opening: '', ...(await askFetched(file)) });
    for (const { status, body, opening } of answers) {
      expect({ status, code: body.code }).toEqual({ status: 422, code: file.code });
      expect(body.detail.startsWith(opening)).toBe(true);
      expect(body.detail.slice(opening.length)).toMatch(SENTENCES);
      expect(body.detail).toContain(says);
    }
  });

  it('a form without a file', async () => {
    for (const [path, opening] of ROUTES)
      expect(await ask(path, formOf({ params: '{}' }))).toMatchObject({
        status: 422,
        body: { code: 'file-missing', detail: `${opening}No file was sent. Attach it as the form field "file".` },
      });
  });
});

it('while no worker answers, the same routes say so in time and leave nothing', async () => {
  worker.rest();
  minutesPass();
  const answers = await Promise.all([...ROUTES.map(([path]) => ask(path, asForm({}))), askFetched({})]);
  for (const { status, body } of answers) {
    expect(body).toMatchObject({ code: 'unavailable', values: { service: 'worker' } });
    expect({ status, detail: body.detail }).toEqual({
      status: 503,
      detail: expect.stringMatching(SENTENCES) as string,
    });
  }
  const waiting = `SELECT type FROM job WHERE state IN ('not_started', 'started')`;
  expect(await house.ports.db.query(waiting)).toEqual([]);
});
