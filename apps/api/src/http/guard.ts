import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { isLoopback } from '#config';
import { AppError } from '#contract';

import { digest, readSession } from './session-cookie.js';

/** What the guard needs of the settings. */
export interface GuardSettings {
  readonly token: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}
/** What the guard looks at. */
export interface Knock {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** A route that needs no token: health, the front end, signing in. */
  readonly open: boolean;
  /** Events and WebSockets: long-lived, so a foreign page may not even start one. */
  readonly live: boolean;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may come in; deny by default. Without a token the API lives on loopback only, and a browser is the
 * one way in for others: the Host header must be ours (DNS rebinding), and what changes something must come from our
 * own pages (CSRF). With a token every route that is not `open` needs it, as a bearer or as the signed cookie.
 * @returns the refusal, or undefined.
 */
export function refusal(knock: Knock, settings: GuardSettings): AppError | undefined {
  if (!hostAllowed(knock.headers.host, settings)) return new AppError('not-acceptable-host');
  const bearer = settings.token !== undefined && bearerMatches(knock.headers.authorization, settings.token);
  if (settings.token !== undefined && !knock.open && !bearer && !readSession(knock.headers.cookie, settings.token)) {
    return new AppError('unauthorized');
  }
  return originRefusal(knock, settings, bearer);
}

/**
 * Whether what changes something, or stays, comes from a page that may.
 * @param intended a page cannot make a browser send our bearer token, so that proves intent by itself.
 */
export function originRefusal(knock: Knock, settings: GuardSettings, intended: boolean): AppError | undefined {
  if (intended || (SAFE.has(knock.method) && !knock.live)) return undefined;
  return originAllowed(knock.headers, settings) ? undefined : new AppError('not-acceptable-origin');
}

function hostAllowed(header: string | undefined, { token, allowedHosts }: GuardSettings): boolean {
  if (token !== undefined && allowedHosts.length === 0) return true;
  if (header === undefined) return false;
  const name = header.toLowerCase().replace(/:\d{1,5}$/, '');
  return isLoopback(name) || allowedHosts.some((allowed) => allowed.toLowerCase() === name);
}

function originAllowed(headers: IncomingHttpHeaders, { allowedOrigins }: GuardSettings): boolean {
  const { origin, host } = headers;
  if (origin !== undefined) {
    if (allowedOrigins.includes(origin)) return true;
    return origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`;
  }
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function bearerMatches(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return given !== undefined && tokensEqual(given, token);
}

/** In constant time, whatever the lengths. */
export function tokensEqual(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}
