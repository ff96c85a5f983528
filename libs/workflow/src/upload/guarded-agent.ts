import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';
import { Agent } from 'undici';

/** Which addresses may be asked. */
export interface UrlPolicy {
  /** Judges an address a name was resolved to, or one written out in the URL. */
  readonly allows: (address: string) => boolean;
  readonly lookup?: typeof dnsLookup;
}

/** Only addresses of the public internet: neither loopback, private, link-local (cloud metadata) nor reserved; IPv4 inside IPv6 counts as IPv4. */
export const publicOnly: UrlPolicy = {
  allows: (address) => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast',
};
/** Every address, for intranets and tests: the operator's choice. */
export const everyAddress: UrlPolicy = { allows: () => true };

/** What a connection fails with whose name resolves to an address that is not allowed. */
export class ForbiddenAddress extends Error {
  constructor(host: string) {
    super(`${host} has an address that is not allowed`);
  }
}

const ANSWER_MS = 30_000;
type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * An agent that judges the addresses of a name at the moment of connecting and connects to the very address it judged, so that no later
 * answer of a name server can differ. Names alone are looked up: ask {@link allowsHost} before each request.
 */
export function guardedAgent({ allows, lookup = dnsLookup }: UrlPolicy): Agent {
  const guarded = (hostname: string, options: LookupOptions, answer: Answer): void => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (error !== null) answer(error, '');
      else if (first === undefined || !addresses.every(({ address }) => allows(address)))
        answer(new ForbiddenAddress(hostname), '');
      else if (options.all === true) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };
  return new Agent({
    connect: { timeout: ANSWER_MS, lookup: guarded },
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    pipelining: 0,
  });
}

/** False for a URL whose host is written out as an address that is not allowed. */
export function allowsHost({ hostname }: URL, { allows }: UrlPolicy): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || allows(host);
}
