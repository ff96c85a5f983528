import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';

import { call, info, newHash, ok, origin, refused, Transport } from './client.js';

interface Presigned {
  readonly upload_url: string;
  readonly s3_key: string;
  readonly headers: null;
}
const presign = (run_id: string, artifact_path: string, content_type?: string): Promise<Presigned> =>
  ok('POST', '/artifacts/presign', { json: { run_id, artifact_path, ...(content_type ? { content_type } : {}) } });

/** What the client does with an upload URL. */
const put = (
  url: string,
  bytes: Uint8Array<ArrayBuffer> | string,
  type = 'application/octet-stream',
): Promise<Response> =>
  fetch(url, { method: 'PUT', headers: { 'content-type': type, 'user-agent': 'python-httpx/0.28.1' }, body: bytes });

async function upload(
  run: Transport,
  path: string,
  bytes: Uint8Array<ArrayBuffer> | string,
  type?: string,
): Promise<void> {
  const { upload_url: url, s3_key: key } = await presign(run.hash, path, type);
  expect((await put(url, bytes, type)).status).toBe(200);
  await run.must({
    type: 'blob_ref',
    s3_key: key,
    artifact_path: path,
    content_type: type ?? 'application/octet-stream',
  });
}
const download = async (hash: string, path: string): Promise<Response> =>
  fetch(`${origin()}/api/v1/rest/runs/${hash}/artifacts/download/?path=${encodeURIComponent(path)}`);

/** Names and texts of an archive. */
function unzip(bytes: Buffer): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      const files: Record<string, string> = {};
      zip.on('entry', (entry: { fileName: string }) => {
        zip.openReadStream(entry as never, (failed, stream) => {
          if (failed) {
            reject(failed);
            return;
          }
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => {
            files[entry.fileName] = Buffer.concat(parts).toString('utf8');
            zip.readEntry();
          });
        });
      });
      zip.on('end', () => resolve(files));
      zip.readEntry();
    });
  });
}

