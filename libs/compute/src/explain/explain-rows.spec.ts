import { beforeAll, describe, expect, it } from 'vitest';

import { Artifact, type SplitIndexes, type TaskInput } from '#contract';
import { numericTarget, select, takeRows } from '#frame';
import { localise } from '#i18n';
import { Cancelled } from '#linalg';

import { failure, regression, run, session, table } from '../host.fixture.js';
import { tasks } from '../index.js';
import { readSplits } from '../runs/split-blob.js';
import { diskHost } from '../tables.fixture.js';

type Asked = TaskInput<'explain-rows'>['asked'];

const host = diskHost();
let splits: SplitIndexes;

beforeAll(async () => {
  await host().store('tables/one', table());
  await host().store(
    'tables/other',
    takeRows(
      table(),
      Array.from({ length: 60 }, (_, row) => 2 * row),
    ),
  );
  await host().store('tables/narrow', select(table(), ['length', 'species']));
  for (const [key, input] of Object.entries({
    classes: run(session(), 'DecisionTreeClassifier'),
    numbers: run(regression(), 'LinearRegression'),
  }))
    await tasks['train-run']({ ...input, stateKey: `runs/${key}/state`, splitsKey: `runs/${key}/splits` }, host());
  splits = await readSplits(host().storage, 'runs/numbers/splits');
});

let tables = 0;
async function explain(asked: Asked, key = 'numbers', component = 'RegressionKernelShap') {
  const targetKey = `tables/explained-${++tables}`;
  const input: TaskInput<'explain-rows'> = {
    stateKey: `runs/${key}/state`,
    training: { tableKey: 'tables/one', splitsKey: `runs/${key}/splits` },
    asked,
    explainer: { component, params: {} },
    targetKey,
  };
  const output = await tasks['explain-rows'](input, host());
  return { ...output, kept: await host().read(targetKey) };
}
const own = (rows: Extract<Asked, { rows: unknown }>['rows']): Asked => ({
  tableKey: 'tables/one',
  rows,
  splits: null,
});
const test = { part: 'test', percentage: 100, shuffle: false } as const;
const instances = (explanation: object): number => Object.keys(explanation).filter((key) => /^\d+$/.test(key)).length;

describe('explain-rows', () => {
  it('explains a part of the training table and keeps its rows', async () => {
    const { explanation, artifacts, kept } = await explain(own(test));
    expect(instances(explanation)).toBe(splits.test_indexes.length);
    expect(kept.rows).toBe(splits.test_indexes.length);
    const prices = numericTarget(takeRows(table(), splits.test_indexes), 'price');
    expect([...numericTarget(kept, 'price')]).toEqual([...prices]);
    const [grouped] = artifacts;
    if (grouped?.type !== 'grouped') throw new Error('no groups');
    expect(grouped.groups).toHaveLength(kept.rows);
    expect(grouped.groups[1]).toMatchObject({
      title: { en: 'Instance 2', de: 'Instanz 2' },
      artifacts: [
        { type: 'table', role: 'input', index: 2 },
        { type: 'plotly', role: 'explanation', index: 3 },
      ],
    });
    expect(Artifact.safeParse(localise(grouped, 'en')).success).toBe(true);
  });

  it('takes a share, the leading rows or always the same shuffled ones, one at least', async () => {
    const counted = async (scope: object) => (await explain(own({ ...test, ...scope }))).kept;
    const leading = await counted({ percentage: 50 });
    expect(leading.rows).toBe(Math.floor(splits.test_indexes.length / 2));
    const shuffled = await counted({ percentage: 50, shuffle: true });
    expect([...numericTarget(shuffled, 'price')]).not.toEqual([...numericTarget(leading, 'price')]);
    expect(await counted({ percentage: 50, shuffle: true })).toEqual(shuffled);
    expect((await counted({ percentage: 0 })).rows).toBe(1);
    expect((await counted({ part: 'all', percentage: 10 })).rows).toBe(15);
  });

  it('takes rows by number, and typed ones', async () => {
    expect((await explain(own({ rowIndexes: [3, 149, 150, 3] }))).kept.rows).toBe(2);
    const { explanation, kept } = await explain(
      {
        records: [
          { length: '4.5', colour: 'red', more: 1 },
          { colour: 'pink', length: 2 },
        ],
      },
      'classes',
      'KernelShap',
    );
    expect(kept.columns.map(({ name }) => name)).toEqual(['length', 'colour']);
    expect(explanation).toMatchObject({
      metadata: { feature_names: ['length', 'colour'], target_names: ['setosa', 'versicolor', 'virginica'] },
      0: { instance_values: [4.5, 'red'] },
    });
  });

  it('divides another table as the session says', async () => {
    const { kept } = await explain({
      tableKey: 'tables/other',
      rows: test,
      splits: { splitter_name: 'HoldoutSplitter', params: {} },
    });
    expect(kept.rows).toBe(12);
    const whole = { tableKey: 'tables/other', rows: { ...test, part: 'all' }, splits: {} } as const;
    expect((await explain(whole)).kept.rows).toBe(60);
  });

  it('refuses what does not fit, and leaves no table', async () => {
    const before = await host().leftovers();
    const refused = (asked: Asked, key?: string, component?: string) => failure(explain(asked, key, component));
    expect(await refused(own(test), 'classes')).toMatchObject({ code: 'model-task-mismatch' });
    expect(await refused(own(test), 'numbers', 'NoSuch')).toMatchObject({ code: 'component-not-found' });
    expect(await refused(own({ rowIndexes: [150, 9999] }))).toEqual({ code: 'no-rows' });
    expect(await refused({ records: [] })).toEqual({ code: 'no-rows' });
    expect(await refused({ records: [{ length: 1 }] })).toEqual({ code: 'input-columns-missing', columns: 'colour' });
    expect(await refused({ records: new Array<object>(501).fill({}) as never })).toEqual({
      code: 'explained-rows-too-many',
      count: 501,
      most: 500,
    });
    expect(await refused({ tableKey: 'tables/narrow', rows: { ...test, part: 'all' }, splits: {} })).toEqual({
      code: 'input-columns-missing',
      columns: 'colour',
    });
    const byHand = { splitter_name: 'HoldoutSplitter', splitted_indexes: { train_indexes: [0] } };
    expect(await refused({ tableKey: 'tables/other', rows: test, splits: byHand })).toMatchObject({
      code: 'splits-invalid',
    });
    host().stopWith(new Cancelled());
    await expect(explain(own(test))).rejects.toThrow(Cancelled);
    expect(await host().leftovers()).toEqual(before);
  });
});
