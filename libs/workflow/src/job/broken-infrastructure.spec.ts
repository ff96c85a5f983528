import { expect, test } from 'vitest';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
} from 'typeorm';

import { AppError } from '#contract';

import { isBrokenInfrastructure, lastingError, persist } from './broken-infrastructure.js';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

const passing: unknown[] = [
  coded('ECONNRESET'),
  coded('ENOSPC'),
  coded('57P01'),
  coded('40P01'),
  new QueryFailedError('SELECT 1', [], coded('57P03')),
  new QueryRunnerAlreadyReleasedError(),
  new QueryRunnerProviderAlreadyReleasedError(),
  new TransactionNotStartedError(),
  new Error('Connection terminated unexpectedly'),
  new AppError('worker-lost'),
  new Error('LOADING Redis is loading the dataset in memory'),
  new Error('outer', { cause: coded('EPIPE') }),
];
const lasting: unknown[] = [
  new AppError('no-rows'),
  new TypeError('x is undefined'),
  coded('23505'),
  coded('ENOENT'),
  // A word of Redis that is also one of people.
  new AppError('plugin-invalid', { plugin: 'p', reason: 'it fails while loading them' }),
  'text',
  null,
];

test.each(passing)('may pass: %s', (error) => {
  expect(isBrokenInfrastructure(error)).toBe(true);
});

test.each(lasting)('would fail again: %s', (error) => {
  expect(isBrokenInfrastructure(error)).toBe(false);
});

test('what lasts is told apart: a full disk from workers that are always lost', () => {
  expect(lastingError(coded('EFBIG'), 3).code).toBe('storage-full');
  expect(lastingError(new AppError('storage-full'), 3).code).toBe('storage-full');
  expect(lastingError(new AppError('worker-lost'), 3)).toMatchObject({
    code: 'attempts-spent',
    values: { attempts: 3 },
  });
});

test('work is repeated while the infrastructure is away, and given up on the signal or on any other error', async () => {
  let rounds = 0;
  const failing = (until: number, error: Error) => () =>
    ++rounds < until ? Promise.reject(error) : Promise.resolve(rounds);
  expect(await persist(failing(3, coded('ECONNREFUSED')), new AbortController().signal)).toBe(3);
  await expect(persist(failing(9, new AppError('no-rows')), new AbortController().signal)).rejects.toThrow('no-rows');
  const abort = new AbortController();
  rounds = -1_000_000;
  const endless = persist(failing(9, coded('ECONNREFUSED')), abort.signal);
  abort.abort();
  await expect(endless).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
