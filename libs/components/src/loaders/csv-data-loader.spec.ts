import { describe, expect, it } from 'vitest';

import { parseParameters } from '#contract';

import { csvDataLoader } from './csv-data-loader.js';

const plan = (params: Record<string, unknown>) => csvDataLoader.plan(parseParameters(csvDataLoader.params, params));

describe('CSVDataLoader', () => {
  it('judges numbers by each column and stops at bad lines unless told otherwise', () => {
    expect(plan({})).toMatchObject({ decimal: 'auto', thousands: 'auto', on_bad_lines: 'error', separator: ',' });
  });

  it('hands the signs of numbers and the fate of bad lines on', () => {
    expect(plan({ decimal: ',', thousands: 'space', on_bad_lines: 'skip' })).toMatchObject({
      decimal: ',',
      thousands: ' ',
      on_bad_lines: 'skip',
    });
  });

  it.each([
    [{ decimal: ',', thousands: ',' }, 'thousands', 'thousands = decimal'],
    [{ header: 'first' }, 'header', expect.objectContaining({ en: 'Invalid input', de: 'Ungültige Eingabe' })],
  ])('refuses %j', (params, parameter, reason: unknown) => {
    expect(() => plan(params)).toThrow(
      expect.objectContaining({
        code: 'parameters-invalid',
        values: { parameter, reason },
      }),
    );
  });
});
