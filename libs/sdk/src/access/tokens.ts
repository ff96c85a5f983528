import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Settings } from '../settings.js';
import { tell } from '../tell.js';
import { decryptFernet, encryptFernet, fernetKey } from './fernet.js';

const KEY = 'ml-dash-token';
type Place = Pick<Settings, 'home' | 'token'>;

/**
 * The token of whoever signed in, here or with the Python client: `tokens.encrypted`, `tokens.json`, `token.enc` in `~/.dash`, then the
 * environment, then `api_key` of `config.json`.
 */
export function findToken({ home, token }: Place): string | undefined {
  const file = (name: string): string => join(home, name);
  return (
    attempt(file('tokens.encrypted'), (text) => tokenIn(decryptFernet(text, readKey(home)))) ??
    attempt(file('tokens.json'), tokenIn) ??
    attempt(file('token.enc'), (text) => tokenIn(decryptFernet(text, readKey(home)))) ??
    token ??
    attempt(file('config.json'), (text) => textOf((JSON.parse(text) as { api_key?: unknown }).api_key))
  );
}

/** Keeps a token where the Python client finds it too; nobody else on this machine may read it. */
export function storeToken({ home }: Pick<Settings, 'home'>, token: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const keyFile = join(home, 'encryption.key');
  if (!existsSync(keyFile)) writeFileSync(keyFile, fernetKey(), { mode: 0o600, flag: 'wx' });
  const file = join(home, 'tokens.encrypted');
  const there =
    attempt(file, (text) => JSON.parse(decryptFernet(text, readKey(home))) as Record<string, unknown>) ?? {};
  writeSecret(file, encryptFernet(JSON.stringify({ ...there, [KEY]: token }), readKey(home)));
}

/** Forgets it; whether there was one. */
export function forgetToken({ home }: Pick<Settings, 'home'>): boolean {
  const file = join(home, 'tokens.encrypted');
  const there = attempt(file, (text) => JSON.parse(decryptFernet(text, readKey(home))) as Record<string, unknown>);
  if (there?.[KEY] === undefined) return false;
  const others = Object.fromEntries(Object.entries(there).filter(([name]) => name !== KEY));
  writeSecret(file, encryptFernet(JSON.stringify(others), readKey(home)));
  return true;
}

/** Replaced in one step, so that nobody meets half a secret. */
export function writeSecret(file: string, text: string): void {
  const next = `${file}.${process.pid}.new`;
  writeFileSync(next, text, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, file);
}

const readKey = (home: string): string => readFileSync(join(home, 'encryption.key'), 'utf8');
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A file holds a map of tokens, or the token alone. */
function tokenIn(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return textOf(typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[KEY] : value);
  } catch {
    return textOf(text.trim());
  }
}

function attempt<T>(file: string, read: (text: string) => T | undefined): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return read(readFileSync(file, 'utf8'));
  } catch (error) {
    tell(`${file} cannot be read`, error);
    return undefined;
  }
}
