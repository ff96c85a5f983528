import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { addressOf as pathOf, isTrackerRoute, type Route, routes } from '#contract';

import { addressOf, type RunningApi, startApi } from './running-api.js';

const TOKEN = 'a-token-that-nobody-guesses';
/** The router knows a path with and without a slash at its end. */
const withoutSlash = (url: string): string => url.replace(/\/$/, '');
const trackers = new Set(
  Object.values(routes)
    .flatMap((group) => Object.values(group) as Route[])
    .filter(isTrackerRoute)
    .map((route) => `${route.method} ${withoutSlash(pathOf(route))}`),
);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ MILLRACE_TOKEN: TOKEN });
});
afterAll(() => api.stop());

const ask = async (method: string, url: string, token: string, payload?: object) => {
  const headers = { host: 'localhost', authorization: `Bearer ${token}` };
  const answer = await api.app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, text: answer.body, json: () => answer.json<Record<string, unknown>>() };
};
const create = async (given: object = {}) => {
  const answer = await ask('POST', '/api/v1/access-token/', TOKEN, { name: 'a script', ...given });
  expect(answer.status).toBe(201);
  return answer.json() as { id: number; token: string };
};

describe('an access token', () => {
  it('is shown once, as a JSON Web Token with the claims clients read, and kept as a hash', async () => {
    const { id, token } = await create({ owner: 'ann', days: 2 });
    const parts = token.split('.');
    expect(parts).toHaveLength(3);
    const claims = JSON.parse(Buffer.from(parts[1]!, 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({
      sub: 'ann',
      username: 'ann',
      name: 'ann',
      given_name: 'ann',
      family_name: '',
      email: 'ann@localhost',
      iss: 'millrace',
    });
    expect(claims['exp'] as number).toBeGreaterThan(Date.now() / 1000 + 86_400);
    expect(claims['jti']).toMatch(/^[\w-]{12}$/);
    const list = await ask('GET', '/api/v1/access-token/', TOKEN);
    expect(list.text).toContain('a script');
    for (const part of parts.slice(1)) expect(list.text).not.toContain(part);
    const [{ row }] = await api.ports.db.query<[{ row: string }]>(
      'SELECT to_json(t)::text AS row FROM access_token t WHERE id = $1',
      [id],
    );
    for (const part of parts) expect(row).not.toContain(part);
  });

  it('is refused with 403 on every route that is no tracker’s', async () => {
    const { token } = await create();
    const others = api.routes.filter(
      ({ method, url, open }) => !open && !trackers.has(`${method.replace('HEAD', 'GET')} ${withoutSlash(url)}`),
    );
    const asked = others.filter(({ url }) => !url.startsWith('/compat/'));
    expect(asked.length).toBeGreaterThan(100);
    for (const { method, url } of asked) {
      expect([method, url, (await ask(method, addressOf(url), token)).status]).toEqual([method, url, 403]);
    }
  });

  it('manages no tokens, not even itself', async () => {
    const { id, token } = await create();
    expect((await ask('GET', '/api/v1/access-token/', token)).status).toBe(403);
    expect((await ask('POST', '/api/v1/access-token/', token, { name: 'more' })).status).toBe(403);
    expect((await ask('DELETE', `/api/v1/access-token/${id}`, token)).status).toBe(403);
    expect((await ask('DELETE', `/t/${token}/api/v1/access-token/${id}`, TOKEN)).status).toBe(403);
  });

  it('is no way to sign in, and no cookie', async () => {
    const { token } = await create();
    expect((await ask('POST', '/api/v1/sign-in', TOKEN, { token })).status).toBe(401);
    const answer = await api.app.inject({
      method: 'GET',
      url: '/api/v1/job/',
      headers: { host: 'localhost', cookie: `millrace_session=${token}` },
    });
    expect(answer.statusCode).toBe(401);
  });

  it('opens no WebSocket of the platform', async () => {
    const { token } = await create();
    const statusOf = async (path: string, headers: Record<string, string>): Promise<number> => {
      const socket = new WebSocket(`ws://127.0.0.1:${api.port}${path}`, { headers });
      const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      return answer.statusCode;
    };
    const path = '/api/v1/hardware/ws';
    expect(await statusOf(path, { authorization: `Bearer ${token}` })).toBe(403);
    expect(await statusOf(`/t/${token}${path}`, {})).toBe(403);
    expect(await statusOf(`/t/${TOKEN}${path}`, {})).toBe(401);
    expect(await statusOf(path, { authorization: `Bearer ${token}x` })).toBe(401);
    expect(await statusOf(path, {})).toBe(401);
  });

  it('is revoked once, and knows its refusals', async () => {
    const { id } = await create();
    expect((await ask('DELETE', `/api/v1/access-token/${id}`, TOKEN)).status).toBe(204);
    const revoked = (): Promise<unknown> =>
      ask('GET', '/api/v1/access-token/', TOKEN).then(
        ({ text }) => (JSON.parse(text) as { id: number; revoked: string }[]).find((row) => row.id === id)?.revoked,
      );
    const first = await revoked();
    expect(first).toMatch(/^\d{4}-/);
    expect((await ask('DELETE', `/api/v1/access-token/${id}`, TOKEN)).status).toBe(204);
    expect(await revoked()).toBe(first);
    expect((await ask('DELETE', '/api/v1/access-token/999999', TOKEN)).json()).toMatchObject({
      code: 'access-token-not-found',
    });
    for (const wrong of [
      {},
      { name: ' ' },
      { name: 'x', owner: '../x' },
      { name: 'x', owner: 'A' },
      { name: 'x', days: 0 },
      { name: 'x', days: 4000 },
      { name: 'x', project_id: 'a' },
      { name: 'x'.repeat(201) },
    ]) {
      expect([wrong, (await ask('POST', '/api/v1/access-token/', TOKEN, wrong)).status]).toEqual([wrong, 422]);
    }
    expect((await ask('POST', '/api/v1/access-token/', TOKEN, { name: 'x', project_id: 99 })).json()).toMatchObject({
      code: 'tracked-project-not-found',
    });
  });
});
