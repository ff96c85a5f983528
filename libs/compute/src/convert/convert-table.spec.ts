import { beforeAll, describe, expect, it } from 'vitest';

import type { TaskInput } from '#contract';
import { column, createFrame, numericColumn, toRecords, typeEntry } from '#frame';
import { Cancelled } from '#linalg';
import { typesOf } from '#tables';

import { failure, words } from '../host.fixture.js';
import { tasks } from '../index.js';
import { diskHost } from '../tables.fixture.js';

const host = diskHost();
const frame = createFrame([
  numericColumn('a', [1, NaN, 3, 8], typeEntry('Integer')),
  words('c', ['x', 'y', null, 'x']),
  numericColumn('b', [10, 20, 30, 40]),
  numericColumn('c_x', [9, 9, 9, 9], typeEntry('Integer')),
]);
beforeAll(() => host().store('tables/t', frame));

let count = 0;
type Scope = Partial<TaskInput<'convert-table'>['scope']>;
async function convert(
  component: string,
  scope: Scope = {},
  params: Record<string, unknown> = {},
  target: string | null = null,
) {
  const targetKey = `tables/out-${++count}`;
  const input = {
    tableKey: 'tables/t',
    targetKey,
    converter: { component, params },
    scope: { columns: null, rows: null, ...scope },
    target,
  };
  const output = await tasks['convert-table'](input, host());
  const written = await host().read(targetKey);
  return { output, written, types: typesOf(await host().tables.readMeta(await host().storage.materialise(targetKey))) };
}

describe('convert-table', () => {
  it('puts columns of the same name in place and leaves the others alone', async () => {
    const { output, written, types } = await convert('SimpleImputer', { columns: ['a'] });
    expect(output).toEqual({ rows: 4, columns: 4 });
    expect(toRecords(written).map(({ a, b, c }) => [a, b, c])).toEqual([
      [1, 10, 'x'],
      [4, 20, 'y'],
      [3, 30, null],
      [8, 40, 'x'],
    ]);
    expect(Object.entries(types).map(([name, { type }]) => `${name}:${type}`)).toEqual([
      'a:Integer',
      'c:Categorical',
      'b:Float',
      'c_x:Integer',
    ]);
  });

  it('learns from the rows in scope and transforms all of them', async () => {
    const { written } = await convert('StandardScaler', { columns: ['b'], rows: [0, 1] });
    expect(column(written, 'b')).toMatchObject({ values: Float64Array.of(-1, 1, 3, 5) });
  });

  it('drops the columns that are replaced, and gives new ones a free name', async () => {
    const { written, types } = await convert('OneHotEncoder', { columns: ['c'] }, { dtype: 'int32' });
    expect(written.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c_x', 'c_x_1', 'c_y', 'c_nan']);
    expect(column(written, 'c_x_1')).toMatchObject({ values: Float64Array.of(1, 0, 0, 1) });
    expect(types['c_y']).toEqual({ type: 'Integer', dtype: 'int32' });
  });

  it('works on a whole table, also when none of its columns stays', async () => {
    await host().store('tables/words', createFrame([words('w', ['u', 'v'])]));
    const converter = { component: 'OneHotEncoder', params: {} };
    const input = {
      tableKey: 'tables/words',
      targetKey: 'tables/codes',
      converter,
      scope: { columns: null, rows: null },
      target: null,
    };
    expect(await tasks['convert-table'](input, host())).toEqual({ rows: 2, columns: 2 });
    expect(toRecords(await host().read('tables/codes'))).toEqual([
      { w_u: 1, w_v: 0 },
      { w_u: 0, w_v: 1 },
    ]);
  });

  it('refuses what does not fit and leaves nothing', async () => {
    const before = await host().leftovers();
    expect(await failure(convert('StandardScaler'))).toEqual({
      code: 'converter-columns-invalid',
      reason: '"c" is Categorical, not Float or Integer',
    });
    expect(await failure(convert('StandardScaler', { columns: ['z'] }))).toMatchObject({ code: 'column-not-found' });
    expect(await failure(convert('StandardScaler', { columns: ['b'], rows: [4] }))).toMatchObject({
      code: 'parameters-invalid',
    });
    expect(await failure(convert('SimpleImputer', { columns: ['a'] }, { strategy: 'constant' }))).toMatchObject({
      code: 'parameters-invalid',
      parameter: 'fill_value',
    });
    expect(await failure(convert('OneHotEncoder', { columns: ['c'], rows: [0] }))).toEqual({
      code: 'category-unseen',
      column: 'c',
      value: 'y',
    });
    host().stopWith(new Cancelled());
    await expect(convert('StandardScaler', { columns: ['b'] })).rejects.toThrow(Cancelled);
    expect(await host().leftovers()).toEqual(before);
  });
});
