import { expect, it } from 'vitest';

import { NumericError } from '#linalg';

import { withColumns } from './numeric-failure.js';

/** The error a person sees when numeric work on the encoded columns of a, a and b fails like this. */
function shown(cause: Error): unknown {
  try {
    return withColumns({ sources: ['a', 'a', 'b'], output: 'y' }, () => {
      throw cause;
    });
  } catch (error) {
    return error;
  }
}

it.each([
  [new NumericError('missing-values', { row: 3, column: 2 }), 'missing-values', { column: 'b', count: 1 }],
  [new NumericError('infinite-values', { row: 3 }), 'infinite-values', { column: 'y' }],
  [new NumericError('not-converged'), 'not-converged', {}],
  [new NumericError('too-large', { bytes: 5e9, largest: 2 ** 32 }), 'model-too-large', {}],
  [
    new NumericError('bad-parameter', { name: 'maxIter', value: 0, low: 1 }),
    'parameters-invalid',
    { parameter: 'maxIter', reason: 'value 0, low 1' },
  ],
])('what a person can mend is told by column and value: %s', (cause, code, values) => {
  expect(shown(cause)).toMatchObject({ name: 'AppError', code, values });
});

it('our own mistakes come out as they are', () => {
  const own = new NumericError('bad-shape');
  expect(shown(own)).toBe(own);
  const other = new RangeError('other');
  expect(shown(other)).toBe(other);
});
