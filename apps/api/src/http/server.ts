import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';

import type { Config, Logger } from '#config';
import { AppError, type Caller, type Dialect, type ErrorCode, localeOf } from '#contract';

import { answerRaw } from './answer-raw.js';
import { BYTES_TYPE } from './body-parsers.js';
import { requestIdOf } from './call.js';
import { errorAnswer } from './error-body.js';
import { sendError } from './error.filter.js';
import type { Door } from './door.js';
import type { Limits } from './limits.js';
import type { StoreFile } from './read-form.js';
import { takePathToken } from './path-token.js';
import { rewriteAddress } from './rewrite-address.js';
import { type PageKind, securityHeaders } from './security-headers.js';
import type { JoinedReads } from './joined-reads.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** What handlers bound by `Implements` need of the server. */
    millrace: {
      readonly storeFile: StoreFile;
      readonly checkAnswers: boolean;
      readonly reads: JoinedReads;
      readonly door: Door;
      /** Aborted when the server stops: streams end then. */ readonly closing: AbortSignal;
    };
  }
  interface FastifyRequest {
    /** Who the guard found calling. */
    caller: Caller;
    /** The code of the error it was answered with. */
    refusal: ErrorCode | undefined;
  }
  interface FastifyContextConfig {
    /** Needs no token. */
    open?: boolean;
    /** A stream of events, or a GET with an effect: foreign pages may not even start one. */
    live?: boolean;
    /** A route of trackers' clients, which access tokens open. */
    tracker?: boolean;
    /** The body is bytes that nothing parses. */
    bytes?: boolean;
    /** The body is a form, and nothing else. */
    form?: boolean;
    /** Whose error body the route answers; ours when absent. */
    dialect?: Dialect | undefined;
    /** Which security headers the answer carries; `api` when absent. */
    page?: PageKind;
  }
}

/** Nest's adapter on a Fastify that takes both slash forms, says nothing about itself and has every limit set. */
export function newAdapter(config: Config, limits: Limits, door: Door): FastifyAdapter {
  const options: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: config.bodyBytes,
    connectionTimeout: limits.idleMs,
    keepAliveTimeout: 65_000,
    requestTimeout: 0,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
      maxHeaderSize: limits.headerBytes,
    },
    forceCloseConnections: 'idle',
    genReqId: (raw) => requestIdOf(raw.headers['x-request-id']) ?? randomUUID(),
    rewriteUrl: (request) => rewriteAddress(takePathToken(request)),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
    frameworkErrors: (error, request, reply) => {
      void reply.headers(securityHeaders.api);
      door
        .admit(request.raw, { open: false, live: false, tracker: false })
        .then(() => sendError(error, request, reply))
        .catch((refused: unknown) => sendError(refused, request, reply));
    },
    clientErrorHandler: (error, socket) => refuseMalformed(error, socket, limits),
  };
  return new FastifyAdapter({ ...options, skipMiddie: true });
}

/** What is not HTTP, is too much of it or takes too long to become it is answered briefly and hung up on. */
function refuseMalformed(
  error: Error & { readonly code?: string; readonly rawPacket?: unknown },
  socket: Socket,
  { headerBytes: limitBytes }: Limits,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [line, refused] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? (['431 Request Header Fields Too Large', new AppError('headers-too-large', { limitBytes })] as const)
      : ([
          error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request',
          new AppError('request-malformed'),
        ] as const);
  // Nobody parsed the headers; the reader's language may stand in what came last.
  const last = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : '';
  const language = /\r\naccept-language:([^\r\n]*)/i.exec(last)?.[1];
  answerRaw(socket, line, errorAnswer(refused, localeOf(language)).body);
}

/** Guard, headers, request id, deadline and log line of every request, whether a route matches it or not. */
export function addHooks(server: FastifyInstance, config: Config, limits: Limits, log: Logger, door: Door): void {
  server.server.maxConnections = limits.connections;
  server.decorateRequest('caller', null as never);
  server.decorateRequest('refusal', undefined);
  server.addHook('onRoute', (route) => {
    if (route.config?.tracker === true) route.bodyLimit = config.trackerBodyBytes;
  });
  server.addHook('onRequest', async (request, reply) => {
    const { open = false, live = false, tracker = false, bytes = false, page = 'api' } = request.routeOptions.config;
    void reply.headers(securityHeaders[page]).header('x-request-id', request.id);
    if (allowOrigin(request, reply, config.allowedOrigins) && request.method === 'OPTIONS') {
      return reply.code(204).send();
    }
    request.caller = (await door.admit(request.raw, { open, live, tracker })).caller;
    // No parser reads the bytes, whatever type they say they are; what they said stands in the raw headers.
    if (bytes) request.headers = { 'content-type': BYTES_TYPE };
    else {
      refuseEncoded(request);
      if (bodyIsPlain(request)) limitBodyTime(request, limits.bodyMs);
    }
  });
  server.addHook('onSend', async ({ raw }, reply) => {
    if (reply.getHeader('connection') === 'close') await dropRest(raw, limits.restBytes);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const fields = {
      requestId: request.id,
      method: request.method,
      url: withoutQuery(request.url),
      route: request.routeOptions.url,
      status: reply.statusCode,
      code: request.refusal,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    log.info(fields, 'request');
    done();
  });
}

/** Cross-origin reading is closed but for origins the owner of the server listed. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !allowed.includes(origin)) return false;
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers':
      'accept-language, authorization, content-type, filename, last-event-id, x-request-id',
    'access-control-expose-headers': 'content-disposition, x-request-id',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'origin',
  });
  return true;
}

/** Nothing is unpacked here: a few bytes may hold billions. */
function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    throw new AppError('body-encoded', { encoding: encoding.slice(0, 40) });
}

const bodyIsPlain = ({ headers }: FastifyRequest): boolean =>
  (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) &&
  !(headers['content-type'] ?? '').toLowerCase().startsWith('multipart/');

/** A body that trickles in byte by byte holds a connection no longer than this. */
function limitBodyTime(request: FastifyRequest, bodyMs: number): void {
  const timer = setTimeout(() => request.raw.destroy(), bodyMs);
  request.raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}

/** Fastify hangs up on a body it refuses in the middle; who is still writing would lose the answer with the connection. */
async function dropRest(raw: IncomingMessage, restBytes: number): Promise<void> {
  if (raw.complete || raw.readableEnded || raw.destroyed) return;
  await new Promise<void>((resolve) => {
    let left = restBytes;
    raw.on('data', ({ length }: Buffer) => {
      if ((left -= length) < 0) resolve();
    });
    raw.once('end', resolve).once('close', resolve).resume();
  });
}

/** Queries may hold what people typed; the log does not need it. */
const withoutQuery = (url: string): string => url.split('?', 1)[0]!;
