import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { loadConfig } from '#config';

import { Door } from './door.js';
import { RequestRates } from './request-rates.js';
import { serveSockets } from './sockets.js';

it('who opens sockets faster than it may is asked to come back', async () => {
  const rates = new RequestRates(1);
  for (let asked = 0; asked < 1000; asked++) rates.take('at 127.0.0.1', Date.now() + 3_600_000);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const door = new Door(loadConfig({}), () => Promise.resolve({ kind: 'foreign' }), rates);
  serveSockets(server, door, [{ tracker: true, owns: () => true, open: () => undefined, close: () => undefined }]);
  const client = new WebSocket(`ws://127.0.0.1:${port}/`);
  const [, answer] = (await once(client, 'unexpected-response')) as [unknown, IncomingMessage];
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
  client.on('error', () => undefined).terminate();
  server.close();
});
