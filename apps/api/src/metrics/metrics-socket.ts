import { type WebSocket, WebSocketServer } from 'ws';

import { API_PREFIX, AppError } from '#contract';
import { type Ports, watchHardware, watchMetrics } from '#workflow';

import type { Visitor } from '../http/door.js';
import { errorAnswer, isUnexpected } from '../http/error-body.js';
import { keepAlive, type SocketRoom, type Upgrade } from '../http/sockets.js';

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

/** Live metrics, of runs and of the machine. */
export class MetricsSocket implements SocketRoom {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  constructor(private readonly ports: Ports) {}

  readonly tracker = false;

  owns(path: string): boolean {
    return this.sourceOf(path) !== undefined;
  }

  open(path: string, _visitor: Visitor, { request, socket, head }: Upgrade): void {
    if (this.sockets.clients.size >= MAX_SOCKETS) throw new AppError('unavailable', { service: 'metrics' });
    const source = this.sourceOf(path)!;
    this.sockets.handleUpgrade(request, socket, head, (client) => void this.serve(client, source));
  }

  close(): void {
    for (const socket of this.sockets.clients) socket.close(GOING_AWAY);
    this.sockets.close();
  }

  private sourceOf(path: string): Source | undefined {
    if (HARDWARE.test(path)) return watchHardware;
    const runId = RUN.exec(path)?.[1];
    return runId === undefined ? undefined : (signal) => watchMetrics(this.ports, Number(runId), signal);
  }

  private async serve(client: WebSocket, source: Source): Promise<void> {
    const left = new AbortController();
    client.once('close', () => left.abort());
    // The socket is closed with a code that says why, and read from until that has arrived; ending it here could lose the code.
    client.on('error', () => undefined);
    const stopPinging = keepAlive(client, PING_MS);
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
