import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { type FakeRegistry, fakeRegistry, packed, pluginFiles } from './plugin-registry.js';
import { trained } from './training.js';

let registry: FakeRegistry;
let millrace: RunningMillrace;
let api: Caller;
beforeAll(async () => {
  registry = await fakeRegistry();
  const env = { MILLRACE_PLUGINS: 'on', MILLRACE_PLUGIN_REGISTRY: registry.url };
  millrace = await startMillrace({ backend: 'postgres', workers: 1, env });
  api = new Caller(millrace.url);
});
afterAll(async () => {
  await (millrace as RunningMillrace | undefined)?.stop();
  await registry.close();
});

/** Who owns what lies in a folder, however deep. */
const ownersOf = (folder: string): number[] =>
  readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name as string)).uid);

describe('a model of a plugin', () => {
  const mean = `export const components = ({ kit }) => [kit.defineRegressor({
    name: 'MeanRegressor', tasks: ['RegressionTask'], params: {},
    texts: kit.namedTexts('MeanRegressor', { en: 'The mean.', es: 'La media.', pt: 'A média.', de: 'Das Mittel.', zh: '平均值。' }),
    fit: (x, y) => ({ mean: y.reduce((sum, value) => sum + value, 0) / y.length }),
    predict: ({ mean }, x) => new Float64Array(x.rows).fill(mean),
  })];`;
  let plugin: { id: number } | undefined;
  let run: number;
  let data: number;

  it('trains and predicts, and what its child made is in the storage like everything else', async () => {
    registry.publish('p-mean', '1.0.0', packed(pluginFiles({ name: 'p-mean' }, mean)));
    [plugin] = await api.ok<{ id: number }[]>('POST', '/plugin/', [{ name: 'p-mean' }]);
    await api.ok('PATCH', `/plugin/${plugin!.id}`, { new_status: 2 });
    const rows = Array.from({ length: 50 }, (_, i) => `${i}.5,${(i * 7) % 5}.25`);
    const dataset = await api.dataset('for a mean', ['x,y', ...rows].join('\n'));
    const session = await api.ok<{ id: number }>('POST', '/model-session/', {
      dataset_id: dataset.id,
      name: 'mean',
      task_name: 'RegressionTask',
      input_columns: ['x'],
      output_columns: ['y'],
      train_metrics: [],
      validation_metrics: [],
      test_metrics: ['MAE'],
      evaluation_strategy: 'HoldoutEvaluationStrategy',
      splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
    });
    data = dataset.id;
    ({ id: run } = await trained(api, session.id, 'MeanRegressor'));
    const { id } = await api.ok<{ id: number }>('POST', '/predict/', { run_id: run, dataset_id: dataset.id });
    await api.run('PredictJob', { prediction_id: id });
    const owners = ['runs', 'tables'].flatMap((folder) => ownersOf(join(millrace.home, 'data', folder)));
    expect([...new Set(owners)]).toEqual([process.getuid!()]);
  });

  it('is what a prediction asks for, though the run alone names it', async () => {
    const check = (): ReturnType<typeof api.call<{ columns: unknown }>> =>
      api.call('POST', '/predict/check', { run_id: run, dataset_id: data });
    expect(await check()).toMatchObject({ status: 200, body: { columns: [{ name: 'x' }, { name: 'y' }] } });
    await api.ok('PATCH', `/plugin/${plugin!.id}`, { new_status: 1 });
    expect(await check()).toMatchObject({ status: 422, body: { code: 'component-of-removed-plugin' } });
  });
});
