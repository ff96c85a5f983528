import { describe, expect, it } from 'vitest';

import { type GuardSettings, type Knock, refusal } from './guard.js';
import { newSession } from './session-cookie.js';

const TOKEN = 'a-token-of-enough-length';
const open: GuardSettings = { token: undefined, allowedHosts: [], allowedOrigins: [] };
const locked: GuardSettings = { ...open, token: TOKEN };
const knock = (headers: Knock['headers'], more: Partial<Knock> = {}): Knock => ({
  method: 'GET',
  open: false,
  live: false,
  ...more,
  headers: { host: 'localhost:8000', ...headers },
});
const codeOf = (at: Knock, settings = open): string | undefined => refusal(at, settings)?.code;

describe('without a token', () => {
  it.each(['localhost', 'localhost:8000', 'LOCALHOST:1', '127.0.0.1:8000', '127.9.9.9', '[::1]:8000', '[::1]'])(
    'answers to the host %s',
    (host) => expect(codeOf(knock({ host }))).toBeUndefined(),
  );

  it.each([
    'evil.com',
    'localhost.evil.com',
    '127.0.0.1.nip.io',
    '10.0.0.1',
    '0.0.0.0',
    '',
    'localhost@evil.com',
    'localhost:8000:1',
  ])('does not answer to the host "%s"', (host) => expect(codeOf(knock({ host }))).toBe('not-acceptable-host'));

  it('answers to a listed host', () => {
    expect(codeOf(knock({ host: 'Box.lan:8000' }), { ...open, allowedHosts: ['box.lan'] })).toBeUndefined();
  });

  it.each([
    [{ origin: 'http://evil.com' }],
    [{ origin: 'null' }],
    [{ origin: 'http://localhost:3000' }],
    [{ origin: 'http://localhost:8000.evil.com' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses to change anything for %o', (headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(codeOf(knock(headers, { method }))).toBe('not-acceptable-origin');
    }
    expect(codeOf(knock(headers, { live: true }))).toBe('not-acceptable-origin');
    expect(codeOf(knock(headers))).toBeUndefined();
  });

  it.each([
    [{}],
    [{ origin: 'http://localhost:8000' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('changes things for %o', (headers) => expect(codeOf(knock(headers, { method: 'DELETE' }))).toBeUndefined());

  it('changes things for a listed origin', () => {
    const settings = { ...open, allowedOrigins: ['http://localhost:3000'] };
    expect(codeOf(knock({ origin: 'http://localhost:3000' }, { method: 'POST' }), settings)).toBeUndefined();
  });
});

describe('with a token', () => {
  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Basic ${TOKEN}`,
    TOKEN,
  ])('refuses the authorization %s', (authorization) => {
    expect(codeOf(knock({ authorization }), locked)).toBe('unauthorized');
    expect(codeOf(knock({ authorization }, { open: true }), locked)).toBeUndefined();
  });

  it('takes the bearer from any host and origin', () => {
    const headers = { authorization: `Bearer ${TOKEN}`, host: 'box.lan', origin: 'http://elsewhere' };
    expect(codeOf(knock(headers, { method: 'POST' }), locked)).toBeUndefined();
  });

  const cookieOf = (token: string, now: Date): string => newSession(token, now).split(';', 1)[0]!;

  it('takes the cookie, but not for a foreign page', () => {
    const cookie = `theme=dark; ${cookieOf(TOKEN, new Date())}`;
    expect(codeOf(knock({ cookie }), locked)).toBeUndefined();
    expect(codeOf(knock({ cookie, origin: 'http://evil.com' }, { method: 'POST' }), locked)).toBe(
      'not-acceptable-origin',
    );
  });

  it('refuses cookies that are old, forged or of another token', () => {
    const fresh = cookieOf(TOKEN, new Date());
    const [name, value] = fresh.split('=') as [string, string];
    const [expires, signature] = value.split('.') as [string, string];
    const forged = [
      cookieOf(TOKEN, new Date(Date.now() - 13 * 3_600_000)),
      cookieOf('another-token-of-enough-length', new Date()),
      `${name}=${Number(expires) + 1000}.${signature}`,
      `${name}=${expires}.`,
      `${name}=${expires}`,
      `${name}=.${signature}`,
    ];
    for (const cookie of forged) expect(codeOf(knock({ cookie }), locked)).toBe('unauthorized');
  });
});
