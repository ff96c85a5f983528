import { beforeAll, describe, expect, it } from 'vitest';

import { Artifact, type MetricPoint, type SplitIndexes, wordsIn } from '#contract';
import { registry } from '#components';

import { failure, regression, run, session, table } from '../host.fixture.js';
import { tasks } from '../index.js';
import { diskHost } from '../tables.fixture.js';
import { readSplits } from './split-blob.js';

const folds = (test_size: number) => ({
  evaluationStrategy: 'CrossValidationEvaluationStrategy',
  splits: { splitter_name: 'KFoldSplitter', params: { n_splits: 3, test_size } },
});
const RUNS = {
  classes: run(session(folds(0.2)), 'HistGradientBoostingClassifier', { max_iter: 12 }),
  numbers: run(regression(folds(0.2)), 'LinearRegression'),
  whole: run(session({ ...folds(0), splits: folds(0).splits }), 'HistGradientBoostingClassifier', { max_iter: 12 }),
} as const;
type Key = keyof typeof RUNS;
const ANSWERS = { TabularClassificationTask: 'classes', RegressionTask: 'numbers' } as const;

const host = diskHost();
const splits = {} as Record<Key, SplitIndexes>;
const history: Record<string, MetricPoint[]> = {};

beforeAll(async () => {
  await host().store('tables/one', table());
  for (const [key, input] of Object.entries(RUNS)) {
    const keys = { stateKey: `runs/${key}/state`, splitsKey: `runs/${key}/splits` };
    const live: MetricPoint[] = [];
    await tasks['train-run']({ ...input, ...keys }, { ...host(), metrics: (points) => void live.push(...points) });
    history[key] = live.filter(({ level }) => level === 'step' || level === 'epoch');
    splits[key as Key] = await readSplits(host().storage, keys.splitsKey);
  }
});

const keysOf = (key: Key) => ({
  tableKey: 'tables/one',
  stateKey: `runs/${key}/state`,
  splitsKey: `runs/${key}/splits`,
});
const explain = (key: Key, component: string) =>
  tasks['explain-run']({ ...keysOf(key), explainer: { component, params: {} } }, host());
const report = (key: Key, component: string) =>
  tasks['report-run']({ ...keysOf(key), report: { component, params: {} }, history: history[key]! }, host());
const explainRows = (key: Key, component: string, rows: object, anew = {}) =>
  tasks['explain-rows'](
    {
      stateKey: keysOf(key).stateKey,
      training: { tableKey: 'tables/one', splitsKey: keysOf(key).splitsKey },
      asked: {
        tableKey: 'tables/one',
        rows: { percentage: 10, shuffle: false, part: 'test', ...rows },
        splits: null,
        ...anew,
      },
      explainer: { component, params: {} },
      targetKey: `tables/explained-${key}-${component}-${JSON.stringify(rows).length}`,
    },
    host(),
  );
/** Components of a kind, each with the run whose task it takes. */
const taking = (kind: 'global-explainer' | 'local-explainer' | 'report'): [string, 'classes' | 'numbers'][] =>
  registry.all.flatMap((component) =>
    component.kind === kind
      ? Object.entries(ANSWERS).flatMap(([task, answers]): [string, 'classes' | 'numbers'][] =>
          component.tasks.includes(task) ? [[component.name, answers]] : [],
        )
      : [],
  );

describe('a run by cross-validation', () => {
  it('sets rows aside, or none', () => {
    const sizes = (key: Key) => [splits[key].train_indexes, splits[key].validation_indexes, splits[key].test_indexes];
    expect(sizes('classes').map(({ length }) => length)).toEqual([120, 0, 30]);
    expect(sizes('whole').map(({ length }) => length)).toEqual([150, 0, 0]);
  });

  it.each(taking('global-explainer'))('%s explains its kept model (%s) on the rows set aside', async (name, key) => {
    const { artifacts } = await explain(key, name);
    expect(artifacts.length).toBeGreaterThan(0);
    expect(artifacts.every((artifact) => Artifact.safeParse(artifact).success)).toBe(true);
  });

  it.each(taking('global-explainer').filter(([, key]) => key === 'classes'))(
    '%s says which rows are missing where none were set aside',
    async (name) => {
      expect(await failure(explain('whole', name))).toEqual({ code: 'split-empty-part', part: 'test' });
    },
  );

  it.each(taking('local-explainer'))('%s explains answers (%s) for any part that has rows', async (name, key) => {
    for (const [rows, count] of [
      [{}, 3],
      [{ part: 'train' }, 12],
      [{ part: 'all' }, 15],
      [{ rowIndexes: [0, 7] }, 2],
    ] as const) {
      const { artifacts } = await explainRows(key, name, rows);
      const [grouped] = artifacts;
      if (grouped?.type !== 'grouped') throw new Error('no groups');
      expect(grouped.groups).toHaveLength(count);
    }
    expect(await failure(explainRows(key, name, { part: 'validation' }))).toEqual({
      code: 'split-empty-part',
      part: 'validation',
    });
  });

  it('folds mean nothing in another table, all of whose rows can be explained', async () => {
    const { splits: payload } = RUNS.numbers.session;
    const other = (part: string) => explainRows('numbers', 'RegressionKernelShap', { part }, { splits: payload });
    expect(await failure(other('test'))).toEqual({ code: 'explained-folds-elsewhere' });
    expect((await other('all')).artifacts).toHaveLength(1);
  });

  it.each(taking('report'))('%s reports (%s) on the rows of the folds and on those set aside', async (name, key) => {
    if (name === 'LearningCurves') {
      // Only what the kept model told while it learnt, of the rows it learnt from; one that learns in one go tells nothing.
      if (key === 'numbers') expect(await failure(report(key, name))).toEqual({ code: 'report-empty', name });
      else expect(titlesOf(await report(key, name))).toEqual(['Train']);
      return;
    }
    expect(titlesOf(await report(key, name))).toEqual(['Train', 'Test']);
    if (key === 'classes') expect(titlesOf(await report('whole', name))).toEqual(['Train']);
  });
});

function titlesOf({ artifacts }: Awaited<ReturnType<typeof report>>): string[] {
  const [grouped] = artifacts;
  if (grouped?.type !== 'grouped') throw new Error('no groups');
  return grouped.groups.map(({ title }) => wordsIn(title, 'en'));
}
