import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { ZipFile } from 'yazl';

/** A user's name and key, as kaggle.json has them, and an access token of the newer kind. */
export const KAGGLE_KEY = 'somebody:a-key-of-nobody';
/** See {@link KAGGLE_KEY}. */
export const KAGGLE_TOKEN = 'KGAT_a-token-of-nobody';

const shown = [`Basic ${Buffer.from(KAGGLE_KEY).toString('base64')}`, `Bearer ${KAGGLE_TOKEN}`];
const rows = (more: string): string => `x,kind\n${Array.from({ length: 30 }, (_none, i) => `${i},${i % 3 === 0 ? 'a' : more}`).join('\n')}\n`; // prettier-ignore
const numbered = (page: number, count: number): object[] =>
  Array.from({ length: count }, (_none, i) => ({ ref: `many/set-${(page - 1) * 20 + i}`, title: '', tags: [] }));
const flowers = { id: 1, ref: 'some/flowers', title: 'Flowers', subtitle: 'Two kinds', description: '', totalBytes: 300, tags: [{ ref: 'plants', name: 'plants' }], usabilityRating: 0.9 }; // prettier-ignore
const closed = { ref: 'some/closed', title: 'Closed', description: 'Behind a door', totalBytes: 9, tags: [] };

/** Answers in JSON of the calls a source makes, as Kaggle's own description of its API shows them. */
const answers: Readonly<Record<string, unknown>> = {
  '/list?page=1&search=flowers&tagids=plants': [flowers],
  '/list?page=1&search=many': numbered(1, 20),
  '/list?page=2&search=many': numbered(2, 3),
  '/view/some/flowers': flowers,
  '/list/some/flowers?pageSize=200': { datasetFiles: [{ name: 'README.md', totalBytes: 9 }, { name: 'small.csv', totalBytes: 300 }], nextPageToken: 'more' }, // prettier-ignore
  '/list/some/flowers?pageSize=200&pageToken=more': { datasetFiles: [{ name: 'deep/large.csv', totalBytes: 300 }], nextPageToken: '' }, // prettier-ignore
  '/list/some/closed?pageSize=200': { datasetFiles: [{ name: 'closed.csv' }] },
};

/** Kaggle's API at `/api/v1`, and the store that downloads are redirected to, which no key may reach. */
export async function startPretendedKaggle(): Promise<{ url: string; stop: () => Promise<void> }> {
  const archive = new ZipFile();
  archive.addBuffer(Buffer.from(rows('b')), 'large.csv');
  archive.end();
  const zip = await buffer(archive.outputStream);
  const store = createServer(({ headers }, response) => {
    if (headers.authorization === undefined) response.writeHead(200, { 'content-type': 'application/zip' }).end(zip);
    else response.writeHead(400).end();
  });
  const hub = createServer(({ url, headers }: IncomingMessage, response: ServerResponse) => {
    const path = url!.replace('/api/v1/datasets', '');
    const open = shown.includes(headers.authorization ?? '');
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (headers.authorization !== undefined && !open) json(401, { code: 401, message: 'Unauthenticated' });
    else if (path === '/list?group=my') json(open ? 200 : 401, []);
    else if (path === '/view/some/closed') json(open ? 200 : 403, open ? closed : { code: 403 });
    else if (path === '/download/some/closed/closed.csv') response.writeHead(open ? 200 : 403).end(rows('c'));
    else if (path === '/download/some/flowers/small.csv') response.writeHead(200).end(rows('b'));
    else if (path === '/download/some/flowers/deep%2Flarge.csv')
      response.writeHead(302, { location: `${addressOf(store)}/archive/large.csv.zip?signature=x` }).end();
    else if (path in answers) json(200, answers[path]);
    else json(404, { code: 404, message: 'Not found' });
  });
  for (const server of [store, hub]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    for (const server of [store, hub]) await new Promise((resolve) => server.close(resolve));
  };
  return { url: addressOf(hub), stop };
}

const addressOf = (server: { address(): AddressInfo | string | null }): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
