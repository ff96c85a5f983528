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

  it('drops rows that lack a value in the columns in scope, and keeps the others whole and in order', async () => {
    const { output, written } = await convert('NanRemover', { columns: ['a', 'c'] });
    expect(output).toEqual({ rows: 2, columns: 4 });
    expect(toRecords(written)).toEqual([
      { a: 1, c: 'x', b: 10, c_x: 9 },
      { a: 8, c: 'x', b: 40, c_x: 9 },
    ]);
    const some = await convert('NanRemover', { columns: ['a', 'c'], rows: [3, 2] });
    expect(toRecords(some.written).map(({ b }) => b)).toEqual([10, 20, 40]);
    await host().store('tables/hollow', createFrame([numericColumn('a', [NaN, NaN])]));
    const none = { tableKey: 'tables/hollow', targetKey: 'tables/none', target: null };
    const all = { converter: { component: 'NanRemover', params: {} }, scope: { columns: null, rows: null } };
    expect(await failure(tasks['convert-table']({ ...none, ...all }, host()))).toEqual({ code: 'no-rows' });
  });

  it('judges a long table part by part', async () => {
    const rows = 150_000;
    const values = Float64Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? NaN : row));
    const tag = words(
      't',
      Array.from({ length: rows }, (_, row) => `t${row % 5}`),
    );
    await host().store('tables/long', createFrame([numericColumn('n', values), tag]));
    const input = {
      tableKey: 'tables/long',
      targetKey: 'tables/shorter',
      converter: { component: 'NanRemover', params: {} },
      scope: { columns: ['n'], rows: null },
      target: null,
    };
    expect(await tasks['convert-table'](input, host())).toEqual({ rows: 100_000, columns: 2 });
    const left = toRecords(await host().read('tables/shorter'));
    expect(left.every(({ n, t }, at) => n === at + Math.floor(at / 2) + 1 && t === `t${n % 5}`)).toBe(true);
  });

  it('makes rows of the smaller class, with the target and without what it was not shown', async () => {
    const count = 30;
    const label = words(
      'y',
      Array.from({ length: count }, (_, row) => (row % 5 === 0 ? 'rare' : 'usual')),
    );
    const table = createFrame([
      numericColumn(
        'x',
        Float64Array.from({ length: count }, (_, row) => row),
      ),
      numericColumn('other', new Float64Array(count)),
      numericColumn(
        'w',
        Float64Array.from({ length: count }, (_, row) => row % 3),
        typeEntry('Integer'),
      ),
      label,
    ]);
    await host().store('tables/classes', table);
    const smote = async (targetKey: string, given: Scope = {}, target: string | null = 'y') => {
      const converter = { component: 'SMOTEConverter', params: { k_neighbors: 3 } };
      const scope = { columns: ['x', 'w'], rows: null, ...given };
      return tasks['convert-table']({ tableKey: 'tables/classes', targetKey, converter, scope, target }, host());
    };
    expect(await smote('tables/even')).toEqual({ rows: 48, columns: 4 });
    const all = toRecords(await host().read('tables/even'));
    expect(all.slice(0, count)).toEqual(toRecords(table));
    for (const { x, other, w, y } of all.slice(count)) {
      expect([y, other, Number.isInteger(w)]).toEqual(['rare', null, true]);
      expect(Number(x) >= 0 && Number(x) <= 25).toBe(true);
    }
    expect(await smote('tables/few', { rows: Array.from({ length: 20 }, (_, row) => row) })).toEqual({
      rows: 42,
      columns: 4,
    });
    expect(await failure(smote('tables/no', {}, null))).toMatchObject({ code: 'converter-target-missing' });
    expect(await failure(smote('tables/no', { rows: [0, 1, 2] }))).toMatchObject({
      code: 'parameters-invalid',
      parameter: 'k_neighbors',
    });
  });

  it('takes columns away, but not all of them', async () => {
    const { written } = await convert('ColumnRemover', { columns: ['a', 'b'] });
    expect(written.columns.map(({ name }) => name)).toEqual(['c', 'c_x']);
    expect(await failure(convert('ColumnRemover'))).toMatchObject({ code: 'column-selection-invalid' });
  });

  it('says in whose terms a component failed', async () =>
    expect(await failure(convert('PCA', { columns: ['b', 'c_x'] }, { n_components: 9 }))).toMatchObject({
      code: 'parameters-invalid',
      parameter: 'n_components',
      reason: 'value 9, most 2',
    }));

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
