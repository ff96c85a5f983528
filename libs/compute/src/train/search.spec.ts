import { describe, expect, it } from 'vitest';

import { failure, fakeHost, run, session, table, train } from '../host.fixture.js';

describe('train-run with parameters to optimise', () => {
  const envelope = (lower_bound: number, upper_bound: number) => ({
    optimize: true,
    fixed_value: 5,
    lower_bound,
    upper_bound,
  });
  const tune = (sampler = 'TPESampler') => ({
    component: 'OptunaOptimizer',
    params: { n_trials: 6, sampler },
    goalMetric: 'BalancedAccuracy',
  });
  const neighbours = (most: number) => ({ n_neighbors: envelope(1, most), algorithm: 'brute' });

  it('searches by the validation rows, never scoring test rows, and stores what it found', async () => {
    const host = fakeHost(table());
    const tree = {
      max_depth: envelope(1, 6),
      criterion: { optimize: true, choices: ['gini', 'entropy'] },
      min_samples_leaf: { optimize: false, fixed_value: 2, lower_bound: 1, upper_bound: 5 },
    };
    const output = await train(run(session(), 'DecisionTreeClassifier', tree, tune()), host);
    expect(new Set(host.live.map(({ level }) => level))).toEqual(new Set(['trial']));
    expect(new Set(host.live.map(({ split }) => split))).toEqual(new Set(['train', 'validation']));
    expect(new Set(host.live.map(({ step }) => step))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    const goals = host.live.filter(({ name }) => name === 'BalancedAccuracy').map(({ value }) => value);
    expect(Math.max(...goals)).toBeGreaterThan(0.9);
    const { max_depth, criterion, min_samples_leaf } = output.parameters as Record<string, { fixed_value: unknown }>;
    expect(max_depth).toMatchObject({ optimize: true, lower_bound: 1, upper_bound: 6 });
    expect(max_depth!.fixed_value).toBeGreaterThanOrEqual(2);
    expect(['gini', 'entropy']).toContain(criterion!.fixed_value);
    expect(min_samples_leaf).toEqual(tree.min_samples_leaf);
    for (const plot of Object.values(output.plots))
      expect(plot).toMatchObject({ type: 'plotly', role: 'explanation', index: 0 });
  });

  it('the same search again finds the same', async () => {
    const again = () => train(run(session(), 'KNeighborsClassifier', neighbours(40), tune()), fakeHost(table()));
    expect(await again()).toEqual(await again());
  });

  it('skips trials that cannot be fitted, and has no figures that need two parameters', async () => {
    const host = fakeHost(table());
    const output = await train(run(session(), 'KNeighborsClassifier', neighbours(180), tune('RandomSampler')), host);
    const steps = new Set(host.live.map(({ step }) => step));
    expect(steps.size).toBeGreaterThan(0);
    expect(steps.size).toBeLessThan(6);
    expect(output.plots).toMatchObject({ contour: null, importance: null, history: {}, slice: {} });
  });

  it('names the last failure when no trial can be fitted', async () => {
    const none = { n_neighbors: envelope(100, 180) };
    expect(await failure(train(run(session(), 'KNeighborsClassifier', none, tune()), fakeHost(table())))).toMatchObject(
      {
        code: 'parameters-invalid',
        parameter: 'n_neighbors',
      },
    );
  });

  it.each([
    ['no optimizer', null, session(), { code: 'parameters-invalid', parameter: 'n_neighbors' }],
    ['no goal', { ...tune(), goalMetric: '' }, session(), { code: 'goal-metric-missing' }],
    [
      'no validation rows',
      tune(),
      session({ splits: { splitter_name: 'HoldoutSplitter', params: { train: 0.8, validation: 0 } } }),
      { code: 'split-empty-part', part: 'validation' },
    ],
  ])('refuses a search with %s', async (_, optimizer, plan, expected) => {
    const work = train(run(plan, 'KNeighborsClassifier', neighbours(20), optimizer), fakeHost(table()));
    expect(await failure(work)).toMatchObject(expected);
  });

  const grown = {
    max_iter: 20,
    learning_rate: { optimize: true, fixed_value: 0.1, lower_bound: 0.001, upper_bound: 1 },
  };
  const boosting = 'HistGradientBoostingClassifier';
  const pruned = (trials: number) => ({
    component: 'OptunaOptimizer',
    params: { n_trials: trials, sampler: 'RandomSampler', pruner: 'MedianPruner' },
    goalMetric: 'LogLoss',
  });
  const trialsOf = (host: ReturnType<typeof fakeHost>): Set<number> =>
    new Set(host.live.filter(({ level }) => level === 'trial').map(({ step }) => step));

  it.each([
    ['a holdout, as models grow', session(), boosting, grown],
    [
      'folds, fold by fold',
      session({
        evaluationStrategy: 'CrossValidationEvaluationStrategy',
        splits: { splitter_name: 'KFoldSplitter', params: { n_splits: 4 } },
      }),
      'KNeighborsClassifier',
      neighbours(60),
    ],
  ])('gives up trials that do worse than half of the others: %s', async (_, plan, model, params) => {
    const [one, two] = [fakeHost(table()), fakeHost(table())];
    const output = await train(run(plan, model, params, pruned(14)), one);
    expect(await train(run(plan, model, params, pruned(14)), two)).toEqual(output);
    const finished = trialsOf(one);
    for (const first of [0, 1, 2, 3, 4]) expect(finished).toContain(first);
    expect(finished.size).toBeLessThan(14);
    expect(finished).toEqual(trialsOf(two));
  });

  it('HyperOpt searches as well', async () => {
    const optimizer = { component: 'HyperOptOptimizer', params: { n_trials: 5 }, goalMetric: 'BalancedAccuracy' };
    const host = fakeHost(table());
    const { plots } = await train(run(session(), 'KNeighborsClassifier', neighbours(40), optimizer), host);
    expect(trialsOf(host).size).toBe(5);
    expect(plots.history).not.toBeNull();
  });
});
