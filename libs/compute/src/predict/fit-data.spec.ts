import { beforeAll, describe, expect, it } from 'vitest';

import { type PredictionData, PredictionPolicy } from '#contract';
import {
  categoricalColumn,
  cellAt,
  column,
  createFrame,
  type Column,
  type Frame,
  numericColumn,
  takeRows,
  textColumn,
} from '#frame';

import { failure, run, session, table } from '../host.fixture.js';
import { tasks } from '../index.js';
import { diskHost } from '../tables.fixture.js';

const host = diskHost();
const policy = (change: Partial<PredictionPolicy>): PredictionPolicy => PredictionPolicy.parse(change);
const train = Array.from({ length: 100 }, (_, i) => i);
const training = { tableKey: 'tables/one', rowIndexes: train };

beforeAll(async () => {
  await host().store('tables/one', table());
  const splits = {
    splitter_name: 'HoldoutSplitter',
    splitted_indexes: { train_indexes: train, test_indexes: [100, 101], val_indexes: [] },
  };
  await tasks['train-run'](run(session({ splits }), 'GaussianNB'), host());
});

const three = takeRows(table(), [0, 1, 2]);
const only = (...names: string[]): Column[] => names.map((name) => column(three, name));
const check = async (frame: Frame, change: Partial<PredictionPolicy> = {}) => {
  await host().store('tables/asked', frame);
  const data: PredictionData = {
    stateKey: 'runs/1/state',
    source: { tableKey: 'tables/asked', rowIndexes: null },
    policy: policy(change),
    training,
  };
  const report = await tasks['check-rows'](data, host());
  const refusal = await failure(tasks['predict-rows']({ ...data, targetKey: 'tables/answers' }, host()));
  const short = report.findings.map(({ code, column: name, outcome }) => `${code} ${name ?? '-'} ${outcome}`);
  return { ...report, short, refusal: refusal as { code: string } | undefined };
};
const answers = async (): Promise<Frame> => host().read('tables/answers');

describe('a data set that fits', () => {
  it('keeps its columns, unread ones too, and gets the prediction at the end', async () => {
    const { short, refusal, columns } = await check(createFrame(only('species', 'colour', 'holed', 'length')));
    expect(refusal).toBeUndefined();
    expect(short).toEqual(['output-replaced species noted', 'column-extra holed noted', 'columns-reordered - noted']);
    const out = await answers();
    expect(out.columns.map(({ name }) => name)).toEqual(['colour', 'holed', 'length', 'species']);
    expect(out.columns[1]).toMatchObject({ kind: 'numeric' });
    expect(Array.from({ length: 3 }, (_, row) => cellAt(out.columns[2]!, row))).toEqual(
      Array.from({ length: 3 }, (_, row) => cellAt(column(three, 'length'), row)),
    );
    expect(columns).toContainEqual({
      name: 'length',
      role: 'input',
      found: 'length',
      expected_type: 'Float',
      found_type: 'Float',
    });
    expect(columns.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'length input',
      'colour input',
      'species output',
      'holed extra',
    ]);
  });

  it('has the probability of each class beside it when asked', async () => {
    await host().store('tables/asked', createFrame(only('length', 'colour')));
    const source = { tableKey: 'tables/asked', rowIndexes: [2, 0] };
    const task = { stateKey: 'runs/1/state', source, targetKey: 'tables/answers', probabilities: true };
    const { columns } = await tasks['predict-rows'](task, host());
    expect(columns).toEqual([
      'length',
      'colour',
      'species',
      'species=setosa',
      'species=versicolor',
      'species=virginica',
    ]);
    const out = await answers();
    for (let row = 0; row < 2; row++) {
      const scores = out.columns.slice(3).map((scored) => cellAt(scored, row) as number);
      expect(scores.reduce((sum, score) => sum + score)).toBeCloseTo(1, 12);
      const likeliest = out.columns[3 + scores.indexOf(Math.max(...scores))]!.name;
      expect(likeliest).toBe(`species=${String(cellAt(out.columns[2]!, row))}`);
    }
    const regression = failure(tasks['predict-rows']({ ...task, probabilities: true, stateKey: 'runs/none' }, host()));
    expect(await regression).toBeDefined();
  });
});

const length = (name: string, values: number[]) => numericColumn(name, values);
const colour = (values: (string | null)[], name = 'colour') => categoricalColumn(name, values);

