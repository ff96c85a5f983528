import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

import type { Config } from '#config';
import { AppError } from '#contract';

import { InvalidInput } from './invalid-input.js';
import { lenientJson } from './lenient-json.js';
import type { Limits } from './limits.js';

/** What the body of a route that takes bytes is called here, so that no parser reads it. */
export const BYTES_TYPE = 'application/x-millrace-bytes';

/** What JSON is sent as. */
export const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** JSON, urlencoded and multipart bodies, and bytes where a route takes them; every other type is refused with 415. */
export async function addBodyParsers(server: FastifyInstance, config: Config, limits: Limits): Promise<void> {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(JSON_TYPE, { parseAs: 'string' }, (request, text, done) => {
    // Clients send a JSON type with an empty body; the route's schema decides whether it needs one.
    if (text === '') done(null, undefined);
    else if (tooDeep(text as string, limits.jsonDepth)) done(badJson('nested too deeply'));
    else {
      // Clients in Python write bare words for numbers that are not finite.
      const lenient = request.routeOptions.config.dialect && lenientJson(text as string);
      void parseJson(request, lenient?.text ?? (text as string), (error, body) =>
        error ? done(badJson('not valid JSON')) : done(null, lenient ? lenient.restore(body) : body),
      );
    }
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    done(null, text === '' ? undefined : text);
  });
  server.addContentTypeParser(BYTES_TYPE, (request, payload, done) => {
    const { bytes = false } = request.routeOptions.config;
    if (bytes) done(null, payload);
    else done(new AppError('media-type-unsupported', { expected: 'application/json' }));
  });
  await server.register(multipart, {
    limits: {
      // One more than may be stored: storage counts the bytes itself and refuses with our error.
      fileSize: config.uploadBytes + 1,
      fieldSize: config.bodyBytes,
      fieldNameSize: limits.fieldNameBytes,
      parts: limits.parts,
      fields: limits.parts,
      files: limits.parts,
      headerPairs: 50,
    },
    throwFileSizeLimit: false,
  });
}

const badJson = (msg: string): InvalidInput =>
  new InvalidInput([{ type: 'json_invalid', loc: ['body'], msg, input: null }]);

/** Whether JSON text nests deeper than this; brackets are counted before a parser recurses into them. */
export function tooDeep(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > limit) return true;
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
  return false;
}
