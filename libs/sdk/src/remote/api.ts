import { createHash } from 'node:crypto';

import { HttpError, send } from '#client';

import type { Settings } from '../settings.js';
import { findToken } from '../access/tokens.js';
import { readJson } from '../values/numbers-json.js';

/** Long enough for a busy server, short enough to notice that there is none. */
const TIMEOUT_MS = 30_000;

/** Where a server is and who asks. */
export interface ApiOptions {
  readonly url: string;
  readonly token?: string;
  readonly settings: Settings;
}

/** Calls of the ML-Dash protocol. They reject with `HttpError`, or with what `fetch` throws when nobody answers. */
export class Api {
  readonly url: string;

  constructor(
    private readonly options: ApiOptions,
    private readonly signal?: AbortSignal,
    private readonly found: { token?: string | undefined } = {},
  ) {
    this.url = options.url.replace(/\/+$/, '');
    if (!/^https?:\/\//.test(this.url))
      throw new RangeError(`${options.url} is no address of a server; write http://…`);
    this.renewToken();
  }

  /** Somebody may have signed in since. */
  renewToken(): void {
    this.found.token = this.options.token ?? findToken(this.options.settings);
  }

  /** The same server and the same token; what is on its way ends with the signal. */
  until(signal: AbortSignal): Api {
    return new Api(this.options, signal, this.found);
  }

  /** Tells tokens apart without keeping one. */
  get tokenMark(): string {
    return createHash('sha256')
      .update(this.found.token ?? '')
      .digest('hex')
      .slice(0, 16);
  }

  /** Reads go again when the line breaks or the server is busy. */
  get<T>(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): Promise<T> {
    return this.call('GET', `/api${path}${searchOf(query)}`) as Promise<T>;
  }

  /** Sends a body as it is, byte for byte, once. */
  sendText<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: string): Promise<T> {
    return this.call(method, `/api${path}`, body) as Promise<T>;
  }

  sendForm<T>(path: string, form: FormData): Promise<T> {
    return this.call('POST', `/api${path}`, form, 0) as Promise<T>;
  }

  /** The answer's `data`. @throws HttpError also for what GraphQL calls errors. */
  async graphql<T>(query: string, variables: object): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const answer = (await this.call('POST', '/graphql', body)) as { data: T; errors?: { message: string }[] };
    const [problem] = answer.errors ?? [];
    if (problem) throw new HttpError(422, 'graphql', problem.message);
    return answer.data;
  }

  /** Reads an answer piece by piece. */
  stream(
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
  ): Promise<AsyncIterable<Uint8Array>> {
    const read = (answer: Response): Promise<AsyncIterable<Uint8Array>> => Promise.resolve(chunksOf(answer));
    return this.download(`${path}${searchOf(query)}`, read);
  }

  /** Answers a file as it comes. */
  download<T>(path: string, read: (answer: Response) => Promise<T>): Promise<T> {
    return send({ url: `${this.url}/api${path}`, init: this.init('GET'), again: true, timeoutMs: 0 }, read);
  }

  /** Puts a file where the server said it wants it; the address is the permission. */
  async put(url: string, body: Blob, headers: Readonly<Record<string, string>>): Promise<void> {
    const init = { ...this.init('PUT'), body, headers };
    await send({ url, init, again: false, timeoutMs: 0 }, (answer) => answer.arrayBuffer());
  }

  private call(method: string, path: string, body?: string | FormData, timeoutMs = TIMEOUT_MS): Promise<unknown> {
    const init = { ...this.init(method), ...(body === undefined ? {} : { body }) };
    if (typeof body === 'string') init.headers.set('content-type', 'application/json');
    return send({ url: `${this.url}${path}`, init, again: method === 'GET', timeoutMs }, async (answer) => {
      const text = await answer.text();
      return text === '' ? null : readJson(text);
    });
  }

  authorization(): Record<string, string> {
    return this.found.token === undefined ? {} : { authorization: `Bearer ${this.found.token}` };
  }

  private init(method: string): { method: string; headers: Headers; signal?: AbortSignal } {
    return { method, headers: new Headers(this.authorization()), ...(this.signal ? { signal: this.signal } : {}) };
  }
}

function searchOf(query: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

async function* chunksOf(answer: Response): AsyncGenerator<Uint8Array> {
  if (answer.body) yield* answer.body as unknown as AsyncIterable<Uint8Array>;
}
