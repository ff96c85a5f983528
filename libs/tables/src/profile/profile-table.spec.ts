import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import type { TableInfo } from '../index.js';

interface Golden extends Required<
  Pick<TableInfo, 'nan' | 'numeric_stats' | 'categorical_stats' | 'text_stats' | 'correlations'>
> {
  readonly csv: string;
  readonly duplicate_rows: number;
  readonly rows_with_any_nan: number;
  readonly rows_with_multiple_nan: number;
  readonly data_quality_score: number;
}
const golden = JSON.parse(
  readFileSync(new URL('../../../../test/golden/profile.json', import.meta.url), 'utf8'),
) as Golden;
const t = temporaryTables();

/** Equal up to 1e-9 relative; numbers far from zero lose what their distance costs. */
function expectClose(actual: object, expected: object, relative = 1e-9): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) {
    const found: unknown = (actual as Record<string, unknown>)[key];
    if (typeof value !== 'number') expect(found, key).toEqual(value);
    else expect(Math.abs((found as number) - value) / Math.max(1e-3, Math.abs(value)), key).toBeLessThan(relative);
  }
}

describe('profile', () => {
  it('agrees with pandas and scipy', async () => {
    const { folder } = await t.ingest(golden.csv);
    const info = await t.tables.profile(folder);
    expect(info).toMatchObject({ total_rows: 403, total_columns: 9, nan: golden.nan });
    for (const [name, stats] of Object.entries(golden.numeric_stats))
      expectClose(info.numeric_stats![name]!, stats, name === 'far' ? 1e-5 : 1e-9);
    expect(Object.keys(info.numeric_stats!).sort()).toEqual(Object.keys(golden.numeric_stats).sort());
    expect(info.categorical_stats).toEqual(golden.categorical_stats);
    expectClose(info.text_stats!['text']!, golden.text_stats['text']!);
    expect(info.correlations).toEqual(golden.correlations);
    expect(info.general_info).toMatchObject({ n_rows: 403, n_columns: 9, duplicate_rows: golden.duplicate_rows });
    expect(info.general_info!.dtypes).toMatchObject({
      normal: 'Float',
      whole: 'Float',
      level: 'Categorical',
      text: 'Text',
    });
    expect(info.quality_info).toMatchObject({
      constant_columns: ['constant'],
      high_cardinality_columns: [],
      possible_id_columns: [],
      rows_with_any_nan: golden.rows_with_any_nan,
      rows_with_multiple_nan: golden.rows_with_multiple_nan,
    });
    expect(info.quality_info!.data_quality_score).toBeCloseTo(golden.data_quality_score, 9);
  });

  it('survives one row, all-missing columns, infinities and huge numbers', async () => {
    const { folder } = await t.ingest('a,b,c,d\n1,,inf,1e308\n2,,1,-1e308\n3,,2,1e300\n');
    const info = await t.tables.profile(folder);
    expect(info.numeric_stats).toMatchObject({
      a: { mean: 2, std: 1, skew: 0, kurtosis: null },
      c: { max: 2, mean: 1.5 },
    });
    expect(info.nan).toEqual({ a: 0, b: 3, c: 0, d: 0 });
    expect(info.quality_info!.possible_id_columns).toEqual(['a', 'c', 'd']);
    expect(JSON.stringify(info)).not.toMatch(/NaN|Infinity/);
    const one = await t.tables.profile((await t.ingest('a,b\n1,x\n')).folder);
    expect(one.numeric_stats!['a']).toMatchObject({ mean: 1, std: null, skew: null });
    expect(one.correlations).toEqual({ a: { a: null } });
  });

  it('counts repeated rows, but none where all is Categorical', async () => {
    const rows = 'x,y\nx,y\nx,z\n';
    expect((await t.tables.profile((await t.ingest(`a,b\n${rows}`)).folder)).general_info!.duplicate_rows).toBe(0);
    const types = { a: { type: 'Text' as const, dtype: 'string' } };
    expect(
      (await t.tables.profile((await t.ingest(`a,b\n${rows}`, {}, { types })).folder)).general_info!.duplicate_rows,
    ).toBe(1);
  });

  it('stays brief when asked to', async () => {
    const { folder } = await t.ingest('a,b\n1,\n2,x\n');
    expect(await t.tables.profile(folder, { full: false })).toEqual({
      total_rows: 2,
      total_columns: 2,
      column_names: ['a', 'b'],
      nan: { a: 0, b: 1 },
    });
  });

  it('takes thousands of columns and correlates the first 200', async () => {
    const names = Array.from({ length: 1500 }, (_, index) => `n${index}`);
    const line = (row: number) =>
      names.map((_, index) => (index === row ? '' : (index * 31 + row * 17) % 101)).join(',');
    const { folder } = await t.ingest(
      `${names.join(',')}\n${Array.from({ length: 30 }, (_, row) => line(row)).join('\n')}\n`,
    );
    const info = await t.tables.profile(folder);
    expect(Object.keys(info.numeric_stats!)).toHaveLength(1500);
    expect(Object.keys(info.correlations!)).toHaveLength(200);
    expect(info.correlations_over).toEqual({ columns: 200, rows: 30 });
    expect(info.quality_info!.rows_with_any_nan).toBe(30);
  });
});
