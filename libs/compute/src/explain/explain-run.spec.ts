import { beforeAll, describe, expect, it } from 'vitest';

import { Artifact, type SplitIndexes, type TaskInput } from '#contract';
import { Cancelled } from '#linalg';

import { failure, regression, run, session, table } from '../host.fixture.js';
import { tasks } from '../index.js';
import { readSplits } from '../runs/split-blob.js';
import { diskHost } from '../tables.fixture.js';

const host = diskHost();
const splits: Record<string, SplitIndexes> = {};

beforeAll(async () => {
  await host().store('tables/one', table());
  for (const [key, input] of Object.entries({
    classes: run(session(), 'DecisionTreeClassifier'),
    numbers: run(regression(), 'LinearRegression'),
  })) {
    const keys = { stateKey: `runs/${key}/state`, splitsKey: `runs/${key}/splits` };
    await tasks['train-run']({ ...input, ...keys }, host());
    splits[key] = await readSplits(host().storage, keys.splitsKey);
  }
});

const explain = (key: string, component: string, change: Partial<TaskInput<'explain-run'>> = {}) =>
  tasks['explain-run'](
    {
      tableKey: 'tables/one',
      stateKey: `runs/${key}/state`,
      splitsKey: `runs/${key}/splits`,
      explainer: { component, params: { n_repeats: 5 } },
      ...change,
    },
    host(),
  );

describe('explain-run', () => {
  it('explains a classifier on its test rows', async () => {
    const { explanation, artifacts } = await explain('classes', 'PermutationFeatureImportance');
    const [length, colour] = explanation['importances_mean'] as number[];
    expect(explanation['features']).toEqual(['length', 'colour']);
    expect(length).toBeGreaterThan(colour!);
    expect(artifacts).toMatchObject([{ type: 'plotly', role: 'explanation', index: 0 }]);
    expect(artifacts.every((artifact) => Artifact.safeParse(artifact).success)).toBe(true);
    expect(JSON.stringify(artifacts)).toContain(`${splits['classes']!.test_indexes.length} test rows`);
  });

  it('explains a regressor', async () => {
    const { explanation } = await explain('numbers', 'RegressionPermutationFeatureImportance');
    expect((explanation['importances_mean'] as number[]).every((value) => value > 0)).toBe(true);
  });

  it('draws a chart a feature, numbered through its groups', async () => {
    const dependence = { explainer: { component: 'PartialDependence', params: { grid_resolution: 5 } } };
    const { artifacts } = await explain('classes', 'PartialDependence', dependence);
    expect(artifacts).toMatchObject([
      {
        type: 'grouped',
        groups: [
          { title: 'length', artifacts: [{ index: 0 }], sentences: [{ values: { feature: 'length' } }] },
          { title: 'colour', artifacts: [{ index: 1 }] },
        ],
      },
    ]);
    expect(artifacts.every((artifact) => Artifact.safeParse(artifact).success)).toBe(true);
  });

  it('refuses what does not fit', async () => {
    expect(await failure(explain('numbers', 'PermutationFeatureImportance'))).toMatchObject({
      code: 'model-task-mismatch',
      task: 'RegressionTask',
    });
    const none = { splitsKey: 'runs/none/splits' };
    await host().upload(none.splitsKey, '{"train_indexes":[0],"validation_indexes":[],"test_indexes":[]}');
    expect(await failure(explain('classes', 'PermutationFeatureImportance', none))).toEqual({
      code: 'split-empty-part',
      part: 'test',
    });
    const params = { explainer: { component: 'PermutationFeatureImportance', params: { n_repeats: 0 } } };
    expect(await failure(explain('classes', 'PermutationFeatureImportance', params))).toMatchObject({
      code: 'parameters-invalid',
      parameter: 'n_repeats',
    });
    host().stopWith(new Cancelled());
    await expect(explain('classes', 'PermutationFeatureImportance')).rejects.toThrow(Cancelled);
  });
});
