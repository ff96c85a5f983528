import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Logger } from '#config';
import { AppError, localeOf } from '#contract';

import { dialectBody, dialectStatus } from './dialect-body.js';
import { errorAnswer, isUnexpected } from './error-body.js';

/** A database that was restarted is back within seconds. */
const RETRY_AFTER_S = 2;

/** The one place where errors become answers. A stack goes to the log, with the request's id, and never to a client. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (isUnexpected(error)) {
      this.log.error({ requestId: request.id, url: request.url, err: error }, 'a request failed unexpectedly');
    }
    const { code, values } = errorAnswer(error, 'en').body;
    // What a use case says of itself, as the readiness probe does while programs start, is an answer and no outage.
    if (code === 'unavailable' && error instanceof Error && !(error instanceof AppError)) {
      this.log.warn(
        { requestId: request.id, url: request.url, ...values, error: error.message },
        'a request met an outage',
      );
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.end();
      return;
    }
    sendError(error, request, reply);
  }
}

/** Answers an error in the reader's language; 304 goes without a body. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { dialect, form } = request.routeOptions.config;
  const due = form === true ? 'multipart/form-data' : undefined;
  const { status: ours, body } = errorAnswer(error, localeOf(request.headers['accept-language']), due);
  const status = dialect === undefined ? ours : dialectStatus(dialect, ours);
  request.refusal = body.code;
  const written = dialect === undefined ? body : dialectBody(dialect, status, body);
  void reply.code(status);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  if (ours === 429) void reply.header('retry-after', body.values['seconds']);
  else if (status === 503) void reply.header('retry-after', RETRY_AFTER_S);
  if (status === 304) void reply.send();
  else void reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(written));
}
