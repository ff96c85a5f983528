import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { AppError, type BodyBytes, findUnstorable, type InputOf, issueTexts, type Locale, type Route } from '#contract';

import { InvalidInput, inputIssues, type InputIssue } from './invalid-input.js';
import { type Form, readForm, type StoreFile } from './read-form.js';

/** A route's input, each part parsed by its schema; file parts are in storage by then. */
export async function readInput<R extends Route>(
  route: R,
  request: FastifyRequest,
  store: StoreFile,
  locale: Locale,
): Promise<{ input: InputOf<R>; form: Form | undefined }> {
  const issues: InputIssue[] = [];
  const parse = (part: string, schema: z.ZodType | undefined, given: unknown): unknown => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(given, { error: issueTexts(locale) });
    if (parsed.success) return parsed.data;
    issues.push(...inputIssues(part, parsed.error, given));
    return undefined;
  };
  const params = parse('path', route.params, request.params);
  const query = parse('query', route.query, request.query);
  // A route that takes both JSON and a form is asked in one of them.
  const asForm = route.form !== undefined && (route.body === undefined || isForm(request));
  const body = asForm || route.bytes ? undefined : parse('body', route.body, jsonBody(route, request));
  refuseUnstorable(body);
  // Before any byte of a file is stored: what is already wrong stays wrong.
  if (issues.length > 0) throw new InvalidInput(issues);
  const given = asForm ? await readForm(route, request, store) : undefined;
  const form = asForm ? parse('body', route.form, given?.fields) : undefined;
  try {
    if (issues.length > 0) throw new InvalidInput(issues);
    refuseUnstorable(given?.fields);
  } catch (error) {
    await given?.discard();
    throw error;
  }
  const bytes = route.bytes ? bodyBytes(request) : undefined;
  const input = { params, query, body, form, files: given?.files ?? [], bytes } as unknown as InputOf<R>;
  return { input, form: given };
}

/** The body as it comes; what is not read is dropped by the server. */
function bodyBytes(request: FastifyRequest): BodyBytes {
  const content = (request.body ?? []) as BodyBytes['content'] | [];
  return {
    content: Array.isArray(content) ? nothing() : content,
    mediaType: request.raw.headers['content-type'] ?? '',
  };
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* nothing(): AsyncGenerator<Uint8Array> {
  yield* [];
}

function refuseUnstorable(given: unknown): void {
  const found = findUnstorable(given);
  if (found !== undefined) throw new AppError('text-unstorable', { ...found });
}

/** An urlencoded type without a body is what axios sends for nothing. */
const isForm = (request: FastifyRequest): boolean =>
  request.isMultipart() ||
  (request.body !== undefined && !/^application\/(?:[\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? ''));

/** A missing body reads as an empty object where the schema asks for one, because clients send PATCH without a body. */
function jsonBody(route: Route, request: FastifyRequest): unknown {
  refuseForms(request);
  if (request.body === undefined || request.body === null) return route.method === 'PATCH' ? {} : undefined;
  return request.body;
}

/** JSON is due, or nothing: a cross-site form must never pass for either. */
function refuseForms(request: FastifyRequest): void {
  if (isForm(request)) throw new AppError('media-type-unsupported', { expected: 'application/json' });
}
