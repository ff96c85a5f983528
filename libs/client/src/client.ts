import type { z } from 'zod';

import { type Locale, type Route, routes } from '#contract';

import { type ReceivedEvent, readEvents } from './events.js';
import { type AnyRequest, bodyOf, type RequestOf, urlOf } from './request.js';
import { type Patience, send } from './send.js';

/** Where and how a client calls. */
export interface ClientOptions extends Patience {
  /** Without `/api/v1`; the page's own origin when absent, which only a browser has. */
  readonly baseUrl?: string;
  readonly token?: string;
  readonly fetch?: typeof fetch;
  /** The language of texts in answers and errors. */
  readonly language?: Locale;
}

type Received<R extends Route> = R['stream'] extends 'file'
  ? Blob
  : R['stream'] extends 'events'
    ? AsyncGenerator<ReceivedEvent<z.output<R['answer']>>>
    : z.output<R['answer']>;
type Call<R extends Route> =
  Record<string, never> extends RequestOf<R>
    ? (request?: RequestOf<R>) => Promise<Received<R>>
    : (request: RequestOf<R>) => Promise<Received<R>>;

/** One method per route: `client.dataset.create({ body: { name } })`. */
export type Client = {
  readonly [Noun in keyof typeof routes]: {
    readonly [Verb in keyof (typeof routes)[Noun]]: (typeof routes)[Noun][Verb] extends Route
      ? Call<(typeof routes)[Noun][Verb]>
      : never;
  };
};

/**
 * A client for every route of the contract; it adds nothing to what the server answers.
 * Methods reject with `HttpError`, or with what `fetch` throws when nobody answers. Calls that may be sent twice are, while the
 * server is busy (503, 429).
 */
export function createClient(options: ClientOptions = {}): Client {
  return Object.fromEntries(
    Object.entries(routes).map(([noun, group]) => [
      noun,
      Object.fromEntries(
        Object.entries(group as Record<string, Route>).map(([verb, route]) => [
          verb,
          (request: AnyRequest = {}) => call(route, request, options),
        ]),
      ),
    ]),
  ) as unknown as Client;
}

async function call(route: Route, request: AnyRequest, options: ClientOptions): Promise<unknown> {
  const { body, type } = await bodyOf(route, request);
  const headers = new Headers();
  if (type !== undefined) headers.set('content-type', type);
  if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
  if (options.language !== undefined) headers.set('accept-language', options.language);
  if (request.lastEventId !== undefined) headers.set('last-event-id', request.lastEventId);
  const init = {
    method: route.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  };
  // Sending a file takes as long as it takes.
  const timeoutMs = request.timeoutMs ?? (route.files ? 0 : options.timeoutMs);
  const again = IDEMPOTENT.includes(route.method) && !route.files;
  const url = urlOf(options.baseUrl ?? '', route, request);
  return send({ ...options, url, init, again, ...(timeoutMs === undefined ? {} : { timeoutMs }) }, async (answer) => {
    if (route.stream === 'events') return readEvents(answer);
    if (route.stream === 'file') return answer.blob();
    return answer.status === 204 ? null : ((await answer.json()) as unknown);
  });
}

/** RFC 9110, 9.2.2. */
const IDEMPOTENT = ['GET', 'PUT', 'DELETE'];
