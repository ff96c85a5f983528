import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher, request } from 'undici';

import { AppError } from '#contract';

/** How a file is asked for; `name` is the component it is for. */
export interface UrlOptions {
  readonly name: string;
  /** The one origin that may lie in a private network: the operator chose it. */
  readonly trusted: string;
  readonly signal: AbortSignal;
  /** Bytes that are there already. */
  readonly from?: number;
}

const MOST_REDIRECTS = 5;
const ANSWER_MS = 30_000;

const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves names to public addresses alone, at the moment of connecting, so that no later answer can differ. */
function publicLookup(hostname: string, options: LookupOptions, answer: Answer): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      answer(error, '');
      return;
    }
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => !isPublic(address)))
      answer(new Error(`${hostname} has no public address`), '');
    else if (options.all === true) answer(null, addresses);
    else answer(null, first.address, first.family);
  });
}

const timeouts = { headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS };
const open = new Agent({ ...timeouts, connect: { timeout: ANSWER_MS } });
const guarded = new Agent({ ...timeouts, connect: { timeout: ANSWER_MS, lookup: publicLookup } });

/**
 * Opens an address for reading, following redirects, each of which must lead to a public HTTPS address or to the trusted origin.
 * @throws AppError `download-failed` {name, reason}; the signal's reason once it is aborted.
 */
export async function openUrl(address: string, options: UrlOptions): Promise<Dispatcher.ResponseData> {
  const { name, trusted, signal, from = 0 } = options;
  // Without its cause: a network that is away is not ours to wait for, and a new download goes on where this one stopped.
  const failed = (reason: string): AppError => new AppError('download-failed', { name, reason });
  let url = new URL(address);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const known = url.origin === trusted;
    if (!known && (url.protocol !== 'https:' || isPrivateLiteral(url))) throw failed(`${url.host}: private / http`);
    const headers = { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const answer = await request(url, { signal, headers, dispatcher: known ? open : guarded }).catch(
      (error: unknown) => {
        signal.throwIfAborted();
        throw failed(`${url.host}: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    if (answer.statusCode < 300 || answer.statusCode === 416) return answer;
    await answer.body.dump().catch(() => undefined);
    const { location } = answer.headers;
    if (answer.statusCode >= 400 || typeof location !== 'string')
      throw failed(`${url.host}: HTTP ${answer.statusCode}`);
    url = new URL(location, url);
  }
  throw failed(`${url.host}: > ${MOST_REDIRECTS} redirects`);
}

/** A small text. @throws AppError `download-failed` as {@link openUrl}, also when it is longer than allowed. */
export async function readUrl(address: string, options: UrlOptions & { readonly limitBytes: number }): Promise<string> {
  const { body } = await openUrl(address, options);
  const chunks: Buffer[] = [];
  let left = options.limitBytes;
  for await (const chunk of body) {
    left -= (chunk as Buffer).length;
    if (left < 0) throw new AppError('download-failed', { name: options.name, reason: `> ${options.limitBytes} B` });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isPrivateLiteral(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isPublic(host);
}
