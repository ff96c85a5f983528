import { describe, expect, it } from 'vitest';

import type { SearchPlan, TaskInput, TrialRecord } from '#contract';

import { fakeHost, run, session, table, train } from '../host.fixture.js';
import { tasks } from '../index.js';

const depth = { max_depth: { optimize: true, fixed_value: 5, lower_bound: 1, upper_bound: 9 } };
const rate = { max_iter: 12, learning_rate: { optimize: true, fixed_value: 0.1, lower_bound: 0.001, upper_bound: 1 } };
const optuna = (params: Readonly<Record<string, unknown>>) => ({
  component: 'OptunaOptimizer',
  params,
  goalMetric: 'LogLoss',
});
const folds = session({
  evaluationStrategy: 'CrossValidationEvaluationStrategy',
  splits: { splitter_name: 'KFoldSplitter', params: { n_splits: 3 } },
});
const inner = { component: 'KFoldSplitter', params: { n_splits: 2, test_size: 0 } };

/** As JSON carries it between processes. */
const carried = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The rest of a search as children run it: every batch backwards, every trial in a process of its own that has never seen the run. */
async function runChildren(
  input: TaskInput<'train-run'>,
  { searches, trials, batch }: SearchPlan,
  known: readonly TrialRecord[],
): Promise<TrialRecord[]> {
  const records = [...known];
  for (let first = 0; first < trials; first += batch)
    for (let search = searches.length - 1; search >= 0; search--) {
      const own = records.filter((record) => record.search === search).sort((a, b) => a.number - b.number);
      const ended = own.filter(({ number }) => number < first);
      for (let number = Math.min(trials, first + batch) - 1; number >= first; number--)
        if (!own.some((record) => record.number === number))
          records.push(
            carried(await tasks['run-trial'](carried({ ...input, search, number, ended }), fakeHost(table()))),
          );
    }
  return records.sort((a, b) => a.search - b.search || a.number - b.number);
}

describe('a search that is handed over', () => {
  it.each([
    ['a holdout', run(session(), 'DecisionTreeClassifier', depth, optuna({ n_trials: 11, batch_size: 3 }))],
    [
      'a holdout with trials that cannot be fitted',
      run(
        session(),
        'KNeighborsClassifier',
        { n_neighbors: { optimize: true, fixed_value: 5, lower_bound: 1, upper_bound: 180 } },
        optuna({ n_trials: 8, sampler: 'CmaEsSampler' }),
      ),
    ],
    [
      'a holdout with a pruner',
      run(
        session(),
        'HistGradientBoostingClassifier',
        rate,
        optuna({ n_trials: 14, sampler: 'RandomSampler', pruner: 'MedianPruner' }),
      ),
    ],
    ['nested folds', run(folds, 'DecisionTreeClassifier', depth, optuna({ n_trials: 5, batch_size: 2 }), inner)],
  ])('comes to the same bytes as one that stays in one process: %s', async (_, input) => {
    const [here, there] = [fakeHost(table()), fakeHost(table())];
    const whole = await train(input, here);
    const first = carried(await tasks['train-run']({ ...input, handOverMs: 0 }, fakeHost(table())));
    if (first.kind !== 'handed-over') throw new Error('the search was not handed over');
    expect(first.trials).toHaveLength(1);
    const records = await runChildren(input, first.plan, first.trials);
    expect(records).toEqual(carried(whole.trials));
    const rest = await train({ ...input, known: records }, there);
    expect({ ...rest, trials: whole.trials }).toEqual(whole);
    for (const key of ['runs/1/state', 'runs/1/splits']) expect(there.bytes(key).equals(here.bytes(key))).toBe(true);
    expect(here.live.filter(({ level }) => level === 'trial')).toEqual(records.flatMap(({ points }) => points));
  });

  it('judges nothing here again while trials run elsewhere', async () => {
    const input = run(session(), 'DecisionTreeClassifier', depth, optuna({ n_trials: 6 }));
    const { trials: known } = await tasks['train-run']({ ...input, handOverMs: 0 }, fakeHost(table()));
    const host = fakeHost(table());
    const output = await tasks['train-run']({ ...input, known }, host);
    expect(output).toMatchObject({ kind: 'handed-over', trials: [], plan: { trials: 6, batch: 4 } });
    expect(host.live).toEqual([]);
  });

  it('the last trial never hands over what is not there any more', async () => {
    const input = run(session(), 'DecisionTreeClassifier', depth, optuna({ n_trials: 1 }));
    expect(await tasks['train-run']({ ...input, handOverMs: 0 }, fakeHost(table()))).toMatchObject({ kind: 'trained' });
  });

  it('parts of the progress follow one another', async () => {
    const input = run(folds, 'DecisionTreeClassifier', depth, optuna({ n_trials: 3 }), inner);
    const output = await tasks['train-run']({ ...input, handOverMs: 0 }, fakeHost(table()));
    if (output.kind !== 'handed-over') throw new Error('the search was not handed over');
    const { searches } = output.plan;
    expect(searches.map(({ message }) => message)).toEqual(['nested-folds', 'nested-folds', 'nested-folds', 'tuning']);
    searches.forEach(({ span }, k) => expect(span[0]).toBeCloseTo(searches[k - 1]?.span[1] ?? 0, 12));
  });
});
