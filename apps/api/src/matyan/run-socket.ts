import { setTimeout as sleep } from 'node:timers/promises';

import { type WebSocket, WebSocketServer } from 'ws';

import { API_PREFIX, AppError, type MatyanReply } from '#contract';
import { errorText } from '#i18n';
import { ingestMessages, type Ports, type RunWriter, sayAlive } from '#workflow';

import type { Door, Visitor } from '../http/door.js';
import { errorAnswer } from '../http/error-body.js';
import { keepAlive, type SocketRoom, type Upgrade } from '../http/sockets.js';
import { ingestion } from './ingestion-counts.js';
import { readFrame } from './read-frame.js';

const PATH = new RegExp(`^${API_PREFIX}/ws/runs/([A-Za-z0-9._-]{1,128})/?$`);
const PING_MS = 30_000;
/** A run whose socket only answers pings is said to live this often. */
const ALIVE_MS = 60_000;
const MAX_SOCKETS = 2000;
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** Frames that wait for the one that is stored: past this many bytes the client is not read from, whose own queue then grows. */
const WAITING_BYTES = 1024 * 1024;
/** The same for all sockets together. */
const WAITING_BYTES_IN_ALL = 128 * 1024 * 1024;
const GOING_AWAY = 1001;
const FAILED = 1011;

/** What training scripts write to their runs: each frame is answered once, after what it holds is committed. */
export class RunSocket implements SocketRoom {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  private waitingInAll = 0;

  constructor(
    private readonly ports: Ports,
    private readonly door: Door,
  ) {}

  readonly tracker = true;

  owns(path: string): boolean {
    return PATH.test(path);
  }

  open(path: string, visitor: Visitor, { request, socket, head }: Upgrade): void {
    if (this.sockets.clients.size >= MAX_SOCKETS) throw new AppError('unavailable', { service: 'runs' });
    const hash = PATH.exec(path)![1]!;
    this.sockets.handleUpgrade(request, socket, head, (client) => this.serve(client, hash, visitor));
  }

  close(): void {
    for (const socket of this.sockets.clients) socket.close(GOING_AWAY);
    this.sockets.close();
  }

  /** Frames one after the other, in the order they came. */
  private serve(client: WebSocket, hash: string, { caller, rateKey }: Visitor): void {
    const writer: RunWriter = { caller, hash };
    const left = new AbortController();
    const frames: string[] = [];
    let waiting = 0;
    let working = false;
    const account = (bytes: number): void => {
      waiting += bytes;
      this.waitingInAll += bytes;
      const full = waiting > WAITING_BYTES || (waiting > 0 && this.waitingInAll > WAITING_BYTES_IN_ALL);
      if (full && !client.isPaused) client.pause();
      if (!full && client.isPaused) client.resume();
    };
    const work = async (): Promise<void> => {
      working = true;
      for (let text = frames.shift(); text !== undefined && !left.signal.aborted; text = frames.shift()) {
        await this.takeTurn(rateKey, left.signal);
        await send(client, await this.reply(writer, text, left.signal));
        account(-text.length);
      }
      working = false;
    };
    client.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      frames.push(text);
      account(text.length);
      if (!working) work().catch((error: unknown) => this.fail(client, error, left.signal));
    });
    let heard = 0;
    const hear = (): void => {
      if (Date.now() - heard < ALIVE_MS) return;
      heard = Date.now();
      sayAlive(this.ports, writer).catch((error: unknown) =>
        this.ports.log.warn({ err: error }, 'a run could not be marked as living'),
      );
    };
    client.on('ping', hear).on('pong', hear);
    const stopPinging = keepAlive(client, PING_MS, () => client.isPaused);
    ingestion.sockets++;
    // The socket is closed with a code that says why, and read from until that has arrived; ending it here could lose the code.
    client.on('error', () => undefined);
    client.once('close', () => {
      left.abort();
      stopPinging();
      ingestion.sockets--;
      this.waitingInAll -= waiting;
      waiting = 0;
      frames.length = 0;
    });
  }

  /** Who sends more often than it may is slowed down: a refusal would lose what it sends. */
  private async takeTurn(rateKey: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.door.rate(rateKey);
        return;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'too-many-requests') throw error;
        await sleep(Number(error.values['seconds']) * 1000, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async reply(writer: RunWriter, text: string, signal: AbortSignal): Promise<MatyanReply> {
    let items: readonly unknown[];
    try {
      items = readFrame(text);
    } catch (error) {
      const { code, values } = error as AppError;
      return { status: 'error', error: errorText(code, values, 'en') };
    }
    ingestion.frames++;
    ingestion.messages += items.length;
    return ingestMessages(this.ports, writer, items, signal);
  }

  private fail(client: WebSocket, error: unknown, left: AbortSignal): void {
    if (!left.aborted) this.ports.log.error({ err: error }, 'a socket of a run failed');
    client.close(FAILED, errorAnswer(error, 'en').body.code);
  }
}

/** Resolves when the socket took it; a client that left hears nothing more. */
function send(client: WebSocket, reply: MatyanReply): Promise<void> {
  return new Promise((resolve) => client.send(JSON.stringify(reply), () => resolve()));
}
