import { type Dispatcher, request } from 'undici';

import { AppError } from '#contract';

import { allowsHost, everyAddress, guardedAgent, publicOnly } from '../upload/guarded-agent.js';

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

const open = guardedAgent(everyAddress);
const guarded = guardedAgent(publicOnly);

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
    if (!known && (url.protocol !== 'https:' || !allowsHost(url, publicOnly)))
      throw failed(`${url.host}: private / http`);
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
