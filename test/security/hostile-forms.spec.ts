import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningApi, startApi } from './running-api.js';

/** More where there is time: `FUZZ_ROUNDS=100000`. */
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 1500);
const MIB = 1024 * 1024;

let api: RunningApi;
beforeAll(async () => {
  const sizes = { MILLRACE_UPLOAD_BYTES: `${MIB}`, MILLRACE_BODY_BYTES: `${MIB}` };
  api = await startApi(sizes, { limits: { idleMs: 1000 } });
});
afterAll(() => api.stop());

/** Names of files below the data folder that uploads may have left; jobs that were accepted own theirs. */
async function leftovers(): Promise<string[]> {
  const folder = join(api.ports.config.dataDir);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const accepted = await api.ports.db.query<{ key: string | null }[]>(
    `SELECT kwargs #>> '{upload,key}' AS key FROM job`,
  );
  const owned = new Set(accepted.map(({ key }) => key?.split('/').at(-1)));
  return entries
    .filter((entry) => entry.isFile() && /uploads|partial/.test(entry.parentPath) && !owned.has(entry.name))
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('.db'));
}

/** A small generator of our own, so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const part = (name: string, value: string, extra = ''): string =>
  `--b0undary\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n${value}\r\n`;
const seed = Buffer.from(
  `${part('job_type', 'DatasetJob')}${part('kwargs', '{"dataset_id":1,"params":{}}')}${part('file', 'a,b\n1,2\n'.repeat(200), '; filename="a.csv"\r\nContent-Type: text/csv')}--b0undary--\r\n`,
);
const scraps = [
  '\r\n',
  '--b0undary',
  '--b0undary--',
  '\0',
  'Content-Disposition:',
  "filename*=UTF-8''%zz",
  ';',
  '"',
  '\\',
  'name=',
  '__proto__',
  'x'.repeat(70_000),
];

function mutated(next: () => number): Buffer {
  let bytes = Buffer.from(seed);
  const times = 1 + Math.floor(next() * 4);
  for (let n = 0; n < times; n++) {
    const at = Math.floor(next() * bytes.length);
    const length = Math.floor(next() * next() * 400);
    const kind = Math.floor(next() * 5);
    if (kind === 0) bytes[at] = Math.floor(next() * 256);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    else if (kind === 3) bytes = bytes.subarray(0, at);
    else {
      const scrap = Buffer.from(scraps[Math.floor(next() * scraps.length)]!);
      bytes = Buffer.concat([bytes.subarray(0, at), scrap, bytes.subarray(at)]);
    }
  }
  return bytes;
}

const types = [
  'multipart/form-data; boundary=b0undary',
  'multipart/form-data; boundary="b0undary"',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'x'.repeat(300)}`,
];

describe('malformed forms', () => {
  it('never end the process, answer 5xx, hold a connection or leave a file', async () => {
    const next = random(20_260_131);
    let hungUp = 0;
    const send = async (): Promise<void> => {
      const type = types[next() < 0.9 ? 0 : Math.floor(next() * types.length)]!;
      const url = next() < 0.5 ? '/api/v1/job/' : '/api/v1/dataset/';
      const payload = mutated(next);
      // Some make the parser wait for ever: the silence on their connection is what ends them.
      const answer = await fetch(`http://127.0.0.1:${api.port}${url}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: new Uint8Array(payload),
      }).catch(() => undefined);
      if (answer === undefined) hungUp++;
      else if (answer.status >= 500) expect.unreachable(`${answer.status} for ${payload.toString('base64')}`);
      await answer?.arrayBuffer();
    };
    for (let n = 0; n < 200; n++) await send();
    const before = process.memoryUsage().rss;
    for (let n = 0; n < ROUNDS; n++) await send();
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB);
    expect(hungUp).toBeLessThan(ROUNDS / 50);
    expect(await leftovers()).toEqual([]);
  });

  it('broken off anywhere leave nothing', async () => {
    const head = `POST /api/v1/job/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${types[0]}\r\nContent-Length: ${seed.length}\r\n\r\n`;
    for (let percent = 0; percent < 100; percent += 4) {
      const socket = connect(api.port, '127.0.0.1').on('error', () => undefined);
      socket.write(head);
      socket.write(seed.subarray(0, Math.floor((seed.length * percent) / 100)));
      await sleep(5);
      socket.destroy();
    }
    for (let tries = 0; (await leftovers()).length > 0 && tries < 200; tries++) await sleep(20);
    expect(await leftovers()).toEqual([]);
    expect((await api.app.inject({ url: '/health/live', headers: { host: 'localhost' } })).statusCode).toBe(200);
  });
});

describe('limits', () => {
  const post = (url: string, payload: string | Buffer, type = 'application/json') =>
    api.app.inject({ method: 'POST', url, headers: { host: 'localhost', 'content-type': type }, payload });

  it('of bodies, depth and pages', async () => {
    expect((await post('/api/v1/folder/', JSON.stringify({ name: 'x'.repeat(MIB) }))).statusCode).toBe(413);
    expect((await post('/api/v1/folder/', `{"name":${'['.repeat(100_000)}`)).statusCode).toBe(422);
    expect((await post('/api/v1/folder/', '{"name":"x","__proto__":{"admin":true}}')).statusCode).toBe(422);
    expect((await post('/api/v1/folder/', '{"name":"x","constructor":{"prototype":{"admin":true}}}')).statusCode).toBe(
      422,
    );
    const ids = JSON.stringify({ ids: Array.from({ length: 10_001 }, (_, n) => n) });
    const bulk = await api.app.inject({
      method: 'DELETE',
      url: '/api/v1/dataset/',
      headers: { host: 'localhost', 'content-type': 'application/json' },
      payload: ids,
    });
    expect(bulk.statusCode).toBe(422);
  });

  it('of an upload, which is refused as it passes and not after', async () => {
    const file = part('file', 'x'.repeat(2 * MIB), '; filename="a.csv"');
    const answer = await post('/api/v1/job/', Buffer.from(`${file}--b0undary--\r\n`), types[0]);
    expect(answer.statusCode).toBe(413);
    expect(await leftovers()).toEqual([]);
  });

  it('of compressed bodies: none is unpacked', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(50 * MIB, 0x20));
    const headers = { host: 'localhost', 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await api.app.inject({ method: 'POST', url: '/api/v1/folder/', headers, payload: bomb });
    expect({ status: answer.statusCode, ...answer.json<object>() }).toMatchObject({
      status: 415,
      code: 'body-encoded',
    });
  });
});
