import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readSettings } from '../settings.js';
import { storeToken, writeSecret } from './tokens.js';

const CLIENT = 'ml-dash-client';
const MOST_POLLS = 120;

/** How somebody signs in. */
export interface LoginOptions {
  /** The server; that of `ML_DASH_API_URL` when absent. */
  readonly dashUrl?: string;
  /** Who knows the people; the server itself when absent. */
  readonly authUrl?: string;
  /** Shows the code and where to type it; printed when absent. */
  readonly onCode?: (code: DeviceCode) => void;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}
/** What a person types, and where. */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | undefined;
  readonly expiresInSeconds: number;
}

/**
 * Signs in from a terminal (after RFC 8628): shows a code, waits until it was typed in a browser, keeps the token for this SDK
 * and the Python client. @throws Error when it was refused or took too long.
 */
export async function login(options: LoginOptions = {}): Promise<string> {
  const settings = readSettings();
  const server = (options.dashUrl ?? settings.serverUrl).replace(/\/+$/, '');
  const judge = (options.authUrl ?? server).replace(/\/+$/, '');
  const ask = askerOf(options);
  const identity = { client_id: CLIENT, device_secret_hash: hashOf(deviceSecret(settings.home)) };
  const started = await ask<Started>(`${judge}/api/device/start`, { ...identity, scope: 'openid profile email' });
  if (!started.ok) throw new Error(`${judge} starts no sign-in: HTTP ${started.status}`);
  const { user_code, verification_uri, verification_uri_complete, expires_in = 600, interval = 5 } = started.body;
  (options.onCode ?? show)({
    userCode: user_code,
    verificationUri: verification_uri,
    verificationUriComplete: verification_uri_complete,
    expiresInSeconds: expires_in,
  });
  let pause = interval;
  for (let polls = 0; polls < MOST_POLLS; polls += 1) {
    await sleep(pause * 1000, undefined, options.signal ? { signal: options.signal } : {});
    const { ok, body } = await ask<Polled>(`${judge}/api/device/poll`, identity);
    if (ok && body.access_token !== undefined) {
      const exchanged = await ask<{ ml_dash_token?: string }>(`${server}/api/auth/exchange`, {}, body.access_token);
      const token = exchanged.body.ml_dash_token;
      if (!exchanged.ok || token === undefined)
        throw new Error(`${server} does not know you: HTTP ${exchanged.status}`);
      storeToken(settings, token);
      return token;
    }
    if (body.error === 'slow_down') pause += 5;
    else if (body.error !== 'authorization_pending')
      throw new Error(REFUSALS[body.error ?? ''] ?? 'The sign-in failed');
  }
  throw new Error(REFUSALS['expired_token']);
}

interface Started {
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete?: string;
  readonly expires_in?: number;
  readonly interval?: number;
}
interface Polled {
  readonly access_token?: string;
  readonly error?: string;
}
const REFUSALS: Readonly<Record<string, string>> = {
  expired_token: 'The code is too old; sign in again',
  access_denied: 'The sign-in was refused in the browser',
};

interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  readonly body: Partial<T> & T;
}

function askerOf({ fetch: send = fetch, signal }: LoginOptions) {
  return async <T>(url: string, body: object, token?: string): Promise<Answer<T>> => {
    const answer = await send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
    const parsed: unknown = await answer.json().catch(() => ({}));
    return { ok: answer.ok, status: answer.status, body: parsed as T };
  };
}

/** Binds the sign-in to this machine; kept in `config.json` beside what others put there. */
function deviceSecret(home: string): string {
  const file = join(home, 'config.json');
  let config: Record<string, unknown> = {};
  try {
    config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    // A first sign-in.
  }
  if (typeof config['device_secret'] === 'string') return config['device_secret'];
  const secret = randomBytes(32).toString('hex');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeSecret(file, JSON.stringify({ ...config, device_secret: secret }, null, 2));
  return secret;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

function show({ userCode, verificationUri, verificationUriComplete }: DeviceCode): void {
  process.stdout.write(`Open ${verificationUriComplete ?? verificationUri} and type ${userCode}\n`);
}
