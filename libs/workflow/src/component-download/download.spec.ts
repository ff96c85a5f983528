import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Logger } from '#config';
import type { ComponentManifest } from '#contract';
import { DiskStorage } from '#storage';

import type { Ports } from '../ports.js';
import { bringWeights } from './bring-weights.js';
import { downloadComponent } from './download-component.job.js';
import { openUrl } from './open-url.js';
import { weightsPath } from './weights.js';

/** The head of a GGUF file with one tensor and one property, and something to send. */
function model(bytes: number): Buffer {
  const head = Buffer.alloc(64);
  head.write('GGUF', 'latin1');
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(1n, 8);
  head.writeBigUInt64LE(1n, 16);
  head.writeBigUInt64LE(12n, 24);
  head.write('general.name', 32, 'latin1');
  return Buffer.concat([head, Buffer.alloc(bytes, 'x')]);
}
const FILE = model(300_000);
const silent = { info: () => undefined } as unknown as Logger;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const NAME = 'TinyInstruct';
const manifest = {
  name: NAME,
  metadata: { repository: 'someone/tiny', file_pattern: '*q8_0.gguf' },
} as unknown as ComponentManifest;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let origin: string;
let answers: Record<string, Answer>;
let asked: string[];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    const answer = answers[request.url ?? ''];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

let home: string;
let ports: Ports;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-download-'));
  answers = {};
  asked = [];
  const config = { modelsDir: join(home, 'models'), modelHub: origin, modelSources: join(home, 'sources.json') };
  ports = { config, storage: new DiskStorage(join(home, 'data')) } as unknown as Ports;
  await listed({});
});
afterEach(() => rm(home, { recursive: true }));

const listed = (sources: object): Promise<void> => writeFile(join(home, 'sources.json'), JSON.stringify(sources));
const bring = (signal = new AbortController().signal, shares: number[] = []): Promise<void> =>
  bringWeights(ports, manifest, { signal, onProgress: (share) => shares.push(share) });
const arrived = async (): Promise<string> => sha256(await readFile(await weightsPath(ports, NAME)));
const left = (): Promise<string[]> => readdir(join(home, 'data', 'downloads')).catch(() => []);

/** Answers ranges as a file server does; `breakAt` closes the connection after so many bytes. */
const serve =
  (content: Buffer, breakAt = Infinity): Answer =>
  (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= content.length) {
      response.writeHead(416).end();
      return;
    }
    const part = content.subarray(from);
    const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': part.length, ...(from > 0 ? range : {}) });
    if (part.length <= breakAt) response.end(part);
    else response.write(part.subarray(0, breakAt), () => setTimeout(() => response.destroy(), 200));
  };

