import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { addressOf, type RunningApi, startApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** The status of a request with exactly these headers, as a browser page far away would make it. */
const ask = (method: string, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: api.port, method, path, headers, setHost: !('host' in headers) },
      (answer) => {
        answer.resume();
        answer.destroy();
        resolve(answer.statusCode!);
      },
    );
    sent.on('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on('error', reject).end();
  });

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const SOCKET = '/api/v1/metrics/ws/1';

describe('a page of another site', () => {
  it('cannot reach anything under a name of its own (DNS rebinding)', async () => {
    for (const { method, url } of api.routes) {
      expect([url, await ask(method, addressOf(url), { host: `evil.com:${api.port}` })]).toEqual([url, 421]);
    }
    expect(await ask('GET', SOCKET, { ...upgrade, host: 'evil.com' })).toBe(421);
    expect(await ask('GET', '/nothing', { host: 'evil.com' })).toBe(421);
  });

  it.each([
    { origin: 'http://evil.com' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
  ])('cannot change anything (CSRF) with %o', async (headers) => {
    const changing = api.routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
    expect(changing.length).toBeGreaterThan(30);
    for (const { method, url } of changing) {
      expect([method, url, await ask(method, addressOf(url), headers)]).toEqual([method, url, 403]);
    }
    expect(await ask('GET', '/api/v1/job/events', headers)).toBe(403);
    expect(await ask('GET', SOCKET, { ...upgrade, ...headers })).toBe(403);
  });

  it('is told nothing it may read', async () => {
    const answer = await api.app.inject({
      url: '/api/v1/job/',
      headers: { host: 'localhost', origin: 'http://evil.com' },
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain; x=application/json',
  ])('cannot pass %s for JSON', async (type) => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/folder/',
      headers: { host: 'localhost', 'content-type': type },
      payload: '{"name":"x"}',
    });
    expect(answer.statusCode).toBe(415);
  });
});

it('our own page can', async () => {
  const own = { origin: `http://127.0.0.1:${api.port}`, 'sec-fetch-site': 'same-origin' };
  expect(await ask('DELETE', '/api/v1/job/all', own)).toBe(200);
  expect(await ask('GET', '/api/v1/job/events', own)).toBe(200);
  expect(await ask('GET', SOCKET, { ...upgrade, ...own })).toBe(101);
});
