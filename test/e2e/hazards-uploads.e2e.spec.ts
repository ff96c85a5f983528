import { brotliCompressSync, gzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { abortAt, formBody, sendRaw } from './raw-upload.js';
import { WatchedHouse } from './watched-house.js';

const LIMIT_BYTES = 3_000_000;
const TYPE = { 'Content-Type': 'multipart/form-data; boundary=the-boundary' };

let millrace: RunningMillrace;
let house: WatchedHouse;
let api: Caller;
let dataset: number;
beforeAll(async () => {
  millrace = await startMillrace({
    backend: 'postgres',
    env: { MILLRACE_UPLOAD_BYTES: String(LIMIT_BYTES), MILLRACE_MAX_COLUMNS: '50' },
  });
  house = new WatchedHouse(millrace);
  api = new Caller(millrace.url);
  dataset = (await api.ok<{ id: number }>('POST', '/dataset/', { name: 'waits for a file' })).id;
});
afterAll(async () => {
  await (house as WatchedHouse | undefined)?.close();
  await (millrace as RunningMillrace | undefined)?.stop();
});
afterEach(() => house.isTidy());

const fields = () => ({ job_type: 'DatasetJob', kwargs: JSON.stringify({ dataset_id: dataset, params: {} }) });
const csv = (sizeBytes: number) => Buffer.from('a,b\n1,2\n'.padEnd(sizeBytes, '3,4\n'));
/** The row nobody filled is as it was, and nothing is in the list of jobs. */
async function nothingHappened(): Promise<void> {
  await house.isTidy();
  expect(await api.ok('GET', `/dataset/${dataset}`)).toMatchObject({ status: 0, file_path: '' });
  expect(await api.ok('GET', '/job/')).toEqual([]);
}

describe('a client that vanishes', () => {
  const body = formBody({ job_type: 'DatasetJob', kwargs: '{"dataset_id":1,"params":{}}' }, csv(2_000_000));
  it.each([0, 0.00001, 0.0001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999_99])(
    'at %d of an upload',
    async (fraction) => {
      for (const path of ['/job/', '/dataset/', '/dataset/preview_with_types'])
        await abortAt(millrace.url, path, body, fraction);
      await nothingHappened();
    },
  );

  it('ten times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, at) => abortAt(millrace.url, '/job/', body, at / 10)));
    await nothingHappened();
  });
});

describe('a body that is not what its head says', () => {
  const body = () => formBody(fields(), csv(1000));
  it.each<[string, () => Parameters<typeof sendRaw>[2], number, string]>([
    [
      'shorter than its Content-Length',
      () => ({ body: body(), headers: { ...TYPE, 'Content-Length': '999999' }, hangUp: true }),
      400,
      'request-malformed',
    ],
    [
      'longer than its Content-Length',
      () => ({ body: body(), headers: { ...TYPE, 'Content-Length': '300' } }),
      400,
      'request-malformed',
    ],
    [
      'a negative Content-Length',
      () => ({ body: body(), headers: { ...TYPE, 'Content-Length': '-5' } }),
      400,
      'request-malformed',
    ],
    [
      'a Content-Length of letters',
      () => ({ body: body(), headers: { ...TYPE, 'Content-Length': 'many' } }),
      400,
      'request-malformed',
    ],
    [
      'two lengths',
      () => ({ body: body(), headers: { ...TYPE, 'Content-Length': '10', 'Transfer-Encoding': 'chunked' } }),
      400,
      'request-malformed',
    ],
    [
      'no boundary',
      () => ({
        body: body(),
        headers: { 'Content-Type': 'multipart/form-data', 'Content-Length': String(body().length) },
      }),
      400,
      'upload-incomplete',
    ],
    [
      'another boundary',
      () => ({
        body: body(),
        headers: { 'Content-Type': 'multipart/form-data; boundary=other', 'Content-Length': String(body().length) },
      }),
      400,
      'upload-incomplete',
    ],
    ['no last boundary', () => ({ body: body().subarray(0, -20) }), 400, 'upload-incomplete'],
    ...(['gzip', 'br', 'zstd', 'deflate, gzip'] as const).map(
      (encoding): [string, () => Parameters<typeof sendRaw>[2], number, string] => [
        `compressed: ${encoding}`,
        () => {
          const packed = encoding === 'br' ? brotliCompressSync(body()) : gzipSync(body());
          return {
            body: packed,
            headers: { ...TYPE, 'Content-Encoding': encoding, 'Content-Length': String(packed.length) },
          };
        },
        415,
        'body-encoded',
      ],
    ),
    [
      'no type',
      () => ({ body: body(), headers: { 'Content-Length': String(body().length) } }),
      415,
      'media-type-unsupported',
    ],
    [
      'a type of its own',
      () => ({ body: body(), headers: { 'Content-Type': 'text/csv', 'Content-Length': String(body().length) } }),
      415,
      'media-type-unsupported',
    ],
  ])('%s', async (_, upload, status, code) => {
    const answer = await sendRaw(millrace.url, '/job/', upload());
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).toMatch(/^.{10,200}\. [A-Z].{5,200}\.$/);
    await nothingHappened();
  });
});

