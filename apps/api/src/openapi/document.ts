import type { OpenAPIObject } from '@nestjs/swagger';

import { VERSION } from '#config';
import { addressOf, API_PREFIX, DIALECTS, type ErrorCode, errorTable, type Route, routes } from '#contract';

import { errorExamples, errorSchema } from './error-answers.js';
import { dialectSchema, dialectSchemaName } from './dialect-errors.js';
import { operationOf } from './operation.js';
import { type Schema, SchemaBook } from './schemas.js';
import { tags } from './tags.js';

const description = `Millrace over HTTP. Every path answers with and without a slash at its end. Long work is a job:
submit it at \`POST ${API_PREFIX}/job/\`, follow it there. Texts come in the language of \`Accept-Language\` (en, es, pt, de, zh).
Live metrics of a run: the WebSocket \`${API_PREFIX}/metrics/ws/{run_id}\`.`;

/** The OpenAPI 3.1 document of all routes; everything in it comes from the contract. */
export function openApiDocument(): OpenAPIObject {
  const book = new SchemaBook();
  book.components['Error'] = errorSchema;
  for (const dialect of DIALECTS) book.components[dialectSchemaName(dialect)] = dialectSchema[dialect];
  const paths: Record<string, Record<string, Schema>> = {};
  for (const [noun, group] of Object.entries(routes)) {
    for (const [verb, route] of Object.entries(group) as [string, Route][]) {
      const path = addressOf(route).replaceAll(/:(\w+)/g, '{$1}');
      const operationId = noun + verb[0]!.toUpperCase() + verb.slice(1);
      (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(operationId, route, book);
    }
  }
  const used = new Set(
    Object.values(routes).flatMap((group) => (Object.values(group) as Route[]).map(({ tag }) => tag)),
  );
  const document = {
    openapi: '3.1.0',
    info: { title: 'Millrace', version: VERSION, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'This server' }],
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name))
      .map(([name, text]) => ({ name, description: text })),
    security: [{}, { bearer: [] }, { session: [] }],
    paths,
    components: {
      examples: errorExamples(Object.keys(errorTable) as ErrorCode[]),
      schemas: Object.fromEntries(Object.entries(book.components).sort(([one], [other]) => (one < other ? -1 : 1))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The value of MILLRACE_TOKEN' },
        session: { type: 'apiKey', in: 'cookie', name: 'millrace_session', description: 'From the sign-in route' },
      },
    },
  };
  return document as unknown as OpenAPIObject;
}
