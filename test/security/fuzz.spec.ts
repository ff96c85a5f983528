import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openApiDocument } from '../../apps/api/src/openapi/document.js';
import { drawFrom, type Draw, hostileText, nearlyFitting } from './fuzz-values.js';
import { fillRows } from './fuzz-rows.js';
import { type RunningApi, startApi } from './running-api.js';

/** `FUZZ_ROUNDS=1000 npx vitest run --project e2e test/security/fuzz` looks longer; `FUZZ_SEED` looks elsewhere. */
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 8);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_131);
/** SwanLab's own word for packages nobody noted, which its page knows by the 3500 beside it. */
const SAID_WITH_500 = '/api/v1/experiment/{id}/requirements';
/** What takes rows away comes last, of what hangs on others first. */
const TAKES_AWAY = ['/model-session/', '/experiment/', '/notebook/', '/dataset/', '/folder/'];

interface Operation {
  readonly tags: readonly string[];
  readonly parameters?: readonly { name: string; in: string; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, unknown>;
}
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  readonly paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths)
  .flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  .sort((one, other) => placeOf(one) - placeOf(other));

function placeOf({ method, path }: { method: string; path: string }): number {
  if (method !== 'DELETE' && !path.endsWith('/reset')) return -2;
  return TAKES_AWAY.findIndex((parent) => path.startsWith(`/api/v1${parent}`));
}

let api: RunningApi;
/** Jobs have no numbers. */
let job: string;
beforeAll(async () => {
  api = await startApi();
  await api.startWorker();
  await fillRows(api);
  [{ id: job }] = await api.ports.db.query<[{ id: string }]>('SELECT id FROM job WHERE listed ORDER BY name LIMIT 1');
});
afterAll(() => api.stop());

interface Body {
  readonly json?: unknown;
  readonly form?: FormData;
}

async function send(method: string, url: string, { json, form }: Body = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${api.port}${url}`, {
    method,
    redirect: 'manual',
    headers: json === undefined ? {} : { 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(form ? { body: form } : {}),
    signal: AbortSignal.timeout(15_000),
  });
  // Events never end of themselves.
  if (response.headers.get('content-type')?.includes('event-stream')) {
    await response.body?.cancel();
    return { status: response.status, text: '{}' };
  }
  return { status: response.status, text: await response.text() };
}

const idAt = (path: string): string => (path.startsWith('/api/v1/job/') ? job : '1');

/** An address of the path: mostly the ids of rows there are, sometimes anything. */
function addressOf(path: string, { parameters = [] }: Operation, draw: Draw): string {
  const address = path.replaceAll(/\{\w+\}/g, () => (draw() < 0.5 ? idAt(path) : encodeURIComponent(wellFormed(hostileText(draw)))));
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && draw() < 0.8)
    .map(({ name }) => `${name}=${encodeURIComponent(wellFormed(hostileText(draw)))}`);
  return query.length > 0 ? `${address}?${query.join('&')}` : address;
} // prettier-ignore

/** Addresses cannot carry half a character. */
const wellFormed = (text: string): string => text.replaceAll(/[\ud800-\udfff]/g, '');

function bodyOf({ requestBody }: Operation, draw: Draw): Body {
  const content = requestBody?.content ?? {};
  const kinds = Object.keys(content);
  if (kinds.length === 0) return {};
  const kind = kinds[Math.floor(draw() * kinds.length)]!;
  const value = nearlyFitting(content[kind]!.schema, draw);
  if (kind === 'application/json') return { json: value };
  const form = new FormData();
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  for (const [name, field] of fields) {
    form.append(name, typeof field === 'string' ? field : JSON.stringify(field));
  }
  return { form };
}

it('finds a row of every kind', async () => {
  // A job and an import are to be read there only while they are at work.
  const found = operations.filter(
    ({ method, path }) => method === 'GET' && /^\/api\/v1\/(?!job|tracked-import)[a-z-]+\/\{id\}\/?$/.test(path),
  );
  const missing = [];
  for (const { path } of found) {
    const { status } = await send('GET', path.replace('{id}', idAt(path)));
    if (status !== 200) missing.push(`${path} ${status}`);
  }
  expect(missing).toEqual([]);
});

describe(`with ${ROUNDS} calls of each, seed ${SEED}`, () => {
  it.each(operations)('$method $path answers without a fault, and as its documentation says', async ({ method, path, operation }) => {
    const hash = Buffer.from(`${method}${path}`).reduce((sum, byte) => Math.imul(sum, 31) + byte, 7);
    const draw = drawFrom(SEED ^ hash);
    for (let round = 0; round < ROUNDS; round++) {
      const url = addressOf(path, operation, draw);
      const body = bodyOf(operation, draw);
      const { status, text } = await send(method, url, body);
      if (path === SAID_WITH_500 && status === 500 && text.includes('3500')) continue;
      const call = `${method} ${url} ${JSON.stringify(body.json ?? (body.form ? [...body.form] : null)).slice(0, 800)}`;
      // A hostile segment may spell another address, which has its own answers.
      const documented = status in operation.responses || [400, 404, 405, 307, 414].includes(status);
      expect({ call, status, documented, fault: status >= 500 && status !== 501 }).toEqual({
        call,
        status,
        documented: true,
        fault: false,
      });
      if (status < 400) continue;
      // SwanLab's envelope has its sentence under another name; where an empty segment leads to, nobody's route is.
      const refused = JSON.parse(text) as { readonly code?: unknown };
      const enveloped = operation.tags.includes('swanlab') && refused.code !== 'route-unknown';
      expect(refused, call).toHaveProperty(enveloped ? 'message' : 'detail');
    }
  });
}); // prettier-ignore