describe('an address of the operator', () => {
  beforeEach(() => listed({ [NAME]: { url: `${origin}/model`, sha256: sha256(FILE) } }));

  test('is fetched, checked and tells how far it is', async () => {
    answers['/model'] = serve(FILE);
    const shares: number[] = [];
    await bring(undefined, shares);
    expect(await arrived()).toBe(sha256(FILE));
    expect(shares.at(-1)).toBe(1);
    expect(await readdir(join(home, 'data', 'partial'))).toEqual([]);
  });

  test('tells of every part as it comes: a slow server sends the next one only when the last was told', async () => {
    const quarter = FILE.length / 4;
    let send = (): void => undefined;
    answers['/model'] = (_request, response) => {
      response.writeHead(200, { 'content-length': FILE.length });
      let sent = 0;
      send = () => {
        response.write(FILE.subarray(sent, sent + quarter));
        sent += quarter;
        if (sent === FILE.length) response.end();
      };
      send();
    };
    const told: [number, string][] = [];
    let parts = 1;
    const progress = (share: number, message: string): void => {
      told.push([share, message]);
      // The engine has the first twentieth of the bar.
      if (parts < 4 && share >= 0.05 + (0.95 * parts) / 4 - 1e-9) {
        parts++;
        send();
      }
    };
    const catalogue = { get: () => manifest };
    const commit = (): Promise<void> => Promise.resolve();
    const own = { ...ports, catalogue, config: { ...ports.config, home, textEngineModule: 'an engine that is here' } };
    const kwargs = { component_name: NAME };
    const run = { ports: own, kwargs, signal: new AbortController().signal, progress, commit, log: silent };
    await downloadComponent.run(run as unknown as Parameters<typeof downloadComponent.run>[0]);
    expect(await arrived()).toBe(sha256(FILE));
    expect(told[0]).toEqual([0, 'installing-engine']);
    const shares = told.map(([share]) => share);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    for (const part of [1, 2, 3]) expect(shares).toContainEqual(expect.closeTo(0.05 + (0.95 * part) / 4, 9));
    expect(told.at(-1)).toEqual([1, 'downloading-weights']);
  });

  test('that breaks off goes on where it stopped', async () => {
    answers['/model'] = serve(FILE, 100_000);
    await expect(bring()).rejects.toMatchObject({ code: 'download-failed' });
    expect(await left()).toEqual([]);
    answers['/model'] = serve(FILE);
    await bring();
    expect(asked).toEqual(['/model', '/model bytes=100000-']);
    expect(await arrived()).toBe(sha256(FILE));
  });

  test('that does not know ranges is fetched anew', async () => {
    answers['/model'] = serve(FILE, 100_000);
    await expect(bring()).rejects.toMatchObject({ code: 'download-failed' });
    answers['/model'] = (_request, response) => response.end(FILE);
    await bring();
    expect(await arrived()).toBe(sha256(FILE));
  });

  test('that sends something else is refused and nothing of it kept', async () => {
    answers['/model'] = serve(model(300_001));
    await expect(bring()).rejects.toMatchObject({ code: 'download-corrupt' });
    expect(await left()).toEqual([]);
    answers['/model'] = serve(FILE);
    await bring();
    expect(asked).toEqual(['/model', '/model']);
  });

  test('that sends what it promised, which is no model, is refused and nothing of it kept', async () => {
    const text = Buffer.from('<html>Please sign in to read this very long page about models</html>');
    await listed({ [NAME]: { url: `${origin}/model`, sha256: sha256(text) } });
    answers['/model'] = serve(text);
    await expect(bring()).rejects.toMatchObject({ code: 'weights-unusable' });
    expect(await left()).toEqual([]);
    expect(await readdir(join(home, 'data', 'partial'))).toEqual([]);
  });

  test('stops when it is cancelled and keeps what came', async () => {
    const abort = new AbortController();
    answers['/model'] = (_request, response) => {
      response.writeHead(200, { 'content-length': FILE.length });
      response.write(FILE.subarray(0, 1000));
    };
    const brought = bringWeights(ports, manifest, { signal: abort.signal, onProgress: () => abort.abort('cancelled') });
    await expect(brought).rejects.toBe('cancelled');
    answers['/model'] = serve(FILE);
    await bring();
    expect(asked[1]).toBe('/model bytes=1000-');
  });

  test('may not lead into the own network', async () => {
    for (const location of [
      'https://127.0.0.1:1/x',
      'https://[::1]/x',
      'https://169.254.169.254/x',
      'http://example.org/x',
      'https://localhost:1/x',
      'file:///etc/passwd',
    ]) {
      answers['/model'] = (_request, response) => response.writeHead(302, { location }).end();
      await expect(bring(), location).rejects.toMatchObject({ code: 'download-failed' });
    }
    answers['/model'] = (_request, response) => response.writeHead(302, { location: '/model' }).end();
    await expect(bring()).rejects.toMatchObject({ values: { reason: expect.stringContaining('redirects') as string } });
  });

  test('a list that is none says so', async () => {
    await listed({ [NAME]: { url: 'ftp://example.org', sha256: 'x' } });
    await expect(bring()).rejects.toMatchObject({ values: { reason: 'MILLRACE_MODEL_SOURCES' } });
  });
});

describe('the hub', () => {
  const listing =
    (files: object[]): Answer =>
    (_request, response) =>
      response.end(JSON.stringify(files));
  const entry = (path: string) => ({
    type: 'file',
    path,
    size: 1,
    lfs: { oid: sha256(FILE), size: FILE.length, pointerSize: 1 },
  });
  const TREE = '/api/models/someone/tiny/tree/main';

  test('names the one file that fits, with its size and hash', async () => {
    answers[TREE] = listing([
      { type: 'file', path: 'README.md', size: 10 },
      entry('tiny-q4.gguf'),
      entry('Tiny Q8_0.gguf'),
    ]);
    answers['/someone/tiny/resolve/main/Tiny%20Q8_0.gguf'] = (_request, response) =>
      response.writeHead(302, { location: `${origin}/store` }).end();
    answers['/store'] = serve(FILE);
    await bring();
    expect(await arrived()).toBe(sha256(FILE));
    const record = await readFile(join(home, 'data', 'downloads', NAME, 'weights.json'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ place: 'download', sha256: sha256(FILE), sizeBytes: FILE.length });
  });

  test.each([
    ['none fits', [entry('tiny-q4.gguf')]],
    ['several fit', [entry('a-q8_0.gguf'), entry('b-q8_0.gguf')]],
    ['the answer is no list', { error: 'gated' }],
  ])('is of no use when %s', async (_what, files) => {
    answers[TREE] = (_request, response) => response.end(JSON.stringify(files));
    await expect(bring()).rejects.toMatchObject({ code: 'download-failed' });
    expect(await left()).toEqual([]);
  });
});

test('a name that resolves to a private address is not connected to', async () => {
  const options = { name: NAME, trusted: 'https://example.org', signal: new AbortController().signal };
  const refused = openUrl('https://localhost:1/', options);
  await expect(refused).rejects.toMatchObject({
    values: { reason: expect.stringContaining('not allowed') as string },
  });
});
