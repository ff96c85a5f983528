import type { Dialect } from '#contract';

import type { Schema } from './schemas.js';

/** Name of a dialect's error body among the schemas. */
export const dialectSchemaName = (dialect: Dialect): string =>
  `${{ 'ml-dash': 'MlDash', matyan: 'Matyan', swanlab: 'SwanLab' }[dialect]}Error`;

const text = { type: 'string' };

/** Error bodies of routes that other systems' clients call. */
export const dialectSchema: Readonly<Record<Dialect, Schema>> = {
  'ml-dash': {
    type: 'object',
    description: 'An error as the ML-Dash client reads it; `code` and `values` are ours.',
    required: ['error', 'message'],
    properties: { error: text, message: text, detail: text, code: text, values: { type: 'object' } },
  },
  matyan: {
    type: 'object',
    description: 'An error as the matyan client reads it.',
    required: ['error', 'detail'],
    properties: {
      error: { type: 'object', required: ['code', 'message'], properties: { code: text, message: text } },
      detail: { anyOf: [text, { type: 'array', items: { type: 'object' } }] },
    },
  },
  swanlab: {
    type: 'object',
    description: 'An error in the envelope of the SwanLab dashboard.',
    required: ['code', 'message'],
    properties: { code: { type: 'integer' }, message: text },
  },
};
