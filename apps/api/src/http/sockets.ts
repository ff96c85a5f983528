import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { AppError, localeOf } from '#contract';

import { answerRaw } from './answer-raw.js';
import type { Door, Visitor } from './door.js';
import { errorAnswer } from './error-body.js';

/** What serves the WebSockets at some addresses. */
export interface SocketRoom {
  /** Whether access tokens open it. */
  readonly tracker: boolean;
  /** Whether this path is its own. */
  owns(path: string): boolean;
  /** Takes a request the guard let through. @throws AppError `unavailable` when there is no room. */
  open(path: string, visitor: Visitor, upgrade: Upgrade): void;
  /** Tells every client to come back later. */
  close(): void;
}

/** A request to become a WebSocket. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** WebSockets on the API's own server: every handshake passes the guard of all routes, then the room that owns its path takes it. */
export function serveSockets(server: Server, door: Door, rooms: readonly SocketRoom[]): void {
  const upgrade = async (given: Upgrade): Promise<void> => {
    const { request, socket } = given;
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0]!;
    const room = rooms.find((one) => one.owns(path));
    try {
      const visitor = await door.admit(request, { open: false, live: true, tracker: room?.tracker === true });
      if (room === undefined) throw new AppError('route-unknown');
      room.open(path, visitor, given);
    } catch (error) {
      refuse(socket, error, request.headers['accept-language']);
    }
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    void upgrade({ request, socket, head });
  });
}

/** Before the upgrade an error is still an HTTP answer. Clients of sockets come back after a 503, and give up after any 4xx. */
function refuse(socket: Duplex, error: unknown, acceptLanguage: string | undefined): void {
  const { status, body } = errorAnswer(error, localeOf(acceptLanguage));
  if (status === 429) answerRaw(socket, '503 Refused', body, { 'Retry-After': String(body.values['seconds']) });
  else answerRaw(socket, `${status} Refused`, body);
}

/** What is pinged. */
interface Pinged {
  on(event: 'pong', listener: () => void): unknown;
  ping(): void;
  terminate(): void;
}

/** Sends pings; who has not answered one by the next is gone, unless it is we who do not read. */
export function keepAlive(client: Pinged, everyMs: number, reading: () => boolean = () => true): () => void {
  let answered = true;
  client.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered && reading()) client.terminate();
    answered = false;
    client.ping();
  }, everyMs);
  return () => clearInterval(timer);
}
