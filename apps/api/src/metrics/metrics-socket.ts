import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { type WebSocket, WebSocketServer } from 'ws';

import { API_PREFIX, AppError, localeOf } from '#contract';
import { type Ports, watchHardware, watchMetrics } from '#workflow';

import { errorAnswer, isUnexpected } from '../http/error-body.js';
import type { Door } from '../http/door.js';

const RUN = new RegExp(`^${API_PREFIX}/metrics/ws/(\\d{1,9})/?$`);
const HARDWARE = new RegExp(`^${API_PREFIX}/hardware/ws/?$`);
/** Who does not answer a ping by the next one is gone. */
const PING_MS = 30_000;
/** Readers have nothing to say. */
const MAX_MESSAGE_BYTES = 1024;
const MAX_SOCKETS = 500;
const ENDED = 1000;
const GOING_AWAY = 1001;
const FAILED = 1011;
const TRY_AGAIN = 1013;

type Source = (signal: AbortSignal) => AsyncIterable<unknown>;

/** Live metrics, of runs and of the machine, on the API's own server; the handshake passes the same guard as every route. */
export class MetricsSocket {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  constructor(
    private readonly ports: Ports,
    server: Server,
    private readonly door: Door,
  ) {
    server.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
  }

  /** Tells every reader to come back later. */
  close(): void {
    for (const socket of this.sockets.clients) socket.close(GOING_AWAY);
    this.sockets.close();
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const source = this.sourceOf((request.url ?? '').split('?', 1)[0]!);
    try {
      await this.door.admit(request, { open: false, live: true, tracker: false });
      if (source === undefined) throw new AppError('route-unknown');
      if (this.sockets.clients.size >= MAX_SOCKETS) throw new AppError('unavailable', { service: 'metrics' });
      this.sockets.handleUpgrade(request, socket, head, (client) => void this.serve(client, source));
    } catch (error) {
      refuse(socket, error, request.headers['accept-language']);
    }
  }

  private sourceOf(path: string): Source | undefined {
    if (HARDWARE.test(path)) return watchHardware;
    const runId = RUN.exec(path)?.[1];
    return runId === undefined ? undefined : (signal) => watchMetrics(this.ports, Number(runId), signal);
  }

  private async serve(client: WebSocket, source: Source): Promise<void> {
    const left = new AbortController();
    client.once('close', () => left.abort());
    client.on('error', () => client.terminate());
    const stopPinging = keepAlive(client);
    try {
      for await (const message of source(left.signal)) await send(client, message);
      client.close(ENDED);
    } catch (error) {
      if (isUnexpected(error) && !left.signal.aborted) {
        this.ports.log.error({ err: error }, 'live metrics failed');
      }
      const { code } = errorAnswer(error, 'en').body;
      client.close(code === 'internal' ? FAILED : code === 'unavailable' ? TRY_AGAIN : ENDED, code);
    } finally {
      stopPinging();
    }
  }
}

/** Waits until the socket has taken the message, so that a slow reader slows its own source only. */
function send(client: WebSocket, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    client.send(JSON.stringify(message), (error) => (error ? reject(error) : resolve()));
  });
}

function keepAlive(client: WebSocket): () => void {
  let answered = true;
  client.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) client.terminate();
    answered = false;
    client.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}

/** Before the upgrade an error is still an HTTP answer. */
function refuse(socket: Duplex, error: unknown, acceptLanguage: string | undefined): void {
  const { status, body } = errorAnswer(error, localeOf(acceptLanguage));
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
