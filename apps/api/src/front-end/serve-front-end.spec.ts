import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { serveFrontEnd } from './serve-front-end.js';

let folder: string;
let server: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-web-'));
  for (const below of ['assets', 'static/js', 'static/css', 'static/media']) {
    await mkdir(join(folder, 'root', below), { recursive: true });
  }
  const files = {
    'secret.txt': 'hidden words',
    'root/index.html': '<title>page</title>',
    'root/assets/main-1a2b3c4d.js': 'script',
    'root/.env': 'hidden words',
    'root/favicon.ico': 'icon',
    'root/static/js/main.2204f9cf.js': 'a built script',
    'root/static/css/main.fe994983.css': 'a{}',
    'root/static/media/Geist.d8265426901e4fba757c.woff2': 'font',
    'root/manifest.json': '{}',
    'root/two words.svg': '<svg/>',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await symlink(join(folder, 'secret.txt'), join(folder, 'root/link.txt'));
  server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await serveFrontEnd(server, join(folder, 'root'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

it('leads from the root to the page, and every address of the page to its file', async () => {
  const root = await server.inject('/');
  expect([root.statusCode, root.headers.location]).toEqual([307, '/app/']);
  for (const url of ['/app', '/app/', '/app/runs/7', '/app/index.html']) {
    const page = await server.inject(url);
    expect(page.body).toBe('<title>page</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-type']).toContain('text/html');
  }
});

it('serves files below /app/ and at the root, hashed ones for good', async () => {
  for (const url of ['/app/assets/main-1a2b3c4d.js', '/assets/main-1a2b3c4d.js']) {
    const file = await server.inject(url);
    expect(file.body).toBe('script');
    expect(file.headers['cache-control']).toContain('immutable');
  }
  expect((await server.inject('/favicon.ico')).body).toBe('icon');
});

it.each([
  '/app/../secret.txt', '/app/..%2fsecret.txt', '/app/%2e%2e/secret.txt', '/app/%252e%252e%252fsecret.txt', '/app/..%5csecret.txt',
  '/app/....//secret.txt', '/app/.env', '/app/link.txt', '/app//etc/passwd', '/app/%2fetc%2fpasswd', '/app/assets/..%2f..%2fsecret.txt',
  '/app/index.html%00.txt', '/..%2fsecret.txt', '/.env', '/link.txt',
])('never serves anything outside: %s', async (url) => {
  expect((await server.inject(url)).body).not.toContain('hidden words');
}); // prettier-ignore

it.each([
  ['/static/js/main.2204f9cf.js', 'javascript', 'immutable'],
  ['/static/css/main.fe994983.css', 'text/css', 'immutable'],
  ['/static/media/Geist.d8265426901e4fba757c.woff2', 'font/woff2', 'immutable'],
  ['/manifest.json', 'application/json', 'no-cache'],
  ['/two%20words.svg', 'image/svg+xml', 'no-cache'],
])('serves a build that expects to lie at the root: %s', async (url, type, cache) => {
  const file = await server.inject(url);
  expect(file.statusCode).toBe(200);
  expect(file.headers['content-type']).toContain(type);
  expect(file.headers['cache-control']).toContain(cache);
  const again = await server.inject({ url, headers: { 'if-none-match': file.headers.etag } });
  expect(again.statusCode).toBe(304);
});

it('serves a part of a file', async () => {
  const part = await server.inject({ url: '/static/js/main.2204f9cf.js', headers: { range: 'bytes=2-6' } });
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, 'built', 'bytes 2-6/14']);
});

it.each(['/static', '/static/', '/static/js/', '/assets', '/logo192.png', '/datasets/7', '/apiary', '/%e0%a4%a'])(
  'lists no folder, and leads from what is not there to the page: %s',
  async (url) => {
    const answer = await server.inject(url);
    expect([400, 307]).toContain(answer.statusCode);
    if (answer.statusCode === 307) expect(answer.headers.location).toBe('/app/');
  },
);

it.each(['/api/v1/nothing', '/api', '/docs/nothing', '/redoc', '/health/nothing', '/API/v1/nothing'])(
  'leaves to programs what is theirs: %s',
  async (url) => {
    expect((await server.inject(url)).statusCode).toBe(404);
  },
);
