import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningApi, startApi } from './running-api.js';

const { paths } = JSON.parse(readFileSync('docs/api/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
);

const withoutSlash = (path: string): string => path.replace(/\/$/, '');

/** What Fastify says when it hands a request to the handler of a route. */
const HANDLER = 'tracing:fastify.request.handler:start';
/** The routes of the requests so far, in their order. */
const reached: string[] = [];
const note = (message: unknown): void => {
  const { route } = message as { route: { method: string; url: string } };
  reached.push(`${route.method} ${withoutSlash(route.url)}`);
};

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  subscribe(HANDLER, note);
});
afterAll(async () => {
  unsubscribe(HANDLER, note);
  await api.stop();
});

/** The route that an address comes to, and the status of its answer. */
async function ask(method: string, path: string): Promise<{ route: string | undefined; status: number }> {
  reached.length = 0;
  const answer = await fetch(`http://127.0.0.1:${api.port}${path}`, { method });
  // An answer may be a stream that never ends.
  await answer.body?.cancel();
  return { route: reached[0], status: answer.status };
}

it('every route is the same with a slash at its end and without', async () => {
  const differing: unknown[] = [];
  for (const { method, path } of operations) {
    const bare = withoutSlash(path).replaceAll(/\{\w+\}/g, '1');
    const [without, slashed] = [await ask(method, bare), await ask(method, `${bare}/`)];
    const own = `${method} ${withoutSlash(path).replaceAll(/\{(\w+)\}/g, ':$1')}`;
    if (without.route !== own || slashed.route !== own) differing.push({ own, without, slashed });
  }
  expect(operations.length).toBeGreaterThan(200);
  expect(differing).toEqual([]);
});
