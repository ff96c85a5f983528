import { errorOf, HttpError } from './http-error.js';

/** How patiently requests are sent. */
export interface Patience {
  /** How long one try may take, its answer included; streams until their first byte. 60 s when absent, 0 for ever. */
  readonly timeoutMs?: number;
  /** Further tries when the server is busy or, for reads, away; 2 when absent. */
  readonly retries?: number;
  /** The first pause between tries, doubled each time up to 10 s; the server's `Retry-After` goes before. 500 when absent. */
  readonly retryBaseMs?: number;
}

/** One request as `fetch` takes it, and whether it may be sent twice. */
export interface Sending extends Patience {
  readonly url: string;
  readonly init: RequestInit;
  /** Sending it again does no harm. */
  readonly again: boolean;
  readonly fetch?: typeof fetch;
}

const BUSY = [429, 503];
const LONGEST_PAUSE_MS = 10_000;
/** A server that asks for more than this is better asked by hand. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Sends a request and reads its answer, again while that may help.
 * @throws HttpError for answers that are no success; what `fetch` throws when nobody answers; a `TimeoutError` when it took too long.
 */
export async function send<T>(sending: Sending, read: (answer: Response) => Promise<T>): Promise<T> {
  const { retries = 2, retryBaseMs = 500 } = sending;
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(sending, read);
    } catch (error) {
      const asked = error instanceof HttpError ? error.retryAfterMs : null;
      if (tries >= retries || !mayHelp(sending, error) || (asked ?? 0) > LONGEST_WAIT_MS) throw error;
      const pause = asked ?? Math.min(LONGEST_PAUSE_MS, retryBaseMs * 2 ** tries);
      await rest(pause, sending.init.signal);
    }
  }
}

/** A busy server did nothing yet; a line that broke may have carried the request, so only reads go again. */
function mayHelp({ again, init }: Sending, error: unknown): boolean {
  if (!again || init.signal?.aborted === true) return false;
  return error instanceof HttpError ? BUSY.includes(error.status) : init.method === 'GET';
}

async function once<T>(sending: Sending, read: (answer: Response) => Promise<T>): Promise<T> {
  const { url, init, timeoutMs = 60_000 } = sending;
  const gate = new AbortController();
  const late = (): void => gate.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'));
  const timer = timeoutMs > 0 ? setTimeout(late, timeoutMs) : undefined;
  try {
    const signal = init.signal ? AbortSignal.any([init.signal, gate.signal]) : gate.signal;
    const answer = await (sending.fetch ?? fetch)(url, { ...init, signal });
    if (!answer.ok) throw await errorOf(answer);
    return await read(answer);
  } finally {
    clearTimeout(timer);
  }
}

/** Sleeps, unless told to stop. */
export function rest(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
