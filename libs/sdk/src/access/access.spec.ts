import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { decryptFernet, encryptFernet, fernetKey } from './fernet.js';
import { login, type LoginOptions } from './login.js';
import { findToken, forgetToken, storeToken } from './tokens.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-sdk-access-'));
  vi.stubEnv('ML_DASH_HOME', home);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});
const write = (name: string, text: string): void => writeFileSync(join(home, name), text);
const found = (token?: string): string | undefined => findToken({ home, token });

/** Made by Python's cryptography 50.0.2: the key, and its token of {"ml-dash-token": "a.b.c"}. */
const KEY = 'pG0pSRSuV2Bnmld98Iytn9ZgskKzlXEUdXDuZwhY9Yc=';
const TOKEN =
  'gAAAAABrCLHVSZXFUetgc_ndG8IgknHP_YvmF9K5G_3Od6veacFPFk9c62kDJI4pBQ_0UTsDreFwPnGmiBcm8C8qiEl2Ws3eUNDWnBdZfrgvnNXJAk7XxTU=';

describe('Fernet', () => {
  it('reads the example of its specification, and what Python wrote', () => {
    const example =
      'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==';
    expect(decryptFernet(example, 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=')).toBe('hello');
    expect(JSON.parse(decryptFernet(TOKEN, KEY))).toEqual({ 'ml-dash-token': 'a.b.c' });
  });

  it('reads what it wrote, and refuses what was altered', () => {
    const key = fernetKey();
    const token = encryptFernet('geheim ü', key);
    expect(decryptFernet(token, key)).toBe('geheim ü');
    expect(token.length % 4).toBe(0);
    expect(() => decryptFernet(token, fernetKey())).toThrow('another key');
    expect(() => decryptFernet(`${token.slice(0, -10)}AAAA${token.slice(-6)}`, key)).toThrow();
    expect(() => decryptFernet('gAAA', key)).toThrow('no Fernet token');
    expect(() => encryptFernet('x', 'c2hvcnQ=')).toThrow('32 bytes');
  });
});

describe('tokens', () => {
  it('are found where the Python client keeps them, in its order', () => {
    expect(found()).toBeUndefined();
    write('config.json', '{"api_key": "from-config"}');
    expect(found()).toBe('from-config');
    expect(found('from-environment')).toBe('from-environment');
    write('encryption.key', KEY);
    write('token.enc', encryptFernet('from-enc', KEY));
    expect(found('from-environment')).toBe('from-enc');
    write('tokens.json', '{"ml-dash-token": "from-json"}');
    expect(found()).toBe('from-json');
    write('tokens.encrypted', TOKEN);
    expect(found()).toBe('a.b.c');
  });

  it('that cannot be read are told of and passed over', () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    write('encryption.key', KEY);
    write('tokens.encrypted', 'gAAAAA');
    expect(found('else')).toBe('else');
    expect(told.mock.calls.flat().join('')).toContain('tokens.encrypted cannot be read');
    told.mockRestore();
  });

  it('are kept secret and forgotten', () => {
    storeToken({ home }, 'mine');
    expect(found()).toBe('mine');
    expect(readFileSync(join(home, 'tokens.encrypted'), 'utf8')).not.toContain('mine');
    for (const name of ['tokens.encrypted', 'encryption.key'])
      expect(statSync(join(home, name)).mode & 0o777).toBe(0o600);
    storeToken({ home }, 'other');
    expect(found()).toBe('other');
    expect(forgetToken({ home })).toBe(true);
    expect(forgetToken({ home })).toBe(false);
    expect(found()).toBeUndefined();
  });
});

describe('signing in', () => {
  /** A server that answers by path; `poll` one after the other. */
  function judge(polls: object[], exchange: () => Response = () => Response.json({ ml_dash_token: 'x.y.z' })) {
    const asked: { url: string; body: Record<string, string>; token: string | null }[] = [];
    const answer = (url: string): Response => {
      if (url.endsWith('/start'))
        return Response.json({ user_code: 'ABCD', verification_uri: 'http://u', interval: 0.001 });
      if (url.endsWith('/exchange')) return exchange();
      const next = polls.shift() ?? { error: 'expired_token' };
      return Response.json(next, { status: 'access_token' in next ? 200 : 400 });
    };
    const fake = ((url: string, init: RequestInit) => {
      const body = JSON.parse(init.body as string) as Record<string, string>;
      asked.push({ url, body, token: new Headers(init.headers).get('authorization') });
      return Promise.resolve(answer(url));
    }) as typeof fetch;
    return { asked, fake };
  }
  const signIn = (fake: typeof fetch, options: LoginOptions = {}): Promise<string> =>
    login({ dashUrl: 'http://server/', authUrl: 'http://judge', fetch: fake, onCode: () => undefined, ...options });

  it('waits for the person, then keeps the token', async () => {
    const { asked, fake } = judge([{ error: 'authorization_pending' }, { access_token: 'opaque' }]);
    const codes: string[] = [];
    expect(await signIn(fake, { onCode: ({ userCode }) => codes.push(userCode) })).toBe('x.y.z');
    expect(codes).toEqual(['ABCD']);
    expect(asked.map(({ url }) => url)).toEqual([
      'http://judge/api/device/start',
      'http://judge/api/device/poll',
      'http://judge/api/device/poll',
      'http://server/api/auth/exchange',
    ]);
    expect(asked[0]!.body).toMatchObject({ client_id: 'ml-dash-client', scope: 'openid profile email' });
    expect(asked[0]!.body['device_secret_hash']).toMatch(/^[0-9a-f]{64}$/);
    expect(asked[1]!.body['device_secret_hash']).toBe(asked[0]!.body['device_secret_hash']);
    expect(asked.at(-1)!.token).toBe('Bearer opaque');
    expect(found()).toBe('x.y.z');
  });

  it('says why it failed, and keeps nothing', async () => {
    await expect(signIn(judge([{ error: 'access_denied' }]).fake)).rejects.toThrow('refused in the browser');
    await expect(signIn(judge([{ error: 'expired_token' }]).fake)).rejects.toThrow('too old');
    const unknown = judge([{ access_token: 'a' }], () => Response.json({}, { status: 404 }));
    await expect(signIn(unknown.fake)).rejects.toThrow('does not know you: HTTP 404');
    expect(existsSync(join(home, 'tokens.encrypted'))).toBe(false);
  });

  it('stops when it is told to', async () => {
    const waitsForEver = judge(Array.from({ length: 100 }, () => ({ error: 'authorization_pending' })));
    await expect(signIn(waitsForEver.fake, { signal: AbortSignal.timeout(30) })).rejects.toThrow();
  });
});
