import type { z } from 'zod';

import type { Route } from '#contract';

import { errorAnswers } from './error-answers.js';
import { sampleOf } from './samples.js';
import type { Schema, SchemaBook } from './schemas.js';

/** One route as an OpenAPI operation. */
export function operationOf(operationId: string, route: Route, book: SchemaBook): Schema {
  // What only other addresses of the same route hold is no parameter of this one.
  const inPath = parametersOf('path', route.params, book).filter(({ name }) => route.path.includes(`:${String(name)}`));
  const parameters = [...inPath, ...parametersOf('query', route.query, book)];
  const requestBody = requestBodyOf(route, book);
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: { [route.status]: answerOf(route, book), ...errorAnswers(route) },
  };
}

interface ObjectSchema extends Schema {
  readonly properties?: Record<string, Schema>;
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined, book: SchemaBook): Schema[] {
  if (!schema) return [];
  const { properties = {} } = book.of(schema, 'parsed') as ObjectSchema;
  return Object.entries(properties).map(([name, inner]) => {
    const { description, ...plain } = inner;
    return {
      name,
      in: place,
      required: place === 'path' || isRequired(schema, name),
      ...(description === undefined ? {} : { description }),
      schema: plain,
      example: sampleOf(plain, book.components),
    };
  });
}

/** What may be left out is what parses without it. */
function isRequired(schema: z.ZodType, name: string): boolean {
  const inner = 'unwrap' in schema ? (schema as z.ZodOptional<z.ZodType>).unwrap() : schema;
  const shape = 'shape' in inner ? (inner.shape as Record<string, z.ZodType>) : {};
  return shape[name]?.safeParse(undefined).success === false;
}

function requestBodyOf(route: Route, book: SchemaBook): Schema | undefined {
  if (route.bytes) return { required: true, content: { 'application/octet-stream': { schema: bytes, example: '' } } };
  if (!route.body && !route.form) return undefined;
  const content = {
    ...(route.body ? jsonContent(route, route.body, book) : {}),
    ...(route.form ? formContent(route, route.form, book) : {}),
  };
  return { required: route.method !== 'PATCH', content };
}

const bytes = { type: 'string', contentMediaType: 'application/octet-stream' };

function jsonContent(route: Route, body: z.ZodType, book: SchemaBook): Schema {
  const schema = book.of(body);
  const example = route.example?.body ?? sampleOf(schema, book.components);
  return { 'application/json': { schema, example } };
}

function formContent(route: Route, form: z.ZodType, book: SchemaBook): Schema {
  const parsed = book.of(form, 'parsed') as ObjectSchema;
  const properties = { ...parsed.properties };
  const required = Object.keys(properties).filter((name) => isRequired(form, name));
  const file = { type: 'string', contentMediaType: 'application/octet-stream', description: 'A file' };
  const files = route.files ?? [];
  for (const name of files.filter((name) => !name.endsWith('*'))) properties[name] = file;
  const patterns = files.filter((name) => name.endsWith('*')).map((name) => [`^${name.slice(0, -1)}`, file]);
  const patternProperties: unknown = patterns.length > 0 ? Object.fromEntries(patterns) : undefined;
  const schema = { type: 'object', properties, ...(patternProperties ? { patternProperties } : {}), required };
  const example = (!route.body && route.example?.body) || sampleOf({ ...parsed, type: 'object' }, book.components);
  return { 'multipart/form-data': { schema, example } };
}

function answerOf(route: Route, book: SchemaBook): Schema {
  const description = route.status === 201 ? 'Created' : route.status === 204 ? 'Done' : 'OK';
  if (route.status === 204) return { description };
  if (route.status === 501) return {};
  if (route.stream === 'file') {
    return {
      description: 'The file, as a download',
      content: {
        'application/octet-stream': {
          schema: { type: 'string', contentMediaType: 'application/octet-stream' },
          example: 'a,b\n1,2\n',
        },
      },
    };
  }
  const schema = book.of(route.answer);
  const example = route.example?.answer ?? sampleOf(schema, book.components);
  if (route.stream === 'events') {
    return {
      description: 'Events; the schema is of one event’s data',
      content: { 'text/event-stream': { schema, example: `data: ${JSON.stringify(example)}\n\n` } },
    };
  }
  return { description, content: { 'application/json': { schema, example } } };
}
