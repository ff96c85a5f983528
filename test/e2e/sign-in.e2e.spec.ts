import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

const TOKEN = 'a token of more than sixteen characters'.replaceAll(' ', '-');
let millrace: RunningMillrace;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', env: { MILLRACE_TOKEN: TOKEN } });
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: object): Promise<Response> =>
  fetch(`${millrace.url}/api/v1${path}`, {
    method,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

it('a browser signs in with the token, reads with the cookie it got, and is out after signing out', async () => {
  expect((await ask('GET', '/dataset/')).status).toBe(401);
  const wrong = await ask('POST', '/sign-in', {}, { token: `${TOKEN}!` });
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
  const signedIn = await ask('POST', '/sign-in', {}, { token: TOKEN });
  const cookie = signedIn.headers.get('set-cookie')!.split(';', 1)[0]!;
  expect(cookie).not.toContain(TOKEN);
  expect((await ask('GET', '/dataset/', { cookie })).status).toBe(200);
  const signedOut = await ask('POST', '/sign-out', { cookie });
  expect(signedOut.headers.get('set-cookie')).toContain('Max-Age=0');
  expect((await ask('GET', '/dataset/', { cookie: signedOut.headers.get('set-cookie')!.split(';', 1)[0]! })).status).toBe(401);
}); // prettier-ignore

it('probes answer without a token, under both of their addresses', async () => {
  for (const path of ['/health', '/health/live', '/health/ready']) {
    expect((await ask('GET', path)).status, path).toBe(200);
    if (path !== '/health') expect((await fetch(millrace.url + path)).status, path).toBe(200);
  }
});
