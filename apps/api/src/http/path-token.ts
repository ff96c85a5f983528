import type { IncomingMessage } from 'node:http';

const PREFIX = /^\/t\/([^/?#]*)(\/[^]*)?$/;
const taken = new WeakMap<IncomingMessage, string>();

/**
 * Takes an access token out of an address `/t/{token}/…` and keeps it aside, for clients that cannot send headers. Whoever routes,
 * logs or answers afterwards sees the address without it.
 */
export function takePathToken(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const found = PREFIX.exec(url);
  if (!found) return url;
  taken.set(request, decoded(found[1]!));
  return (request.url = found[2] ?? '/');
}

/** The token that stood in the address. */
export const pathTokenOf = (request: IncomingMessage): string | undefined => taken.get(request);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
