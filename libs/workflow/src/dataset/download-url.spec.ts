import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { DiskStorage } from '#storage';

import { everyAddress, publicOnly, type UrlPolicy } from '../upload/guarded-agent.js';

import { downloadUrl, parseUrl } from './download-url.js';

const CSV = 'a,b\n1,2\n';
let server: Server;
let port: number;
let asked: string[];
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const answers: Record<string, Answer> = {
  '/data.csv': (_request, response) => response.end(CSV),
  // A host of the same machine under another name, so another origin.
  '/elsewhere': (_request, response) => response.writeHead(302, { location: `http://localhost:${port}/whose` }).end(),
  '/whose': ({ headers }, response) => response.end(headers.authorization ?? 'nobody'),
  '/named': (_request, response) =>
    response.writeHead(200, { 'content-disposition': 'attachment; filename="../../x.zip"' }).end(CSV),
  '/moved': (_request, response) => response.writeHead(302, { location: '/data.csv' }).end('gone'),
  '/loop': (_request, response) => response.writeHead(301, { location: '/loop' }).end(),
  '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-private': (_request, response) =>
    response.writeHead(307, { location: `http://127.0.0.2:${port}/data.csv` }).end(),
  '/to-private-name': (_request, response) =>
    response.writeHead(307, { location: `http://inside.test:${port}/data.csv` }).end(),
  '/gzip': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(CSV),
  '/large': (_request, response) => response.writeHead(200, { 'content-length': 5000 }).end('x'.repeat(5000)),
  '/endless': (_request, response) => {
    const more = () => void response.write('x'.repeat(1000), () => setImmediate(more));
    response.on('error', () => undefined);
    more();
  },
  '/broken': (_request, response) => {
    response.writeHead(200, { 'content-length': 1500 });
    response.write('a,b\n', () => response.destroy());
  },
  '/silent': () => undefined,
};
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = answers[request.url!];
    if (answer) answer(request, response);
    else response.writeHead(404).end('nothing');
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let root: string;
beforeEach(async () => {
  asked = [];
  root = await mkdtemp(join(tmpdir(), 'millrace-url-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Stands for the internet: 127.0.0.1 is public, everything else is not. */
const names: Record<string, string[][]> = {};
const pretended: UrlPolicy = {
  allows: (address) => address === '127.0.0.1',
  lookup: ((name: string, _options: unknown, answer: (error: null, found: object[]) => void) => {
    const [addresses = [], ...later] = names[name] ?? [];
    if (later.length > 0) names[name] = later;
    answer(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  }) as never,
};
const get = async (url: string, policy: UrlPolicy = pretended, signal = new AbortController().signal) => {
  const fractions: (number | null)[] = [];
  const onProgress = (fraction: number | null) => fractions.push(fraction);
  const download = { key: 'uploads/one', limitBytes: 2000, policy, signal, onProgress };
  return { ...(await downloadUrl(new DiskStorage(root), url, download)), fractions };
};
const at = (path: string, host = '127.0.0.1') => `http://${host}:${port}${path}`;
const files = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

describe('a file from a URL', () => {
  it('is stored, also after redirects, and has a plain name', async () => {
    expect(await get(at('/moved'))).toMatchObject({ filename: 'data.csv', sizeBytes: CSV.length, fractions: [1] });
    expect(await readFile(join(root, 'uploads/one'), 'utf8')).toBe(CSV);
    expect(await get(at('/named'))).toMatchObject({ filename: 'x.zip' });
    expect(asked).toEqual(['/moved', '/data.csv', '/named']);
  });

  it('is asked for with a key by its own origin only', async () => {
    const store = new DiskStorage(root);
    const asking = { key: 'uploads/one', limitBytes: 2000, policy: pretended, signal: new AbortController().signal };
    const download = { ...asking, authorization: 'Bearer x', onProgress: () => undefined };
    names['localhost'] = [['127.0.0.1']];
    for (const [path, seen] of [
      ['/whose', 'Bearer x'],
      ['/elsewhere', 'nobody'],
    ] as const) {
      await downloadUrl(store, at(path), download);
      expect(await readFile(join(root, 'uploads/one'), 'utf8')).toBe(seen);
    }
  });

  it('is found by name at the very address that was judged', async () => {
    names['open.test'] = [['127.0.0.1'], ['127.0.0.2']];
    expect(await get(at('/data.csv', 'open.test'))).toMatchObject({ sizeBytes: CSV.length });
    expect(names['open.test']).toEqual([['127.0.0.2']]);
    await expect(get(at('/data.csv', 'open.test'))).rejects.toMatchObject({ code: 'url-forbidden' });
  });

  it.each<[string, string, object]>([
    ['a private address', '/data.csv', { code: 'url-forbidden' }],
    ['a redirect to a private address', '/to-private', { code: 'url-forbidden' }],
    ['a redirect to a name of a private address', '/to-private-name', { code: 'url-forbidden' }],
    ['a redirect to a file of the server', '/to-file', { code: 'url-invalid' }],
    ['redirects without end', '/loop', { code: 'url-answer-wrong' }],
    ['an answer that is an error', '/none', { code: 'url-answer-wrong', values: { reason: 'HTTP 404' } }],
    ['a packed answer', '/gzip', { code: 'url-answer-wrong', values: { reason: 'Content-Encoding: gzip' } }],
    ['a file that says it is too large', '/large', { code: 'upload-too-large', values: { limitBytes: 2000 } }],
    ['a file that does not end', '/endless', { code: 'upload-too-large' }],
    ['a connection that breaks', '/broken', { code: 'url-unreachable' }],
  ])('is refused for %s, and nothing of it is left', async (what, path, expected) => {
    names['inside.test'] = [['127.0.0.1', '10.0.0.8']];
    const host = what === 'a private address' ? '127.0.0.2' : '127.0.0.1';
    await expect(get(at(path, host))).rejects.toMatchObject(expected);
    expect(await files()).toEqual([]);
  });

  it('stops when its job is cancelled', async () => {
    const controller = new AbortController();
    const running = get(at('/silent'), everyAddress, controller.signal);
    await vi.waitFor(() => expect(asked).toEqual(['/silent']), 60_000);
    controller.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    expect(await files()).toEqual([]);
  });

  it('of a server that is not there says so', async () => {
    const closed = createServer().listen(0);
    const { port: free } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const values = { host: `127.0.0.1:${free}`, reason: 'ECONNREFUSED' };
    await expect(get(`http://127.0.0.1:${free}/`)).rejects.toMatchObject({ code: 'url-unreachable', values });
  });
});

describe('addresses of the public internet', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is one', (address) => {
    expect(publicOnly.allows(address)).toBe(true);
  });
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1'],
    ...['2002:7f00:1::', 'ff02::1', '255.255.255.255', 'no address'],
  ])('%s is none', (address) => {
    expect(publicOnly.allows(address)).toBe(false);
  });
  it.each(['http://0x7f.1/', 'http://2130706433/', 'http://[::ffff:7f00:1]/', 'http://127.1/', 'http://0/'])(
    'however it is written: %s',
    async (url) => {
      await expect(get(url, publicOnly)).rejects.toMatchObject({ code: 'url-forbidden' });
    },
  );
  it.each(['ftp://x.test/a', 'file:///etc/passwd', 'http://me:secret@x.test/', 'gopher://x', 'data:,x', 'x', ''])(
    'are asked by http alone: %s',
    (url) => {
      expect(() => parseUrl(url)).toThrow(expect.objectContaining({ code: 'url-invalid' }));
    },
  );
});