describe('a data set that does not quite fit', () => {
  it('lacks a column', async () => {
    const lacking = createFrame([length('length', [1, 2])]);
    const refused = await check(lacking);
    expect(refused.short).toEqual(['column-missing colour refused']);
    expect(refused.refusal).toEqual({ code: 'input-columns-missing', columns: 'colour' });
    const filled = await check(lacking, { missing: 'fill' });
    const trained = takeRows(table(), train);
    const counts = new Map<unknown, number>();
    for (let row = 0; row < trained.rows; row++) {
      const level = cellAt(column(trained, 'colour'), row);
      counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    const [most] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
    expect(filled.findings).toEqual([
      { code: 'column-filled', column: 'colour', outcome: 'mended', values: { value: most } },
    ]);
    expect(filled.refusal).toBeUndefined();
    expect((await answers()).columns.map(({ name }) => name)).toEqual(['length', 'species']);
  });

  it('has it under another name', async () => {
    const renamed = createFrame([length(' LENGTH', [1, 2]), colour(['red', 'blue'])]);
    const refused = await check(renamed);
    expect(refused.short).toEqual([
      'column-missing length refused',
      'column-renamed length refused',
      'column-extra  LENGTH noted',
    ]);
    expect((await check(renamed, { missing: 'fill' })).refusal).toMatchObject({ code: 'input-columns-missing' });
    const matched = await check(renamed, { renamed: 'match' });
    expect(matched.short).toEqual(['column-renamed length mended']);
    expect(matched.refusal).toBeUndefined();
  });

  it('has columns too many', async () => {
    const extra = createFrame([length('length', [1]), colour(['red']), length('more', [1]), length('yet more', [1])]);
    expect((await check(extra, { extra: 'refuse' })).refusal).toEqual({
      code: 'input-columns-extra',
      columns: 'more, yet more',
    });
    expect((await check(extra)).refusal).toBeUndefined();
  });

  it('has numbers as text', async () => {
    const text = createFrame([textColumn('length', ['1', ' 2.5 ', null]), colour(['red', 'red', 'red'])]);
    expect((await check(text)).refusal).toEqual({ code: 'missing-values', column: 'length', count: 1 });
    expect((await check(text, { types: 'refuse' })).refusal).toMatchObject({
      code: 'input-type-differs',
      found: 'Text',
    });
    const filled = await check(text, { missing: 'fill' });
    const values = Float64Array.from(train, (row) => cellAt(column(table(), 'length'), row) as number).sort();
    expect(filled.findings).toEqual([
      { code: 'numbers-as-text', column: 'length', outcome: 'mended', values: { found: 'Text', count: 2 } },
      {
        code: 'cells-filled',
        column: 'length',
        outcome: 'mended',
        values: { count: 1, value: (values[49]! + values[50]!) / 2 },
      },
    ]);
    expect(cellAt(column(await answers(), 'length'), 1)).toBe(' 2.5 ');
  });

  it('has words where numbers are due', async () => {
    const words = createFrame([textColumn('length', ['long', '2', 'short']), colour(['red', 'red', 'red'])]);
    expect((await check(words)).refusal).toEqual({
      code: 'values-not-convertible',
      column: 'length',
      type: 'Float',
      count: 2,
      row: 1,
      value: 'long',
    });
    const blank = await check(words, { types: 'blank', missing: 'fill' });
    expect(blank.short).toEqual([
      'numbers-as-text length mended',
      'numbers-unreadable length mended',
      'cells-filled length mended',
    ]);
    expect(blank.refusal).toBeUndefined();
  });

  it('has categories the model never saw', async () => {
    const unseen = createFrame([length('length', [1, 2, 3]), colour(['red', 'pink', 'teal'])]);
    const accepted = await check(unseen);
    expect(accepted.findings).toEqual([
      {
        code: 'levels-unseen',
        column: 'colour',
        outcome: 'noted',
        values: { count: 2, distinct: 2, levels: 'pink, teal', value: 'pink' },
      },
    ]);
    expect(accepted.refusal).toBeUndefined();
    expect((await check(unseen, { unseen: 'refuse' })).refusal).toMatchObject({
      code: 'input-levels-unseen',
      column: 'colour',
      count: 2,
    });
    expect((await check(unseen, { unseen: 'blank' })).refusal).toMatchObject({ code: 'missing-values', count: 2 });
    expect((await check(unseen, { unseen: 'blank', missing: 'fill' })).refusal).toBeUndefined();
  });

  it('has numbers where categories are due', async () => {
    const numbers = createFrame([length('length', [1]), length('colour', [7])]);
    expect((await check(numbers)).short).toEqual(['type-differs colour mended', 'levels-unseen colour noted']);
    expect((await check(numbers, { types: 'refuse' })).refusal).toMatchObject({ code: 'input-type-differs' });
  });

  it('leaves nothing when it is refused', async () => {
    await host().storage.remove('tables/answers');
    await check(createFrame([length('other', [1])]));
    expect(await host().leftovers()).not.toContain('answers');
  });
});

describe('rows typed by hand', () => {
  const ask = (records: Record<string, unknown>[], change: Partial<PredictionPolicy> = {}) =>
    tasks['predict-rows'](
      { stateKey: 'runs/1/state', source: { records }, policy: policy(change), training, targetKey: null },
      host(),
    );

  it('read numbers as text and keep the inputs in the order of training', async () => {
    const { columns, rows } = await ask([{ colour: 'red', length: '0' }]);
    expect(columns).toEqual(['length', 'colour', 'species']);
    expect(rows).toEqual([[0, 'red', 'setosa']]);
  });

  it('show what was filled in', async () => {
    const { rows, findings } = await ask([{ length: 0 }, { length: 8, colour: 'red' }], { missing: 'fill' });
    expect(rows[0]![1]).toEqual(findings[0]!.values['value']);
    expect(findings).toMatchObject([{ code: 'cells-filled', column: 'colour', values: { count: 1 } }]);
  });

  it('are refused with an object for a number', async () => {
    expect(await failure(ask([{ length: { a: 1 }, colour: 'red' }]))).toMatchObject({
      code: 'values-not-convertible',
      value: '{"a":1}',
    });
  });
});
