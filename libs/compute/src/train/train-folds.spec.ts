import { describe, expect, it } from 'vitest';

import type { MetricPoint, SessionPlan } from '#contract';
import { parametersFor, registry, rowSet } from '#components';
import { createFrame, numericColumn, takeRows } from '#frame';

import { failure, fakeHost, regression, run, session, table, words, train } from '../host.fixture.js';
import { readSplits } from '../runs/split-blob.js';
import { progressMeter } from './progress-meter.js';
import { runTrainer } from './run-trainer.js';

const folds = (params = {}, splitter_name = 'StratifiedKFoldSplitter'): Partial<SessionPlan> => ({
  evaluationStrategy: 'CrossValidationEvaluationStrategy',
  splits: { splitter_name, params: { n_splits: 3, ...params } },
});
const nested = { component: 'KFoldSplitter', params: { n_splits: 2, test_size: 0 } };
const depth = { max_depth: { optimize: true, fixed_value: 5, lower_bound: 1, upper_bound: 6 } };
const search = { component: 'OptunaOptimizer', params: { n_trials: 3 }, goalMetric: 'Accuracy' };
const at = (points: readonly MetricPoint[], level: string, split = 'validation'): MetricPoint[] =>
  points.filter((point) => point.level === level && point.split === split);

describe('train-run by cross-validation', () => {
  it('scores folds, keeps a model of all of them and judges it by the rows set aside', async () => {
    const host = fakeHost(table());
    const { metrics, splitSizes, splitIndexes } = await train(run(session(folds()), 'LogisticRegression'), host);
    expect(splitSizes).toEqual({ train: 135, validation: 0, test: 15 });
    const accuracies = at(host.live, 'fold').filter(({ name }) => name === 'Accuracy');
    expect(accuracies.map(({ foldIndex, step }) => [foldIndex, step])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    const [accuracy] = at(metrics, 'last');
    expect(accuracy!.value).toBeCloseTo(accuracies.reduce((sum, { value }) => sum + value, 0) / 3, 12);
    expect(accuracy!.stdValue).toBeGreaterThan(0);
    const [test] = at(metrics, 'last', 'test');
    expect(test).toMatchObject({ name: 'F1' });
    expect(test).not.toHaveProperty('stdValue');
    const wire = JSON.parse(splitIndexes!) as Record<string, Record<string, number[]>>;
    expect(Object.keys(wire)).toEqual(['fold_0', 'fold_1', 'fold_2', 'full_dataset']);
    const stored = (await readSplits(host.storage, 'runs/1/splits')) as unknown as { folds: number[][] };
    expect(stored.folds).toEqual([0, 1, 2].map((k) => wire[`fold_${k}`]!['validation_indexes']));
    expect(wire['full_dataset']!['test_indexes']).toHaveLength(15);
  });

  it.each(['GroupKFoldSplitter', 'StratifiedGroupKFoldSplitter'])(
    '%s goes by a column that is no input, in inner folds too, and refuses rows without a group',
    async (name) => {
      const patients = Array.from({ length: 150 }, (_, row) => `patient ${row % 30}`);
      const withPatients = (list: (string | null)[]) => {
        const frame = table();
        return createFrame([...frame.columns, words('patient', list)]);
      };
      const plan = session(folds({ group_column: 'patient' }, name));
      const inner = { component: name, params: { n_splits: 2, group_column: 'patient', test_size: 0 } };
      const host = fakeHost(withPatients(patients));
      const { splitIndexes } = await train({ ...run(plan, 'LogisticRegression'), nested: inner }, host);
      const wire = JSON.parse(splitIndexes!) as Record<string, Record<string, number[]>>;
      const of = (rows: number[]): Set<string> => new Set(rows.map((row) => patients[row]!));
      for (const { train_indexes, validation_indexes } of [wire['fold_0']!, wire['fold_1']!, wire['fold_2']!])
        for (const patient of of(validation_indexes!)) expect(of(train_indexes!)).not.toContain(patient);
      expect(of(wire['full_dataset']!['test_indexes']!).size).toBe(3);
      const hole = fakeHost(withPatients([null, ...patients.slice(1)]));
      expect(await failure(train(run(plan, 'LogisticRegression'), hole))).toMatchObject({ code: 'missing-values' });
      const none = session(folds({}, name));
      expect(await failure(train(run(none, 'LogisticRegression'), host))).toMatchObject({
        code: 'group-column-missing',
      });
    },
  );

  it('leave-one-out fits as many models as rows, and one more', async () => {
    const host = fakeHost(
      takeRows(
        table(),
        Array.from({ length: 24 }, (_, i) => i * 6 + (i % 3)),
      ),
    );
    const plan = session({
      evaluationStrategy: 'CrossValidationEvaluationStrategy',
      splits: { splitter_name: 'LeaveOneOutSplitter', params: { test_size: 0.25 } },
    });
    const { metrics } = await train(run(plan, 'DummyClassifier'), host);
    expect(at(host.live, 'fold').filter(({ name }) => name === 'Accuracy')).toHaveLength(18);
    expect(at(metrics, 'last').find(({ name }) => name === 'Accuracy')!.value).toBeGreaterThanOrEqual(0);
    const tall = takeRows(
      table(),
      Array.from({ length: 2001 }, (_, i) => i % 150),
    );
    const refused = await failure(train(run(plan, 'DummyClassifier'), fakeHost(tall)));
    expect(refused).toMatchObject({ code: 'splitter-rows-too-many', rows: 2001, most: 2000 });
  });

  it('learns nothing from rows a fold is judged by: levels and classes seen nowhere else are unknown to it', async () => {
    // Each row's word is its own. An encoder learnt from all rows would have a column for it, and 150 of them.
    const frame = createFrame([
      words(
        'id',
        Array.from({ length: 60 }, (_, i) => `row ${i}`),
      ),
      words(
        'species',
        Array.from({ length: 60 }, (_, i) => (i % 2 ? 'a' : 'b')),
      ),
    ]);
    const host = fakeHost(frame);
    const plan = session({
      ...folds({ test_size: 0 }),
      inputColumns: ['id'],
      metrics: { train: ['Accuracy'], validation: ['Accuracy'], test: [] },
    });
    await train(run(plan, 'DecisionTreeClassifier', { max_depth: 100, min_samples_split: 2 }), host);
    expect(at(host.live, 'fold', 'train').map(({ value }) => value)).toEqual([1, 1, 1]);
    // What was learnt by heart helps nobody: the rows a fold holds back are judged by chance alone.
    for (const { value } of at(host.live, 'fold')) expect(value).toBeCloseTo(0.5, 12);
  });

  it('a class that only the judged rows have counts as wrong', async () => {
    const frame = createFrame([
      numericColumn(
        'x',
        Array.from({ length: 31 }, (_, i) => i % 2),
      ),
      words('y', [...Array.from({ length: 30 }, (_, i) => (i % 2 ? 'a' : 'b')), 'rare']),
    ]);
    const host = fakeHost(frame);
    const plan = session({
      ...folds({ test_size: 0, shuffle: false }),
      inputColumns: ['x'],
      outputColumns: ['y'],
      metrics: { train: [], validation: ['Accuracy'], test: [] },
    });
    await train(run(plan, 'KNeighborsClassifier', { n_neighbors: 1 }), host);
    const values = at(host.live, 'fold').map(({ value }) => value);
    expect(values.filter((value) => value === 1)).toHaveLength(2);
    expect(values.find((value) => value < 1)).toBeCloseTo(10 / 11, 12);
  });

  it('repeated folds are all scored, in the order of their repetitions', async () => {
    const host = fakeHost(table());
    const plan = regression(folds({ n_repeats: 2 }, 'RepeatedKFoldSplitter'));
    const { metrics } = await train(run(plan, 'LinearRegression'), host);
    const scored = at(host.live, 'fold');
    expect(scored.map(({ foldIndex }) => foldIndex)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(at(metrics, 'last')[0]!.value).toBeCloseTo(scored.reduce((sum, { value }) => sum + value, 0) / 6, 12);
  });

  it('nested: a search per outer fold, then one for the model that is kept', async () => {
    const host = fakeHost(table());
    const { metrics, parameters, plots } = await train(
      run(session(folds()), 'DecisionTreeClassifier', depth, search, nested),
      host,
    );
    expect(at(host.live, 'outer_fold').filter(({ name }) => name === 'Accuracy')).toHaveLength(3);
    expect(
      at(host.live, 'trial')
        .filter(({ name }) => name === 'Accuracy')
        .map(({ step }) => step),
    ).toEqual([0, 1, 2]);
    const [outer] = at(metrics, 'last_outer');
    expect(outer!.value).toBeGreaterThan(0.8);
    expect(at(metrics, 'last_outer', 'test')).toEqual([]);
    expect((parameters['max_depth'] as { fixed_value: number }).fixed_value).toBeGreaterThanOrEqual(2);
    expect(plots.history).not.toBeNull();
  });

  it.each([null, nested])(
    'the same run again gives the same bytes, whatever the threads (nested %j)',
    async (inner) => {
      const hosts = [fakeHost(table()), fakeHost(table(), { threads: 2 })];
      const input = run(session(folds()), 'RandomForestClassifier', { n_estimators: 5, ...depth }, search, inner);
      const [one, two] = await Promise.all(hosts.map((host) => train(input, host)));
      expect(two).toEqual(one);
      expect(hosts[1]!.live).toEqual(hosts[0]!.live);
      for (const key of ['runs/1/state', 'runs/1/splits'])
        expect(hosts[1]!.bytes(key).equals(hosts[0]!.bytes(key))).toBe(true);
    },
  );

  it.each([
    ['folds of a holdout', { evaluationStrategy: 'HoldoutEvaluationStrategy' }, { code: 'splits-invalid' }],
    ['a holdout of folds', { splits: { splitter_name: 'HoldoutSplitter' } }, { code: 'splits-invalid' }],
    [
      'more folds than rows',
      folds({ n_splits: 20, test_size: 0.5 }, 'KFoldSplitter'),
      { code: 'folds-too-many', folds: 20, rows: 9 },
    ],
    ['only rare classes', folds({ n_splits: 10, test_size: 0 }), { code: 'classes-too-rare', folds: 10, most: 6 }],
  ])('refuses %s', async (_, change, expected) => {
    const few = takeRows(
      table(),
      Array.from({ length: 18 }, (_row, i) => i),
    );
    const plan = session({ ...folds(), ...change });
    expect(await failure(train(run(plan, 'GaussianNB'), fakeHost(few)))).toMatchObject(expected);
  });

  it('refuses inner folds by a splitter that makes none', async () => {
    const inner = { component: 'HoldoutSplitter', params: {} };
    const work = train(run(session(folds()), 'DecisionTreeClassifier', depth, search, inner), fakeHost(table()));
    expect(await failure(work)).toMatchObject({ code: 'splits-invalid', reason: 'HoldoutSplitter' });
  });
});

describe('runTrainer', () => {
  const model = registry.find('DecisionTreeClassifier', 'classifier');
  const rows = [0, 1, 2].map((k) => rowSet(Array.from({ length: 50 }, (_, i) => 50 * k + i)));

  it('scores the same whether or not encoded rows are kept', () => {
    const scores = [0, 1e9].map((keptCells) => {
      const host = fakeHost(table());
      const training = {
        frame: table(),
        session: session(),
        model,
        parameters: parametersFor(model, { max_depth: 3 }),
      };
      const trainer = runTrainer(training, host, progressMeter(host), keptCells);
      const fitted = rows.map((set) => trainer.fit(set, {}, [0, 1]));
      return fitted.flatMap((each) => rows.map((set) => trainer.score(each, set, ['Accuracy', 'LogLoss'])));
    });
    expect(scores[1]).toEqual(scores[0]);
  });

  it.each([
    [undefined, 'step'],
    [{ epochs: true }, 'epoch'],
  ] as const)('what a model with the tags %j shows is of level %s', (tags, level) => {
    const host = fakeHost(table());
    const watched = { ...registry.find('HistGradientBoostingClassifier', 'classifier'), tags: { ...tags } };
    const training = {
      frame: table(),
      session: session(),
      model: watched,
      parameters: parametersFor(watched, { max_iter: 3 }),
    };
    const seen: string[] = [];
    runTrainer(training, host, progressMeter(host)).fit(rows[0]!, {}, [0, 1], (_partial, _step, at) =>
      seen.push(at.level),
    );
    expect(seen).toEqual([level, level]);
  });
});
