import { isIP } from 'node:net';

import { type Config, ConfigError } from './config.js';

/** An address only this machine reaches. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/**
 * Whoever starts the API asks this first: no other program listens, so it is no matter of reading the settings.
 * @throws ConfigError when other machines could reach an API that wants no token.
 */
export function checkReach({ host, token }: Pick<Config, 'host' | 'token'>): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new ConfigError(
    'MILLRACE_TOKEN: required when MILLRACE_HOST is reachable from other machines. Set it to a secret of 16 characters or more, or MILLRACE_HOST to 127.0.0.1.',
  );
}
