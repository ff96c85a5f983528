import { describe, expect, it } from 'vitest';

import { inferColumn } from './infer-types.js';
import { validateTypeChanges } from './type-changes.js';

describe('inferColumn', () => {
  it.each([
    ['integers', ['1', '-2', '+3'], 'Integer', 'integers'],
    ['floats', ['1', '2.5', '.5', '1e-3', 'inf'], 'Float', 'floats'],
    ['decimal comma', ['1,5', '2,25'], 'Float', 'floats'],
    ['grouped and decimal', ['1.234,5', '7,0'], 'Float', 'floats'],
    ['grouped whole numbers', ['1,234,567', '89'], 'Integer', 'integers'],
    ['truth values', ['true', 'FALSE'], 'Categorical', 'booleans'],
    ['ISO dates', ['2024-02-29', '2023-01-01'], 'Date', 'dates'],
    ['European dates', ['31.12.2024', '01.02.2024'], 'Date', 'dates'],
    ['a day that is none', ['2023-02-29', '2023-01-01'], 'Text', 'text'],
    ['American dates stay text', ['12/31/2024', '01/30/2024'], 'Text', 'text'],
    ['few levels', ['a', 'b', 'a'], 'Categorical', 'few-levels'],
    ['all different', ['a', 'b', 'c'], 'Text', 'text'],
    ['ids with zeros', ['007', '123', '450'], 'Text', 'leading-zeros'],
    ['beyond 64 bits', ['99999999999999999999', '1'], 'Text', 'too-large'],
    ['nothing', [null, null], 'Text', 'all-missing'],
    ['paragraphs', ['x'.repeat(100), 'x'.repeat(100)], 'Text', 'text'],
    ['versions', ['1.2.3', '1.2.4'], 'Text', 'text'],
    ['mixed', ['1', 'x', '2', 'y'], 'Text', 'text'],
  ])('%s', (_, cells, type, rule) => {
    const inference = inferColumn(cells);
    expect([inference.type.type, inference.reason.rule]).toEqual([type, rule]);
  });

  it('is less sure of a date that could be read two ways', () => {
    expect(inferColumn(['03/04/2020', '05/06/2020']).reason.confidence).toBeLessThan(
      inferColumn(['31/12/2020', '05/06/2020']).reason.confidence,
    );
  });

  it('takes 1,234 for groups in a comma file and for a fraction elsewhere', () => {
    const hints = { decimal: 'auto', thousands: 'auto', true_values: null, false_values: null } as const;
    expect(inferColumn(['1,234', '5,678'], { ...hints, separator: ',' }).type.type).toBe('Integer');
    expect(inferColumn(['1,234', '5,678'], { ...hints, separator: ';' }).type.type).toBe('Float');
  });
});

describe('validateTypeChanges', () => {
  const sample = new Map<string, (string | null)[]>([
    ['whole', ['1', null, '3']],
    ['half', ['1.5', '2.0']],
    ['round', ['1.0', '2.0']],
    ['word', ['a', '2']],
    ['day', ['31/12/2024', '01/11/2024']],
    ['days', ['31/12/2024', '2024-01-01']],
    ['none', [null, null]],
    ['many', Array.from({ length: 150 }, (_, row) => `w${row}`)],
  ]);
  const judge = (
    column: string,
    current_type: 'Integer' | 'Float' | 'Text' | 'Categorical' | 'Date',
    new_type: 'Integer' | 'Float' | 'Text' | 'Categorical' | 'Date' | 'Time',
  ) => validateTypeChanges(sample, { [column]: { current_type, new_type } });

  it.each([
    ['whole', 'Integer', 'Float'],
    ['whole', 'Integer', 'Categorical'],
    ['whole', 'Integer', 'Text'],
    ['round', 'Float', 'Integer'],
    ['round', 'Categorical', 'Integer'],
    ['half', 'Text', 'Float'],
    ['day', 'Date', 'Text'],
    ['none', 'Text', 'Integer'],
    ['none', 'Date', 'Float'],
  ] as const)('%s: %s → %s holds', (column, from, to) => {
    expect(judge(column, from, to)).toEqual({ valid: true, errors: {}, warnings: {}, resolved_dtypes: {} });
  });

  it.each([
    [
      'half',
      'Float',
      'Integer',
      'values-not-convertible',
      { column: 'half', type: 'Integer', count: 1, row: 1, value: '1.5' },
    ],
    [
      'word',
      'Text',
      'Float',
      'values-not-convertible',
      { column: 'word', type: 'Float', count: 1, row: 1, value: 'a' },
    ],
    [
      'days',
      'Text',
      'Date',
      'values-not-convertible',
      { column: 'days', type: 'Date', count: 1, row: 1, value: '31/12/2024' },
    ],
    ['none', 'Text', 'Date', 'values-not-convertible', { column: 'none', type: 'Date', count: 1, row: 0, value: '' }],
    ['day', 'Date', 'Integer', 'conversion-unsupported', { column: 'day', from: 'Date', to: 'Integer' }],
    ['word', 'Text', 'Time', 'conversion-unsupported', { column: 'word', from: 'Text', to: 'Time' }],
    ['absent', 'Text', 'Float', 'column-not-found', { column: 'absent' }],
  ] as const)('%s: %s → %s does not', (column, from, to, code, values) => {
    expect(judge(column, from, to)).toMatchObject({ valid: false, errors: { [column]: { code, values } } });
  });

  it('finds the format of a date and warns of many categories', () => {
    expect(judge('day', 'Text', 'Date').resolved_dtypes).toEqual({ day: '%d/%m/%Y' });
    expect(judge('many', 'Text', 'Categorical')).toMatchObject({
      valid: true,
      warnings: { many: { code: 'categories-many', values: { count: 150 } } },
    });
  });
});
