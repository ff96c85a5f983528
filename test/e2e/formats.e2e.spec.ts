import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
let millrace: RunningMillrace;
let api: Caller;
let files: Server;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', env: { MILLRACE_ALLOW_PRIVATE_URLS: 'on' } });
  api = new Caller(millrace.url);
  files = createServer((request, response) => {
    if (request.url === '/data.json') response.end('{"data":[{"a":1,"b":"x"},{"a":2,"b":"y"}]}');
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
});
afterAll(async () => {
  files.close();
  await (millrace as RunningMillrace | undefined)?.stop();
});

const form = (name: string, bytes: Buffer, params: object): FormData => {
  const body = new FormData();
  body.set('params', JSON.stringify(params));
  body.set('file', new Blob([new Uint8Array(bytes)]), name);
  return body;
};
const until = async (id: number): Promise<{ status: number; file_path: string; total_rows: number }> => {
  for (;;) {
    const row = await api.ok<{ status: number; file_path: string; total_rows: number }>('GET', `/dataset/${id}`);
    if (row.status >= 3) return row;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
const url = (path: string): string => `http://127.0.0.1:${(files.address() as AddressInfo).port}${path}`;

it('a workbook is previewed and becomes a data set', async () => {
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['a', 'b'],
      [1, 'x'],
      [2.5, 'y'],
    ]),
    'Data',
  );
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  const params = { dataloader: 'ExcelDataLoader', dataloader_name: 'ExcelDataLoader', sheet: 'Data' };
  const preview = form('data.xlsx', bytes, params);
  const seen = await fetch(`${api.url}/api/v1/dataset/preview_with_types`, { method: 'POST', body: preview });
  expect(await seen.json()).toMatchObject({
    sample: [
      { a: 1, b: 'x' },
      { a: 2.5, b: 'y' },
    ],
    preview_row_count: 2,
  });
  const made = await fetch(`${api.url}/api/v1/dataset/`, { method: 'POST', body: form('data.xlsx', bytes, params) });
  const { id } = (await made.json()) as { id: number };
  expect(await until(id)).toMatchObject({ status: 3, total_rows: 2 });
});

it('a data set is fetched from a URL, or says why not', async () => {
  const job = async (name: string, path: string) => {
    const { id } = await api.ok<{ id: number }>('POST', '/dataset/', { name });
    const body = new FormData();
    const params = { dataloader: 'JSONDataLoader', name };
    body.set('job_type', 'DatasetJob');
    body.set('kwargs', JSON.stringify({ dataset_id: id, notebook_id: null, url: url(path), params }));
    const answer = await fetch(`${api.url}/api/v1/job/`, { method: 'POST', body });
    expect(answer.status).toBe(201);
    return { row: await until(id), job: ((await answer.json()) as { id: string }).id };
  };
  expect((await job('from url', '/data.json')).row).toMatchObject({ status: 3, total_rows: 2 });
  const failed = await job('from nowhere', '/none');
  expect(failed.row.status).toBe(4);
  expect((await api.call('GET', `/job/status/${failed.job}`)).body).toMatchObject({ status: 'error' });
});

it('an archive of pictures is shown, served and packed again', async () => {
  const zip = new ZipFile();
  const pixel = Buffer.from(PIXEL, 'base64');
  for (const name of ['cat/1.png', 'dog/1.png']) zip.addBuffer(pixel, name);
  zip.end();
  const body = form('pets.zip', await buffer(zip.outputStream), { dataloader: 'ImageDataLoader' });
  const made = await fetch(`${api.url}/api/v1/dataset/`, { method: 'POST', body });
  const { id } = (await made.json()) as { id: number };
  const { status, file_path: path } = await until(id);
  expect(status).toBe(3);
  const page = await api.ok<{ rows: { image: string; label: string }[] }>('GET', `/dataset/filter/?path=${path}`);
  expect(page.rows.map(({ label }) => label)).toEqual(['cat', 'dog']);
  expect(page.rows[0]!.image).toMatch(/^data:image\/png;base64,/);
  const image = await fetch(`${api.url}/api/v1/dataset/file/image?path=${path}&row=1`);
  expect(image.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await image.arrayBuffer())).toEqual(pixel);
  expect((await fetch(`${api.url}/api/v1/dataset/file/image?path=${path}&row=2`)).status).toBe(404);
  for (const [address, name] of [
    [`${id}/export/csv`, 'pets.zip'],
    [`export/csv?path=${path}`, '.zip'],
  ] as const) {
    const packed = await fetch(`${api.url}/api/v1/dataset/${address}`);
    expect([packed.status, packed.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(packed.headers.get('content-disposition')).toContain(name);
    const bytes = Buffer.from(await packed.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    for (const entry of ['cat/1.png', 'dog/1.png']) expect(bytes.includes(entry)).toBe(true);
  }
});
