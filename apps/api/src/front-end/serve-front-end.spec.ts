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
  await mkdir(join(folder, 'root/assets'), { recursive: true });
  const files = {
    'secret.txt': 'hidden words',
    'root/index.html': '<title>page</title>',
    'root/assets/main-1a2b3c4d.js': 'script',
    'root/.env': 'hidden words',
    'root/favicon.ico': 'icon',
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
