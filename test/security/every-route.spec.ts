import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { addressOf, type RouterEntry, type RunningApi, startApi } from './running-api.js';

const TOKEN = 'a-token-that-nobody-guesses';
/** All that may answer without the token. */
const OPEN =
  /^\/(?:api\/device\/(?:start|poll)|(?:api\/v1\/)?health(?:\/(?:live|ready))?|api\/v1\/sign-(?:in|out)|api\/v1\/rest\/artifacts\/upload|app(?:\/.*)?|)\/?$/;

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ MILLRACE_TOKEN: TOKEN });
});
afterAll(() => api.stop());

const ask = async (method: string, url: string, headers: Record<string, string> = {}): Promise<number> => {
  const answer = await api.app.inject({
    method: method,
    url,
    headers: { host: 'localhost', ...headers },
  });
  return answer.statusCode;
};

/** The same place, spelt to slip past a guard that compares texts. */
const spellings = (path: string): string[] => [
  path,
  path.endsWith('/') ? path.slice(0, -1) : `${path}/`,
  `/${path}`,
  path.replace(/^\/(\w)/, (_all, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`),
  path.replace(/^\//, '/%2e/'),
  path.replace(/^\//, '/health/..%2f'),
  path.replace(/^\//, '/health/../'),
  path.replace(/^\//, '/app/../'),
  path.replace(/^\//, '/app/..;/'),
  `${path};x=1`,
  `${path}?x=/health`,
  `${path}#/health`,
  `${path}%00`,
  path.toUpperCase(),
];

describe('with a token, every route of the router', () => {
  it('is there to be asked, and only the allow-list is open', () => {
    expect(api.routes.length).toBeGreaterThan(100);
    expect(api.routes.filter(({ open, url }) => open && !OPEN.test(url))).toEqual([]);
    expect(api.routes.filter(({ open, url }) => !open && /health|sign-in/.test(url))).toEqual([]);
  });

  const closed = (): RouterEntry[] => api.routes.filter(({ open }) => !open);

  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: `Bearer ${TOKEN}x` }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${Buffer.from(`x:${TOKEN}`).toString('base64')}` }],
    ['a token in the query', { 'x-token': TOKEN }],
    ['a forged cookie', { cookie: `millrace_session=9999999999999.${'A'.repeat(43)}` }],
  ])('answers 401 to %s', async (_what, headers) => {
    for (const { method, url } of closed()) {
      expect([method, url, await ask(method, `${addressOf(url)}?token=${TOKEN}`, headers)]).toEqual([method, url, 401]);
    }
  });

  it('answers 401 to other methods and spellings, or 404 where it is the open front end that answers', async () => {
    for (const url of new Set(closed().map((route) => route.url))) {
      for (const spelling of spellings(addressOf(url))) {
        for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH', 'POST']) {
          const status = await ask(method, spelling);
          const front = /^\/(?:app|health)\//.test(spelling) && method !== 'DELETE';
          expect([method, spelling, front ? [401, 404, 200].includes(status) : status === 401]).toEqual([
            method,
            spelling,
            true,
          ]);
        }
      }
    }
  });

  it('lets the token in', async () => {
    expect(await ask('GET', '/api/v1/job/', { authorization: `Bearer ${TOKEN}` })).toBe(200);
    const headers = { host: 'localhost', 'content-type': 'application/json' };
    const signIn = (token: string) =>
      api.app.inject({ method: 'POST', url: '/api/v1/sign-in', headers, payload: { token } });
    expect((await signIn('wrong')).statusCode).toBe(401);
    const cookie = (await signIn(TOKEN)).headers['set-cookie'] as string;
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(cookie).not.toContain(TOKEN);
    expect(await ask('GET', '/api/v1/job/', { cookie: cookie.split(';', 1)[0]! })).toBe(200);
  });
});
