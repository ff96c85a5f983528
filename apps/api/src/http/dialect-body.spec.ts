import { expect, it } from 'vitest';

import { AppError, type ErrorCode } from '#contract';

import { dialectBody, dialectStatus } from './dialect-body.js';
import { errorAnswer } from './error-body.js';

const swanlab = (error: unknown): [status: number, body: object] => {
  const { status, body } = errorAnswer(error, 'en');
  return [dialectStatus('swanlab', status), dialectBody('swanlab', status, body)];
};

it.each<[ErrorCode, number, number]>([
  ['tracked-requirements-missing', 500, 3500],
  ['tracked-run-busy', 409, 3409],
  ['tracked-run-not-found', 404, 3404],
  ['input-invalid', 422, 3422],
  ['internal', 500, 3555],
  ['unavailable', 503, 3555],
  ['storage-full', 507, 3555],
])('%s is told to SwanLab as %i and %i', (code, status, integer) => {
  const message = expect.stringMatching(/./) as string;
  expect(swanlab(new AppError(code))).toEqual([status, { code: integer, message }]);
});

it('what nobody expected is 3555 to SwanLab, and nothing of the inside', () => {
  const [status, body] = swanlab(new TypeError('secret detail'));
  expect([status, body]).toEqual([500, { code: 3555, message: expect.not.stringContaining('secret') as string }]);
});
