import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const PAGE = { open: true, page: 'front-end' } as const;

/** Addresses that programs call: an unknown one is an error, not a page. */
const OURS = /^\/(?:api|compat|docs|redoc|health)(?:[/?#]|$)/i;

/** Where the build puts our own page, seen from the compiled API. */
const ownRoot = resolve(import.meta.dirname, '../../../web');

/**
 * Serves a built front end: its files below `/app/` and at the root, its `index.html` for every other address below
 * `/app/`, and `/` leads there. Only files found at the start are served, by their exact names, so no address can reach
 * outside of the folder. What is neither a file nor an address of ours leads to the page, as the original has it.
 */
export async function serveFrontEnd(server: FastifyInstance, webRoot: string | undefined): Promise<void> {
  const root = webRoot === undefined ? ownRoot : resolve(webRoot);
  const files = await filesBelow(root);
  await server.register(fastifyStatic, { root, serve: false, cacheControl: false });
  const send = (reply: FastifyReply, file: string): FastifyReply => {
    const cache = /[.-][\w-]{8,}\.\w+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.header('cache-control', cache).sendFile(file);
  };
  server.get('/', { config: PAGE }, (_request, reply) => reply.redirect('/app/', 307));
  for (const path of ['/app', '/app/*']) {
    server.get<{ Params: { '*'?: string } }>(path, { config: PAGE }, (request, reply) => {
      const file = request.params['*'] ?? '';
      if (files.has(file)) return send(reply, file);
      if (files.has('index.html')) return send(reply, 'index.html');
      reply.callNotFound();
      return reply;
    });
  }
  for (const file of files) {
    if (file === 'index.html') continue;
    server.get(`/${file.replaceAll(':', '::')}`, { config: PAGE }, (_request, reply) => send(reply, file));
  }
  // Builds name files they do not hold, and people old addresses: all of them lead to the page, but for our own. Behind
  // the guard: where a token is asked for, nobody else learns which addresses there are.
  server.get('/*', { config: { page: 'front-end' } }, (request, reply) => {
    if (!OURS.test(request.url)) return reply.redirect('/app/', 307);
    reply.callNotFound();
    return reply;
  });
}

/** Plain files with slashes between folders; hidden ones and links stay private. */
async function filesBelow(root: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return new Set(names.filter((name) => !name.split('/').some((part) => part.startsWith('.'))));
}
