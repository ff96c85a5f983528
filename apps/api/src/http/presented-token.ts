import type { IncomingHttpHeaders } from 'node:http';

/** A token as it was presented: as a bearer, within Basic (`https://token@host`), or in the address (`/t/{token}/…`). */
export interface PresentedToken {
  readonly token: string;
  readonly from: 'bearer' | 'basic' | 'path';
}

/** The token of a request; the one in the address goes first, as the most explicit. */
export function presentedToken(headers: IncomingHttpHeaders, inPath: string | undefined): PresentedToken | undefined {
  if (inPath !== undefined) return { token: inPath, from: 'path' };
  const [, scheme, given] = /^(Bearer|Basic) +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (scheme === undefined || given === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { token: given, from: 'bearer' };
  const [user = '', ...rest] = Buffer.from(given, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  // As the user, or as the password of whatever user.
  return { token: password === '' || user.split('.').length === 3 ? user : password, from: 'basic' };
}
