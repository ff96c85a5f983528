import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { fork } from 'node:child_process';

import pg from 'pg';
import { Pool } from 'undici';

import type { House } from '../../test/chaos/house.js';
import { exchange, listen } from './exchange.js';

/**
 * The way of a click with nothing of ours on it: an HTTP server that inserts a row, a second process that hears of it and writes
 * that it has begun, both durably, and a stream that tells the client. What this takes no job protocol over these hops can beat.
 *   node bare-hops.js <api|worker> <database URL>
 */
const [role, databaseUrl = ''] = process.argv.slice(2);

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

async function serve(): Promise<void> {
  const [writer, listener] = [await connect(), await connect()];
  await writer.query('CREATE TABLE IF NOT EXISTS bare (id serial PRIMARY KEY, begun boolean NOT NULL DEFAULT false)');
  await listener.query('LISTEN bare_begun');
  let stream: ServerResponse | undefined;
  listener.on('notification', ({ payload }) => stream?.write(`data: ${payload}\n\n`));
  const insert = {
    name: 'insert',
    text: `WITH new AS (INSERT INTO bare DEFAULT VALUES RETURNING id) SELECT id, pg_notify('bare_new', id::text) FROM new`,
  };
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    if (request.method === 'GET') {
      stream = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n');
      return;
    }
    request.resume().once('end', () => {
      void writer.query<{ id: number }>(insert).then(({ rows }) => response.end(`${rows[0]!.id}`));
    });
  });
  server.listen(0, '127.0.0.1', () => process.send!((server.address() as { port: number }).port));
}

async function work(): Promise<void> {
  const [writer, listener] = [await connect(), await connect()];
  listener.on('notification', ({ payload }) => {
    const begin = {
      name: 'begin',
      text: `WITH begun AS (UPDATE bare SET begun = true WHERE id = $1 RETURNING id) SELECT pg_notify('bare_begun', id::text) FROM begun`,
    };
    void writer.query(begin, [payload]);
  });
  await listener.query('LISTEN bare_new');
  process.send!('ready');
}

/** Both processes and a client; `click` answers the milliseconds until the client sees that its row has begun. */
export async function openBareHops(house: House): Promise<{ click: () => Promise<number>; close: () => void }> {
  const start = (program: 'api' | 'worker') =>
    fork(import.meta.filename, [program, house.postgres.url], { execArgv: [] });
  const api = start('api');
  const [port] = (await once(api, 'message')) as [number];
  const worker = start('worker');
  await once(worker, 'message');
  const http = new Pool(`http://127.0.0.1:${port}`, { bodyTimeout: 0, headersTimeout: 0 });
  let seen: (at: number) => void = () => undefined;
  await listen(http, '/', (chunk) => chunk.includes('data: ') && seen(performance.now()));
  const click = async (): Promise<number> => {
    const begun = new Promise<number>((resolve) => (seen = resolve));
    const sentAt = performance.now();
    await exchange(http, { method: 'POST', path: '/', body: 'run_id=1' });
    return (await begun) - sentAt;
  };
  const close = (): void => {
    void http.destroy();
    api.kill();
    worker.kill();
  };
  return { click, close };
}

if (process.argv[1] === import.meta.filename) await (role === 'api' ? serve() : work());
