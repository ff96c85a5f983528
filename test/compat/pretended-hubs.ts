import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What opens the one data set that asks for a token. */
export const HUB_TOKEN = 'hf_a-token-of-nobody';

const rows = (head: string): string => `${head}\n${Array.from({ length: 30 }, (_none, i) => `${i},${i % 3 === 0 ? 'a' : 'b'}`).join('\n')}\n`; // prettier-ignore
const arff = `@relation r\n@attribute x numeric\n@attribute kind {a,b}\n@data\n${rows('').trim()}\n`;

/** Answers of the three hubs, as their own documentation shows them, for the calls a source makes. */
const answers: Readonly<Record<string, unknown>> = {
  'GET /api/v1/json/data/list/data_name/iris/status/active/limit/21/offset/0': { data: { dataset: [{ did: 61, name: 'iris', version: 1, status: 'active', format: 'ARFF' }] } }, // prettier-ignore
  'GET /api/v1/json/data/61': { data_set_description: { id: '61', name: 'iris', description: '**Iris** <b>flowers</b>', tag: ['uci'], url: 'BASE/data/download/61/dataset_61_iris.arff' } }, // prettier-ignore
  'GET /data/download/61/dataset_61_iris.arff': arff,
  'GET /api/datasets?limit=2&full=true&search=kinds': [{ id: 'some/kinds', description: 'Two kinds', tags: ['tabular'] }, { id: 'some/closed', tags: [] }], // prettier-ignore
  'GET /api/datasets/some/kinds': { id: 'some/kinds', description: 'Two kinds', tags: ['tabular'], usedStorage: 300 },
  'GET /api/datasets/some/kinds?blobs=true': { id: 'some/kinds', siblings: [{ rfilename: 'README.md', size: 9 }, { rfilename: 'data/train.csv', size: 300 }, { rfilename: 'data/test.csv', size: 300 }] }, // prettier-ignore
  'GET /datasets/some/kinds/resolve/main/data/train.csv': rows('x,kind'),
  'GET /datasets/some/kinds/resolve/main/data/test.csv': rows('x,kind'),
  'GET /api/datasets/some/texts?blobs=true': { id: 'some/texts', siblings: [{ rfilename: 'README.md' }] },
  'GET /api/records?q=%28kinds%29+AND+keywords%3A%22a%5C%22b%22&type=dataset&page=1&size=20': { hits: { hits: [{ id: 7, metadata: { title: 'Kinds', description: '<p>Rows</p>', keywords: ['a"b'] }, files: [{ key: 'kinds.csv', size: 300 }], links: { self_html: 'BASE/records/7' } }] }, links: { next: 'BASE/api/records?page=2' } }, // prettier-ignore
};

/** One server that is all three hubs. */
export async function startPretendedHubs(): Promise<{ url: string; stop: () => Promise<void> }> {
  let base = '';
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url, headers } = request;
    const send = (status: number, body: string, more: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(body);
    };
    if (url === '/api/whoami-v2') {
      send(headers.authorization === `Bearer ${HUB_TOKEN}` ? 200 : 401, '{}');
      return;
    }
    if (url === '/api/datasets/some/closed') {
      const open = headers.authorization === `Bearer ${HUB_TOKEN}`;
      send(open ? 200 : 401, open ? JSON.stringify({ id: 'some/closed', description: 'Behind a door' }) : '{}');
      return;
    }
    if (url?.includes('broken')) {
      send(500, 'no JSON');
      return;
    }
    const found = answers[`${method} ${url}`];
    const link = url?.startsWith('/api/datasets?') ? { link: `<${base}/api/datasets?cursor=abc>; rel="next"` } : {};
    if (found === undefined) send(url?.startsWith('/api/v1/json') ? 412 : 404, '{}');
    else send(200, (typeof found === 'string' ? found : JSON.stringify(found)).replaceAll('BASE', base), link); // prettier-ignore
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: base, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
