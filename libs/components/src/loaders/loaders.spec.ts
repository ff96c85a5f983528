import { describe, expect, it } from 'vitest';

import { parseParameters } from '#contract';

import { parseColumns } from './excel-columns.js';

import { loaders } from './index.js';

const planOf = (name: string, params: Record<string, unknown>) => {
  const loader = loaders.find((known) => known.name === name)!;
  return loader.plan(parseParameters(loader.params, params));
};

describe('plans of loaders', () => {
  it('hand the sheet, columns and words of a workbook on', () => {
    const params = { sheet: '2', usecols: 'a, c:E', names: 'x, y', na_values: '', skiprows: null, nrows: 5 };
    expect(planOf('ExcelDataLoader', params)).toEqual({
      format: 'excel',
      sheet: 2,
      header: 0,
      columns: [
        [0, 0],
        [2, 4],
      ],
      skiprows: 0,
      nrows: 5,
      names: ['x', 'y'],
      na_values: null,
      keep_default_na: true,
      true_values: null,
      false_values: null,
    });
    expect(planOf('ExcelDataLoader', { header: null, sheet: 'Data' })).toMatchObject({ header: null, sheet: 'Data' });
  });

  it('look for JSON records under `data` unless told otherwise', () => {
    expect(planOf('JSONDataLoader', {})).toEqual({ format: 'json', dataKey: 'data' });
    expect(planOf('JSONDataLoader', { data_key: null })).toEqual({ format: 'json', dataKey: null });
  });

  it.each(['ARFFDataLoader', 'ParquetDataLoader', 'ArrowDataLoader'])('%s has nothing to choose', (name) => {
    expect(Object.keys(planOf(name, {}))).toEqual(['format']);
  });

  it.each(['A-B', 'B:A', '1:2', 'A,,B', 'AAAA', 'XFE'])('refuse the columns %s', (usecols) => {
    expect(parseColumns(usecols)).toBeNull();
    expect(() => planOf('ExcelDataLoader', { usecols })).toThrow(
      expect.objectContaining({ code: 'parameters-invalid' }),
    );
  });
});
