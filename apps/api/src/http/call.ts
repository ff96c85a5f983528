import { AsyncLocalStorage } from 'node:async_hooks';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { type Caller, type Locale, localeOf } from '#contract';

/** What a use case may want to know of the request beside its input. */
export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
  /** Where the client reaches this server, without a path. */
  readonly origin: string;
  /** The bearer token the request carries. */
  readonly bearer: string | undefined;
  /** The reader's language. */
  readonly locale: Locale;
  /** Aborted when the client leaves before the answer is complete. */
  readonly signal: AbortSignal;
  /** Where a stream of events is to go on. */
  readonly lastEventId: string | undefined;
  /** Minutes the reader's clock is behind UTC, as browsers count them: `X-Timezone-Offset`; 0 without one. */
  readonly timezoneOffset: number;
  /** A whole `Set-Cookie` value for the answer. */
  setCookie(cookie: string): void;
}

/** No clock is further from UTC. */
const MAX_OFFSET = 24 * 60;

/** The call a line of log belongs to. */
export const currentCall = new AsyncLocalStorage<Call>();

/** One request as a call; the signal is made only when someone asks for it. */
export class RequestCall implements Call {
  private controller: AbortController | undefined;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  get caller(): Caller {
    return this.request.caller;
  }

  get requestId(): string {
    return this.request.id;
  }

  get origin(): string {
    const secure = this.request.headers['x-forwarded-proto'] === 'https';
    return `${secure ? 'https' : this.request.protocol}://${this.request.host}`;
  }

  get bearer(): string | undefined {
    return /^Bearer +(\S+)$/i.exec(this.request.headers.authorization ?? '')?.[1];
  }

  get locale(): Locale {
    return localeOf(this.request.headers['accept-language']);
  }

  get lastEventId(): string | undefined {
    const id = this.request.headers['last-event-id'];
    return typeof id === 'string' && id !== '' ? id : undefined;
  }

  get timezoneOffset(): number {
    const minutes = Number(this.request.headers['x-timezone-offset'] ?? 0);
    return Number.isInteger(minutes) && Math.abs(minutes) <= MAX_OFFSET ? minutes : 0;
  }

  setCookie(cookie: string): void {
    void this.reply.header('set-cookie', cookie);
  }

  get signal(): AbortSignal {
    if (!this.controller) {
      const controller = new AbortController();
      this.controller = controller;
      if (this.reply.raw.destroyed) controller.abort();
      this.reply.raw.once('close', () => {
        if (!this.reply.raw.writableFinished) controller.abort();
      });
    }
    return this.controller.signal;
  }
}

/** An id a client may choose for its request: short and plain, so that it can stand in a log line. */
export function requestIdOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : undefined;
}
