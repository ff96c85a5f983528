import { describe, expect, it } from 'vitest';

import { createFrame, numericColumn, typeEntry } from '#frame';
import { Cancelled } from '#linalg';

import { failure, fakeHost, regression, run, session, table, words, train } from '../host.fixture.js';
import { tasks } from '../index.js';
import { readSplits } from '../runs/split-blob.js';

describe('train-run', () => {
  it('trains, scores every part and stores a run that predicts', async () => {
    const host = fakeHost(table());
    const { metrics, splitSizes, splitIndexes, parameters } = await train(run(session(), 'LogisticRegression'), host);
    expect(metrics.map(({ split, level, name }) => [split, level, name])).toEqual([
      ['train', 'last', 'Accuracy'],
      ['validation', 'last', 'Accuracy'],
      ['validation', 'last', 'LogLoss'],
      ['test', 'last', 'F1'],
    ]);
    expect(metrics[3]!.value).toBeGreaterThan(0.9);
    expect(splitSizes).toEqual({ train: 90, validation: 30, test: 30 });
    const stored = await readSplits(host.storage, 'runs/1/splits');
    expect(JSON.parse(splitIndexes!)).toEqual({
      train_indexes: stored.train_indexes,
      test_indexes: stored.test_indexes,
      val_indexes: stored.validation_indexes,
    });
    expect(parameters).toEqual({});
    expect(host.said.map(([, message]) => message)).toEqual(
      expect.arrayContaining(['loading-data', 'training', 'computing-metrics', 'saving-results']),
    );
    const answer = await tasks['predict-rows'](
      {
        stateKey: 'runs/1/state',
        source: {
          records: [
            { length: '0.1', colour: 'red' },
            { length: 8, colour: 'pink' },
          ],
        },
        targetKey: null,
      },
      host,
    );
    expect(answer).toEqual({
      columns: ['length', 'colour', 'species'],
      rows: [
        [0.1, 'red', 'setosa'],
        [8, 'pink', 'virginica'],
      ],
      rowCount: 2,
      findings: [
        { code: 'numbers-as-text', column: 'length', outcome: 'mended', values: { count: 2, found: 'Text' } },
        {
          code: 'levels-unseen',
          column: 'colour',
          outcome: 'noted',
          values: { count: 1, distinct: 1, levels: 'pink', value: 'pink' },
        },
      ],
    });
  });

  it.each([
    'RandomForestClassifier',
    'DecisionTreeClassifier',
    'KNeighborsClassifier',
    'GaussianNB',
    'DummyClassifier',
  ])('%s: the same run again gives the same bytes, whatever the threads', async (model) => {
    const hosts = [fakeHost(table()), fakeHost(table()), fakeHost(table(), { threads: 2 })];
    const outputs = await Promise.all(hosts.map((host) => train(run(session(), model), host)));
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
    const [one, two, three] = hosts.map((host) => host.bytes('runs/1/state'));
    expect(two!.equals(one!)).toBe(true);
    expect(three!.equals(one!)).toBe(true);
  });

  it.each(['HistGradientBoostingClassifier', 'RandomForestClassifier'])(
    '%s: scores of the growing model are live and are not among the final ones',
    async (model) => {
      const host = fakeHost(table());
      const { metrics } = await train(run(session(), model), host);
      const steps = [1, 2, 5, 10, 20, 50];
      expect(host.live.map(({ split, level, name, step }) => [split, level, name, step])).toEqual(
        steps.flatMap((step) => [
          ['train', 'step', 'Accuracy', step],
          ['validation', 'step', 'Accuracy', step],
          ['validation', 'step', 'LogLoss', step],
        ]),
      );
      expect(new Set(metrics.map(({ level }) => level))).toEqual(new Set(['last']));
    },
  );

  it('draws what the model goes by, by the names of its columns', async () => {
    const { artifacts } = await train(run(session(), 'RandomForestClassifier'), fakeHost(table()));
    expect(artifacts).toMatchObject([{ type: 'plotly', role: 'explanation', index: 0 }]);
    const [trace] = (
      JSON.parse((artifacts[0] as { payload: string }).payload) as { data: { x: number[]; y: string[] }[] }
    ).data;
    expect(trace!.y[0]).toBe('length');
    expect(trace!.y.toSorted()).toEqual(['colour=blue', 'colour=green', 'colour=red', 'length']);
    expect(trace!.x.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it('learns the encoder from training rows alone', async () => {
    const frame = createFrame([
      numericColumn('x', [1, 2, 3, 4, 5, 6]),
      words('word', ['a', 'b', 'a', 'b', 'c', 'c']),
      words('y', ['n', 'p', 'n', 'p', 'p', 'q']),
    ]);
    const host = fakeHost(frame);
    const splits = {
      splitter_name: 'HoldoutSplitter',
      splitted_indexes: { train_indexes: [0, 1, 2, 3], test_indexes: [4, 5], val_indexes: [] },
    };
    const plan = session({
      inputColumns: ['x', 'word'],
      outputColumns: ['y'],
      metrics: { train: [], validation: [], test: ['Accuracy'] },
      splits,
    });
    const { metrics } = await train(run(plan, 'GaussianNB'), host);
    // The class q was not in training: its row counts as wrong.
    expect(metrics.map(({ value }) => value)).toEqual([0.5]);
    const { findings } = await tasks['predict-rows'](
      { stateKey: 'runs/1/state', source: { tableKey: 'tables/one', rowIndexes: [4, 5] }, targetKey: null },
      host,
    );
    expect(findings).toMatchObject([
      { code: 'levels-unseen', column: 'word', outcome: 'noted', values: { count: 2 } },
      { code: 'output-replaced', column: 'y' },
    ]);
  });

  it.each([
    [
      'an input that is the output',
      session({ inputColumns: ['length', 'species'] }),
      'GaussianNB',
      { code: 'input-is-output', column: 'species' },
    ],
    [
      'an output of one class',
      session({ outputColumns: ['constant'] }),
      'GaussianNB',
      { code: 'one-class', column: 'constant' },
    ],
    [
      'missing values',
      session({ inputColumns: ['holed'] }),
      'GaussianNB',
      { code: 'missing-values', column: 'holed', count: 15 },
    ],
    ['a number as a class', session({ outputColumns: ['price'] }), 'GaussianNB', { code: 'task-columns-invalid' }],
    [
      'a model of another task',
      session(),
      'LinearRegression',
      { code: 'model-task-mismatch', model: 'LinearRegression' },
    ],
    [
      'a metric of another task',
      session({ metrics: { train: ['MAE'], validation: [], test: [] } }),
      'GaussianNB',
      { code: 'component-not-found', name: 'MAE' },
    ],
    [
      'shares that do not sum to one',
      session({ splits: { splitter_name: 'HoldoutSplitter', params: { train: 0.9 } } }),
      'GaussianNB',
      { code: 'parameters-invalid' },
    ],
    [
      'classes to stratify in a regression',
      regression({ splits: { splitter_name: 'HoldoutSplitter', params: { stratify: true } } }),
      'LinearRegression',
      { code: 'splits-invalid' },
    ],
  ])('refuses %s', async (_, plan, model, expected) => {
    expect(await failure(train(run(plan, model), fakeHost(table())))).toMatchObject(expected);
  });

  it.each([
    ['no training rows', [], [1], [2], { code: 'split-empty-part', part: 'train' }],
    ['a row in two parts', [0, 1, 2], [2], [3], { code: 'splits-invalid', reason: 'row 2 is in train and in test' }],
    [
      'a row twice in one part',
      [0, 1, 1],
      [2],
      [3],
      { code: 'splits-invalid', reason: 'row 1 is in train and in train' },
    ],
    ['a row that is not there', [0, 1, 2], [150], [3], { code: 'splits-invalid' }],
  ])('refuses a manual split with %s', async (_, train_indexes, test_indexes, val_indexes, expected) => {
    const splits = { splitter_name: 'HoldoutSplitter', splitted_indexes: { train_indexes, test_indexes, val_indexes } };
    expect(await failure(train(run(session({ splits }), 'GaussianNB'), fakeHost(table())))).toMatchObject(expected);
  });

  it('a regression predicts numbers', async () => {
    const host = fakeHost(table());
    const { metrics } = await train(run(regression(), 'LinearRegression'), host);
    expect(metrics.find(({ name }) => name === 'R2')!.value).toBeGreaterThan(0.9);
    await tasks['predict-rows'](
      { stateKey: 'runs/1/state', source: { tableKey: 'tables/one', rowIndexes: null }, targetKey: 'tables/two' },
      host,
    );
    const { columns, rows } = host.written.get('table')!;
    expect(rows).toBe(150);
    expect(columns.map(({ name }) => name)).toEqual(['length', 'colour', 'holed', 'species', 'constant', 'price']);
    expect(columns.at(-1)!.type).toEqual(typeEntry('Float'));
  });

  it('names the column an algorithm cannot work with', async () => {
    const frame = createFrame([
      words('word', ['a', 'b', 'a', 'b', 'a', 'b']),
      numericColumn('endless', [1, 2, Infinity, 4, 5, 6]),
      numericColumn('loss', [1, -2, 3, 4, 5, 6]),
    ]);
    const splits = { splitter_name: 'HoldoutSplitter', params: { train: 1, test: 0, validation: 0 } };
    const refused = (inputColumns: readonly string[], params = {}) =>
      failure(
        train(
          run(regression({ inputColumns, outputColumns: ['loss'], splits }), 'RandomForestRegression', params),
          fakeHost(frame),
        ),
      );
    expect(await refused(['word', 'endless'])).toMatchObject({ code: 'infinite-values', column: 'endless' });
    expect(await refused(['word'], { criterion: 'poisson' })).toMatchObject({
      code: 'negative-target',
      column: 'loss',
    });
  });

  it('refuses to encode more levels than fit into memory, by name', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => i);
    const frame = createFrame([
      words(
        'id',
        rows.map((i) => `id ${i}`),
      ),
      words(
        'species',
        rows.map((i) => (i % 2 ? 'a' : 'b')),
      ),
    ]);
    const plan = session({ inputColumns: ['id'] });
    expect(await failure(train(run(plan, 'GaussianNB'), fakeHost(frame)))).toMatchObject({
      code: 'encoding-too-large',
      column: 'id',
      count: 18_000,
      rows: 18_000,
    });
  });

  it('stops at the tick that is cancelled and stores nothing', async () => {
    const host = fakeHost(table(), {
      tick: () => {
        throw new Cancelled();
      },
    });
    await expect(train(run(session(), 'RandomForestClassifier'), host)).rejects.toThrow(Cancelled);
    expect(await host.storage.exists('runs/1/state')).toBe(false);
  });
});