describe('artifacts', () => {
  it('are presigned, uploaded, announced, listed and downloaded, whatever their type', async () => {
    const run = await Transport.create();
    const presigned = await presign(run.hash, 'models/best.json', 'application/json');
    expect(presigned).toEqual({
      upload_url: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/rest\/artifacts\/upload\?token=[\w.-]+$/,
      ) as string,
      s3_key: `${run.hash}/models/best.json`,
      headers: null,
    });
    const bytes = Buffer.from('{"not": "parsed"');
    const stored = await put(presigned.upload_url, bytes, 'application/json');
    expect([stored.status, await stored.json()]).toEqual([
      200,
      { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length },
    ]);
    await run.must({ type: 'blob_ref', s3_key: presigned.s3_key, artifact_path: 'models/best.json' });
    await upload(run, 'rows.csv', 'a,b\n', 'text/csv');
    await upload(run, 'empty', '');
    const form = 'multipart/form-data; boundary=x';
    await upload(run, 'odd/form', 'no form', form);
    const large = Buffer.alloc(9 * 1024 * 1024, 'x');
    await upload(run, 'large.bin', large);
    expect((await info(run.hash)).artifacts.map(({ name, path }) => [name, path])).toEqual([
      ['empty', 'empty'],
      ['large.bin', 'large.bin'],
      ['best.json', 'models/best.json'],
      ['form', 'odd/form'],
      ['rows.csv', 'rows.csv'],
    ]);
    const got = await download(run.hash, 'models/best.json');
    expect([got.status, got.headers.get('content-type'), await got.text()]).toEqual([
      200,
      'application/json',
      bytes.toString(),
    ]);
    expect(got.headers.get('content-disposition')).toMatch(/^attachment; filename="best\.json"/);
    expect(await (await download(run.hash, './rows.csv')).text()).toBe('a,b\n');
    expect(Buffer.from(await (await download(run.hash, 'large.bin')).arrayBuffer()).equals(large)).toBe(true);
    await run.close();
  });

  it('are downloaded together as one archive; media are not among them', async () => {
    const run = await Transport.create();
    await upload(run, 'a.txt', 'one');
    await upload(run, 'b/c.txt', 'two');
    await upload(run, 'b/C:\\d.txt', 'three');
    await upload(run, 'seq/loss/0.png', 'media', 'image/png');
    await run.must({ type: 'blob_ref', artifact_path: 'never-came', s3_key: 'x' });
    const answer = await fetch(`${origin()}/api/v1/rest/runs/${run.hash}/artifacts/download-all/`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(answer.headers.get('content-disposition')).toContain(`${run.hash}-artifacts.zip`);
    expect(await unzip(Buffer.from(await answer.arrayBuffer()))).toEqual({
      'a.txt': 'one',
      'b/c.txt': 'two',
      'b/C:/d.txt': 'three',
    });
    await run.close();
  });

  it('whose bytes never come are listed, and say so', async () => {
    const run = await Transport.create();
    await run.must({ type: 'blob_ref', artifact_path: 'lost.bin', s3_key: `${run.hash}/lost.bin` });
    expect((await info(run.hash)).artifacts.map(({ path }) => path)).toEqual(['lost.bin']);
    const answer = await call('GET', `/runs/${run.hash}/artifacts/download/?path=lost.bin`);
    expect([answer.status, answer.body]).toEqual([404, refused('not_found', /never arrived/)]);
    expect((await call('GET', `/runs/${run.hash}/artifacts/download-all/`)).status).toBe(404);
    const { upload_url: url } = await presign(run.hash, 'lost.bin');
    expect((await put(url, 'found')).status).toBe(200);
    expect(await (await download(run.hash, 'lost.bin')).text()).toBe('found');
    await run.close();
  });

  it('a second upload takes the place of the first; bytes may come before the run', async () => {
    const hash = newHash();
    for (const text of ['first', 'second'])
      expect((await put((await presign(hash, 'x')).upload_url, text)).status).toBe(200);
    expect(await (await download(hash, 'x')).text()).toBe('second');
    expect((await info(hash)).artifacts).toHaveLength(1);
  });

  it('objects come inline or by key, in either order', async () => {
    const run = await Transport.create();
    const image = { type: 'image', format: 'PNG', caption: 'c', width: 1, height: 1 };
    const object = (value: object, step: number) => ({
      type: 'log_custom_object',
      name: 'i',
      value,
      step,
      dtype: 'image',
    });
    await run.must(object({ ...image, s3_key: `${run.hash}/seq/i/0.png` }, 0));
    await upload(run, 'seq/i/0.png', 'bytes', 'image/png');
    await run.must(object({ ...image, data: Buffer.from('inline').toString('base64') }, 1));
    await run.must({ ...object(image, 2), value: [image, image], step: 2 });
    expect(await run.send(object({ ...image, data: 'not base64!' }, 3))).toMatchObject({ status: 'error' });
    const figure = { type: 'figure', data: { data: [{ x: Array.from({ length: 80_000 }, (_none, n) => n) }] } };
    await run.must({ type: 'log_custom_object', name: 'f', value: figure, step: 0, dtype: 'figure' });
    expect((await info(run.hash)).traces).toMatchObject({ images: [{ name: 'i' }], figures: [{ name: 'f' }] });
    expect((await info(run.hash)).artifacts).toEqual([]);
    await run.close();
  });

  it('refuse paths that lead elsewhere, changed URLs, other types and too late', async () => {
    const run = await Transport.create();
    for (const artifact_path of ['../x', 'a/../../x', '..', '/', './', 'a\u0000', 'x'.repeat(300), '\\..\\x']) {
      const answer = await call('POST', '/artifacts/presign', { json: { run_id: run.hash, artifact_path } });
      expect([artifact_path, answer.status, answer.body]).toEqual([artifact_path, 422, refused('validation_error')]);
    }
    for (const json of [
      {},
      { run_id: 'a/b', artifact_path: 'x' },
      { run_id: run.hash, artifact_path: '' },
      { run_id: run.hash, artifact_path: 'x', content_type: 'a\nb' },
    ]) {
      expect((await call('POST', '/artifacts/presign', { json })).status).toBe(422);
    }
    const { upload_url: url } = await presign(run.hash, 'a//b/./c', 'text/plain');
    expect((await presign(run.hash, 'a//b/./c')).s3_key).toBe(`${run.hash}/a/b/c`);
    const other = url.replace(/(.)$/, (last) => (last === 'A' ? 'B' : 'A'));
    const forged = url.replace(/token=(\d+)\./, 'token=999999.');
    for (const bad of [other, forged, url.replace(/token=.*/, 'token=x'), url.replace(/token=.*/, 'token=1.e30.x')]) {
      const answer = await put(bad, 'x', 'text/plain');
      expect([answer.status, await answer.json()]).toEqual([403, refused('forbidden', /Ask for a new one/)]);
    }
    expect((await fetch(url.replace(/\?.*/, ''), { method: 'PUT', body: 'x' })).status).toBe(422);
    const typed = await put(url, 'x', 'text/html');
    expect([typed.status, await typed.json()]).toEqual([415, refused('bad_request', /text\/plain/)]);
    await ok('DELETE', `/runs/${run.hash}/`);
    const gone = await put(url, 'x', 'text/plain');
    expect([gone.status, await gone.json()]).toEqual([410, refused('bad_request', /deleted/)]);
    expect((await call('POST', '/artifacts/presign', { json: { run_id: run.hash, artifact_path: 'x' } })).status).toBe(
      410,
    );
    const none = newHash();
    for (const path of [`/runs/${none}/artifacts/download/?path=x`, `/runs/${none}/artifacts/download-all/`]) {
      expect((await call('GET', path)).status).toBe(404);
    }
    const again = await Transport.create();
    expect((await call('GET', `/runs/${again.hash}/artifacts/download/?path=nothing`)).body).toEqual(
      refused('not_found', /nothing/),
    );
    expect((await call('GET', `/runs/${again.hash}/artifacts/download/`)).status).toBe(422);
    expect((await call('GET', `/runs/${again.hash}/artifacts/download/?path=../x`)).status).toBe(422);
    expect((await call('GET', `/runs/${again.hash}/artifacts/download-all/`)).status).toBe(404);
    for (const socket of [run, again]) await socket.close();
  });
});
