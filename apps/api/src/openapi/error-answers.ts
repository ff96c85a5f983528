import { type Dialect, type ErrorCode, type ErrorValues, errorTable, isTrackerRoute, type Route } from '#contract';
import { errorText } from '#i18n';

import { dialectBody, dialectStatus } from '../http/dialect-body.js';
import { dialectSchemaName } from './dialect-errors.js';
import type { Schema } from './schemas.js';

/** Body of every error. */
export const errorSchema: Schema = {
  type: 'object',
  description: 'Every error. Programs read `code` and `values`, people `detail`.',
  required: ['detail', 'code', 'values'],
  properties: {
    detail: {
      description: "One sentence in the reader's language, or, for `input-invalid`, every wrong field",
      anyOf: [
        { type: 'string' },
        {
          type: 'array',
          items: {
            type: 'object',
            required: ['type', 'loc', 'msg', 'input'],
            properties: {
              type: { type: 'string' },
              loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
              msg: { type: 'string' },
              input: {},
            },
          },
        },
      ],
    },
    code: { type: 'string', enum: Object.keys(errorTable) },
    values: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
  },
};

const samples: ErrorValues = {
  id: 7, name: 'iris', column: 'petal_width', type: 'Text', reason: 'must be at least 1', parameter: 'alpha', limitBytes: 8388608,
  expected: 'application/json', known: 'DatasetJob, ModelJob', count: 3, row: 12, value: 'n/a', from: 'Text', to: 'Float',
  encoding: 'UTF-8', limit: 20000, part: 'test', task: 'RegressionTask', model: 'SVC', index: 2, service: 'database',
  character: 'U+0000', field: 'tags.0', seconds: 1, allowed: '255 characters', due: 4,
}; // prettier-ignore

const everywhere: readonly ErrorCode[] = ['input-invalid', 'not-acceptable-host', 'internal', 'unavailable'];
const guarded: readonly ErrorCode[] = ['unauthorized', 'access-token-ended'];
const bodyRefusals: readonly ErrorCode[] = [
  'body-encoded',
  'body-too-large',
  'media-type-unsupported',
  'request-malformed',
  'text-unstorable',
];
const changing: readonly ErrorCode[] = ['not-acceptable-origin'];

/** The error answers of a route by status, each with an example per code. */
export function errorAnswers(route: Route): Record<string, Schema> {
  const byStatus: Record<string, ErrorCode[] | undefined> = {};
  const statusOf = (code: ErrorCode): number =>
    route.dialect ? dialectStatus(route.dialect, errorTable[code].status) : errorTable[code].status;
  for (const code of codesOf(route)) (byStatus[statusOf(code)] ??= []).push(code);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group = []]) => [status, errorAnswer(status, group.sort(), route.dialect)]),
  );
}

function errorAnswer(status: string, codes: readonly ErrorCode[], dialect: Dialect | undefined): Schema {
  const description = codes.map((code) => `\`${code}\``).join(', ');
  if (status === '304') return { description };
  if (dialect !== undefined) {
    const schema = { $ref: `#/components/schemas/${dialectSchemaName(dialect)}` };
    const body = { detail: errorText(codes[0]!, samples), code: codes[0]!, values: {} };
    return {
      description,
      content: { 'application/json': { schema, example: dialectBody(dialect, Number(status), body) } },
    };
  }
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' }, examples } } };
}

/** One example body per code, which the answers refer to. */
export const errorExamples = (codes: Iterable<ErrorCode>): Record<string, Schema> =>
  Object.fromEntries([...codes].sort().map((code) => [code, { value: errorExample(code) }]));

/** The codes a route may answer, in the order they are declared. */
function codesOf(route: Route): ReadonlySet<ErrorCode> {
  return new Set([
    ...(route.errors ?? []),
    ...everywhere,
    ...(route.open ? [] : guarded),
    ...(isTrackerRoute(route) ? (['too-many-requests'] as const) : route.open ? [] : (['forbidden'] as const)),
    ...(route.method === 'GET' ? [] : changing),
    ...(route.body || route.form ? bodyRefusals : []),
    ...(route.form && !route.body ? (['form-due'] as const) : []),
    ...(route.files ? (['upload-incomplete', 'upload-too-large'] as const) : []),
  ]);
}

function errorExample(code: ErrorCode): unknown {
  if (code === 'input-invalid') {
    const issue = {
      type: 'missing',
      loc: ['body', 'name'],
      msg: 'Invalid input: expected string, received undefined',
      input: null,
    };
    return { detail: [issue], code, values: {} };
  }
  // Only the values this text uses.
  const values = Object.fromEntries(
    Object.entries(samples).filter(
      ([name]) => errorText(code, samples) !== errorText(code, { ...samples, [name]: '\u0000' }),
    ),
  );
  return { detail: errorText(code, values), code, values };
}
