import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { isDeepStrictEqual, toUSVString } from 'node:util';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { FileAnswer, Locale, Route, ServerEvent } from '#contract';
import { localise } from '#i18n';

import type { Call } from './call.js';
import { sendEvents } from './server-events.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends what a handler answered in the way its route declares. */
export async function writeAnswer(
  route: Route,
  answer: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
): Promise<void> {
  void reply.code(route.status);
  if (route.stream === 'events') return sendEvents(answer as AsyncIterable<ServerEvent>, request, reply, call);
  if (route.stream === 'file') {
    sendFile(answer as FileAnswer, reply);
    return;
  }
  sendText(route, answerText(route, answer, call.locale, request.server.millrace.checkAnswers), reply);
}

/** A JSON answer as text, in the reader's language. */
export function answerText(route: Route, answer: unknown, locale: Locale, check: boolean): string {
  const value = route.localised ? localise(answer, locale) : answer;
  if (check) checkAnswer(route, value);
  return JSON.stringify(value);
}

/** Sends JSON text with the route's status; 204 goes without a body. */
export function sendText(route: Route, text: string, reply: FastifyReply): void {
  void reply.code(route.status);
  if (route.status === 204) void reply.send();
  else void reply.header('content-type', JSON_TYPE).send(text);
}

/** The same with a weak ETag of the text: who holds it already is told so, and gets nothing else. */
export function sendRevalidated(route: Route, text: string, request: FastifyRequest, reply: FastifyReply): void {
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  void reply.header('etag', etag).header('cache-control', 'private, no-cache');
  const held = request.headers['if-none-match'];
  if (held === '*' || held?.split(',').some((tag) => tag.trim().replace(/^(?:W\/)?/, 'W/') === etag)) {
    void reply.code(304).send();
  } else sendText(route, text, reply);
}

/** Always a download: what people uploaded must not run as a page of this server. */
function sendFile(file: FileAnswer, reply: FastifyReply): void {
  const ascii = file.filename.replaceAll(/[^\w.-]/g, '_');
  const name = encodeURIComponent(toUSVString(file.filename)).replaceAll("'", '%27');
  void reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${name}`)
    .header('content-security-policy', "default-src 'none'; sandbox");
  if (file.cacheSeconds !== undefined) void reply.header('cache-control', `public, max-age=${file.cacheSeconds}`);
  const { content } = file;
  // A stream is sent itself: one around it would not close it when nobody reads a byte.
  const isReady = isBytes(content) || content instanceof Readable;
  void reply.send(isReady ? content : Readable.from(content, { objectMode: false }));
}

const isBytes = (content: FileAnswer['content']): content is Uint8Array | string =>
  typeof content === 'string' || content instanceof Uint8Array;

/**
 * Compares an answer with its schema, as development and tests do.
 * @throws Error naming what does not fit or is not declared; the client sees `internal`.
 */
function checkAnswer(route: Route, answer: unknown): void {
  const plain: unknown = answer === undefined ? null : JSON.parse(JSON.stringify(answer));
  const parsed = route.answer.safeParse(plain);
  const where = `The answer of ${route.method} ${route.path}`;
  if (!parsed.success) throw new Error(`${where} breaks its schema: ${parsed.error.message}`);
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(parsed.data)), plain)) {
    throw new Error(`${where} holds fields its schema does not declare`);
  }
}
