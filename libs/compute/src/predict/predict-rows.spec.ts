import { describe, expect, it } from 'vitest';

import type { TaskInput } from '#contract';
import { asCategorical, takeRows } from '#frame';

import { failure, fakeHost, run, session, table } from '../host.fixture.js';
import { tasks } from '../index.js';

describe('predict-rows', () => {
  it('names the input columns that are missing', async () => {
    const host = fakeHost(table());
    await tasks['train-run'](run(session(), 'GaussianNB'), host);
    const ask = (source: TaskInput<'predict-rows'>['source']) =>
      failure(tasks['predict-rows']({ stateKey: 'runs/1/state', source, targetKey: null }, host));
    expect(await ask({ records: [{ size: 1 }] })).toMatchObject({
      code: 'input-columns-missing',
      columns: 'length, colour',
    });
    expect(await ask({ records: [] })).toMatchObject({ code: 'no-rows' });
    expect(await ask({ records: [{ length: 'long', colour: 'red' }] })).toMatchObject({
      code: 'values-not-convertible',
    });
    expect(await ask({ records: [{ length: null, colour: 'red' }] })).toMatchObject({
      code: 'missing-values',
      column: 'length',
    });
  });
});

describe('describe-components', () => {
  it('gives manifests that survive JSON', async () => {
    const { manifests } = await tasks['describe-components']({}, fakeHost(table()));
    expect(JSON.parse(JSON.stringify(manifests))).toEqual(manifests);
    expect(manifests.map(({ name }) => name)).toContain('GaussianNB');
  });

  it('predicts many rows as it predicts few', async () => {
    const many = takeRows(
      table(),
      Array.from({ length: 50_200 }, (_, i) => i % 150),
    );
    const host = fakeHost(many);
    const splits = {
      splitter_name: 'HoldoutSplitter',
      splitted_indexes: { train_indexes: Array.from({ length: 150 }, (_, i) => i), test_indexes: [], val_indexes: [] },
    };
    await tasks['train-run'](run(session({ splits }), 'GaussianNB'), host);
    const source = { tableKey: 'tables/one', rowIndexes: null };
    const { rowCount } = await tasks['predict-rows'](
      { stateKey: 'runs/1/state', source, targetKey: 'tables/two' },
      host,
    );
    const { codes } = asCategorical(host.written.get('table')!.columns.at(-1)!);
    expect(rowCount).toBe(50_200);
    codes.forEach((code, row) => {
      if (code !== codes[row % 150]) throw new Error(`row ${row}`);
    });
    expect(new Set(codes).size).toBe(3);
  });

  it('predicts rows with holes where the model learnt from holes', async () => {
    const host = fakeHost(table());
    const plan = session({ inputColumns: ['length', 'holed'] });
    await tasks['train-run'](run(plan, 'HistGradientBoostingClassifier'), host);
    const records = [
      { length: 1, holed: null },
      { length: null, holed: 2 },
    ];
    const ask = (stateKey: string) => tasks['predict-rows']({ stateKey, source: { records }, targetKey: null }, host);
    expect((await ask('runs/1/state')).rowCount).toBe(2);
  });
});