it('what a part says that it is counts for nothing: its bytes do', async () => {
  const parts = formBody({ ...fields(), params: '{}' }, csv(100))
    .toString()
    .replace('text/csv', 'image/png');
  const answer = await sendRaw(millrace.url, '/dataset/preview_with_types', { body: Buffer.from(parts) });
  expect(answer).toMatchObject({ status: 200, body: { preview_row_count: 24 } });
  await nothingHappened();
});

describe('limits of this server', () => {
  const form = (sizeBytes: number) => {
    const given = new FormData();
    for (const [name, value] of Object.entries({ ...fields(), params: '{}' })) given.set(name, value);
    given.set('file', new Blob([new Uint8Array(csv(sizeBytes))]), 'big.csv');
    return given;
  };

  it.each(['/job/', '/dataset/preview_with_types', '/dataset/'])(
    'a file past MILLRACE_UPLOAD_BYTES to %s',
    async (path) => {
      const answer = await api.call<object>('POST', path, form(LIMIT_BYTES + 1));
      expect(answer).toMatchObject({
        status: 413,
        body: {
          code: 'upload-too-large',
          values: { limitBytes: LIMIT_BYTES },
          detail: expect.stringMatching(/MILLRACE_UPLOAD_BYTES\.$/) as string,
        },
      });
      await nothingHappened();
    },
  );

  it('more columns than MILLRACE_MAX_COLUMNS', async () => {
    const id = await api.submit(
      'DatasetJob',
      { dataset_id: (await api.ok<{ id: number }>('POST', '/dataset/', { name: 'wide' })).id, params: {} },
      { name: 'wide.csv', content: new Blob([`${'c,'.repeat(50)}c\n${'1,'.repeat(50)}1\n`]) },
    );
    expect((await api.end(id)).error).toContain('51 columns; at most 50');
    await api.ok('DELETE', `/job/${id}`);
  });

  it('a file of exactly that size is taken', async () => {
    const { id } = await api.ok<{ id: string }>('POST', '/job/', form(LIMIT_BYTES));
    expect(await api.end(id)).toMatchObject({ status: 'finished' });
  });
});

describe('uploads of jobs that do not run to their end', () => {
  const content = new Blob([`a,b\n${'1,some words\n'.repeat(200_000)}`]);
  const newJob = async (name: string): Promise<{ row: number; job: string }> => {
    const { id: row } = await api.ok<{ id: number }>('POST', '/dataset/', { name });
    return { row, job: await api.submit('DatasetJob', { dataset_id: row, params: {} }, { name: 'a.csv', content }) };
  };

  it.each([0, 20, 60, 150])('cancelled after %d ms, file, half-made table and row are gone', async (pauseMs) => {
    const { row, job } = await newJob(`cancelled after ${pauseMs}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    await api.ok('DELETE', `/job/${job}`);
    await house.isTidy();
    expect([404, 200]).toContain((await api.call('GET', `/dataset/${row}`)).status);
  });

  it('deleted with their data sets', async () => {
    const made = await Promise.all(['one', 'two', 'three'].map(newJob));
    for (const { row } of made) expect((await api.call('DELETE', `/dataset/${row}`)).status).toBe(204);
    await house.isTidy();
  });

  it('all cancelled at once', async () => {
    await Promise.all(['four', 'five', 'six', 'seven'].map(newJob));
    await api.ok('DELETE', '/job/all');
    await house.isTidy();
  });
});
