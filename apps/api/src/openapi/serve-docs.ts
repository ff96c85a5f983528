import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

import { API_PREFIX } from '#contract';

import { openApiDocument } from './document.js';

/** Routes below these carry the headers of a documentation page. */
const PAGES = ['/docs', '/redoc', `${API_PREFIX}/docs`];

/** To be called before any documentation route is added. */
export function markDocsPages(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (PAGES.some((page) => route.url === page || route.url.startsWith(`${page}/`))) {
      route.config = { ...route.config, page: 'docs' };
    }
  });
}

/** The document as JSON, Swagger UI and Redoc, all from this server: nothing is fetched from elsewhere. */
export async function serveDocs(app: NestFastifyApplication): Promise<void> {
  // Made when somebody first asks: it takes a moment that a start should not wait for.
  const document = once(openApiDocument);
  const json = once(() => JSON.stringify(document()));
  const server = app.getHttpAdapter().getInstance();
  for (const path of ['/openapi.json', `${API_PREFIX}/openapi.json`]) {
    server.get(path, (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(json()));
  }
  for (const path of ['docs', `${API_PREFIX.slice(1)}/docs`]) {
    SwaggerModule.setup(path, app, document, { raw: false, customSiteTitle: 'Millrace API' });
  }
  await serveRedoc(server);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const redocPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Millrace API</title><link rel="icon" href="data:,"></head>
<body><redoc spec-url="/openapi.json"></redoc><script src="/redoc/redoc.standalone.js"></script></body>
</html>
`;

async function serveRedoc(server: FastifyInstance): Promise<void> {
  const script = await readRedoc();
  if (script === undefined) return;
  server.get('/redoc', (_request, reply) => reply.header('content-type', 'text/html; charset=utf-8').send(redocPage));
  server.get('/redoc/redoc.standalone.js', (_request, reply) =>
    reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'max-age=86400')
      .send(script),
  );
}

/** Redoc's own bundle; an installation without development tools has none. */
async function readRedoc(): Promise<string | undefined> {
  try {
    const script = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
    // Its maker's logo would be fetched from elsewhere.
    return (await readFile(script, 'utf8')).replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', 'data:,');
  } catch {
    return undefined;
  }
}
