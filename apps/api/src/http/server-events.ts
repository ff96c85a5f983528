import { once } from 'node:events';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ServerEvent } from '#contract';

import type { Call } from './call.js';

/** Keeps proxies from closing a quiet stream, and finds out that a client has gone. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends events until their source ends, the client leaves or the server stops. A slow client slows the source: nothing is buffered
 * beyond what the socket takes. The source is closed in every case.
 */
export async function sendEvents(
  events: AsyncIterable<ServerEvent>,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
): Promise<void> {
  const signal = AbortSignal.any([call.signal, request.server.millrace.closing]);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(reply.statusCode, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // A stream takes its connection with it: a stopping server waits for none.
    connection: 'close',
  });
  if (request.method === 'HEAD') {
    raw.end();
    return;
  }
  raw.socket?.setNoDelay(true);
  raw.write(': open\n\n');
  const heartbeat = setInterval(() => raw.writableLength === 0 && raw.write(': alive\n\n'), HEARTBEAT_MS);
  const left = signal.aborted ? Promise.resolve() : once(signal, 'abort').then(() => undefined);
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      // A source that waits for its next event must not keep a client that has gone.
      const next = await Promise.race([iterator.next(), left]);
      if (!next || next.done || signal.aborted) break;
      if (!raw.write(frame(next.value))) await Promise.race([once(raw, 'drain'), left]);
    }
  } finally {
    clearInterval(heartbeat);
    raw.end();
    void iterator.return?.().catch(() => undefined);
  }
}

/** JSON holds no raw line ends, so one `data:` line is enough. */
function frame(event: ServerEvent): string {
  const id = event.id === undefined ? '' : `id: ${event.id}\n`;
  const name = event.event === undefined ? '' : `event: ${event.event}\n`;
  return `${id}${name}data: ${JSON.stringify(event.data)}\n\n`;
}
