import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { WatchedHouse } from './watched-house.js';

const SENTENCE = /^[^\n]{10,300}\. [^\n]{5,200}\.$/;
const BEYOND_INT4 = 99_999_999_999;

interface Refusal {
  readonly code: string;
  readonly detail: unknown;
}
let millrace: RunningMillrace;
let house: WatchedHouse;
let api: Caller;
let dataset: { id: number };
let holes: { id: number };
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  house = new WatchedHouse(millrace);
  api = new Caller(millrace.url);
  const rows = Array.from({ length: 40 }, (_, row) => `${row},${row % 7},${row % 2 ? 'yes' : 'no'},same`);
  dataset = await api.dataset('whole', `a,b,answer,constant\n${rows.join('\n')}\n`);
  holes = await api.dataset(
    'holes',
    `a,b,answer,constant\n${rows.map((row, at) => (at % 5 ? row : row.replace(/,\d+,/, ',,'))).join('\n')}\n`,
  );
});
afterAll(async () => {
  await (house as WatchedHouse | undefined)?.close();
  await (millrace as RunningMillrace | undefined)?.stop();
});
afterEach(() => house.isTidy());

describe('a job that cannot be', () => {
  it.each<[string, unknown, number, string]>([
    ['kwargs that are not JSON', '{dataset_id:', 422, 'job-kwargs-invalid'],
    ['kwargs that are a list', '[1]', 422, 'job-kwargs-invalid'],
    [
      'params nested deeply',
      `{"dataset_id":1,"params":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      422,
      'job-kwargs-invalid',
    ],
    ['kwargs that never close', '['.repeat(100_000), 422, 'job-kwargs-invalid'],
    ['no data set', '{}', 422, 'job-kwargs-invalid'],
    ['a data set by name', '{"dataset_id":"whole"}', 422, 'job-kwargs-invalid'],
    ['a data set by a fraction', '{"dataset_id":1.5}', 422, 'job-kwargs-invalid'],
    ['a negative data set', '{"dataset_id":-1}', 422, 'job-kwargs-invalid'],
    ['a data set beyond every number', '{"dataset_id":1e999}', 422, 'job-kwargs-invalid'],
    ['a data set nobody has', '{"dataset_id":4242}', 404, 'dataset-not-found'],
    ['a data set beyond the database', `{"dataset_id":${BEYOND_INT4}}`, 422, 'job-kwargs-invalid'],
    ['a notebook nobody has', '{"dataset_id":1,"notebook_id":4242}', 404, 'notebook-not-found'],
    ['a notebook beyond the database', `{"dataset_id":1,"notebook_id":${BEYOND_INT4}}`, 422, 'job-kwargs-invalid'],
    [
      'types nobody knows',
      '{"dataset_id":1,"params":{"inferred_types":{"a":{"type":"Colour"}}}}',
      422,
      'job-kwargs-invalid',
    ],
    ['params that are text', '{"dataset_id":1,"params":"all"}', 422, 'job-kwargs-invalid'],
    ['a NUL in its kwargs', String.raw`{"dataset_id":1,"params":{"name":"a\u0000b"}}`, 422, 'text-unstorable'],
    [
      'half a character in its kwargs',
      String.raw`{"dataset_id":1,"params":{"name":"a\ud800b"}}`,
      422,
      'text-unstorable',
    ],
  ])('%s', async (_, kwargs, status, code) => {
    const form = new FormData();
    form.set('job_type', 'DatasetJob');
    form.set('kwargs', String(kwargs));
    form.set('file', new Blob(['a,b\n1,2\n']), 'a.csv');
    const answer = await api.call<Refusal>('POST', '/job/', form);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).toMatch(SENTENCE);
  });

  it.each(['ModelJob', 'PredictJob', 'ExplorerJob', 'ConverterJob', 'ExplainerJob'])('%s of nothing', async (type) => {
    const ids = ['run_id', 'prediction_id', 'explorer_id', 'converter_id', 'explainer_id'];
    for (const id of [4242, BEYOND_INT4, 'x', null]) {
      const form = new FormData();
      form.set('job_type', type);
      form.set(
        'kwargs',
        JSON.stringify({ ...Object.fromEntries(ids.map((name) => [name, id])), explainer_scope: 'global' }),
      );
      form.set('file', new Blob(['a,b\n1,2\n']), 'a.csv');
      const answer = await api.call<Refusal>('POST', '/job/', form);
      expect(answer.status).toBe(id === 4242 ? 404 : 422);
      expect(answer.body.detail).toMatch(SENTENCE);
    }
  });

  it.each(['/dataset', '/model-session', '/run', '/notebook', '/predict'])(
    'removing many of %s that are not there',
    async (path) => {
      const status = (await api.call('DELETE', `${path}/`, { ids: [4242, BEYOND_INT4] })).status;
      expect([204, 404, 405, 422]).toContain(status);
    },
  );
});

describe('names that cannot be stored', () => {
  it.each(['a\0b', 'a\ud800b'])('%j', async (name) => {
    const form = new FormData();
    form.set('name', name);
    form.set('params', JSON.stringify({ name }));
    form.set('file', new Blob(['a,b\n1,2\n']), 'a.csv');
    for (const body of [{ name }, form]) {
      const answer = await api.call<Refusal>('POST', '/dataset/', body);
      // A form is UTF-8, which knows no half characters.
      if (body === form && answer.status === 201) continue;
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 422, code: 'text-unstorable' });
      expect(answer.body.detail).toMatch(SENTENCE);
    }
  });
});

describe('a preview that cannot be', () => {
  const ask = (params: string, more: Record<string, string> = {}, path = 'preview_with_types') => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ params, ...more })) form.set(name, value);
    form.set('file', new Blob(['a,b\n1,2\n']), 'a.csv');
    return api.call<Refusal>('POST', `/dataset/${path}`, form);
  };

  it.each<[string, string, string]>([
    ['params that are not JSON', '{', 'job-kwargs-invalid'],
    ['an unknown loader', '{"dataloader":"No"}', 'component-not-registered'],
    ['a loader that is a model', '{"dataloader":"RandomForestClassifier"}', 'component-not-registered'],
    ['an option nobody knows', '{"separator":"#"}', 'parameters-invalid'],
    ['too few names', '{"names":"one"}', 'column-names-wrong'],
  ])('%s', async (_, params, code) => {
    const answer = await ask(params);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 422, code });
    expect(answer.body.detail).toMatch(SENTENCE);
  });

  it('type changes of columns that are not there', async () => {
    const changes = JSON.stringify({ nobody: { type: 'Integer', dtype: 'int64' } });
    const answer = await ask('{}', { type_changes: changes }, 'validate_type_changes');
    expect(answer.status).toBeLessThan(500);
    expect((await ask('{}', { type_changes: '{' }, 'validate_type_changes')).body.code).toBe('job-kwargs-invalid');
  });
});

describe('a run that cannot be', () => {
  const session = (change: object = {}) => ({
    dataset_id: dataset.id,
    name: `session ${Math.trunc(performance.now() * 1000)}`,
    task_name: 'TabularClassificationTask',
    input_columns: ['a', 'b'],
    output_columns: ['answer'],
    train_metrics: ['Accuracy'],
    validation_metrics: ['Accuracy'],
    test_metrics: ['Accuracy'],
    evaluation_strategy: 'HoldoutEvaluationStrategy',
    splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
    ...change,
  });
  const outcome = async (change: object, model = 'LogisticRegression', parameters: object = {}): Promise<Refusal> => {
    const made = await api.call<Refusal & { id: number }>('POST', '/model-session/', session(change));
    if (made.status >= 300) return made.body;
    const run = await api.call<Refusal & { id: number }>('POST', '/run/', {
      model_session_id: made.body.id,
      model_name: model,
      name: 'a run',
      parameters,
      optimizer_name: '',
      optimizer_parameters: {},
      goal_metric: '',
    });
    if (run.status >= 300) return run.body;
    const job = await api.submit('ModelJob', { run_id: run.body.id });
    const end = await api.end(job);
    expect(end.status).toBe('error');
    expect(await api.ok('GET', `/run/${run.body.id}`)).toMatchObject({ status: 4, test_metrics: null });
    return { code: (await house.problemOf(job))!.code, detail: end.error };
  };
  const split = (train: number, validation: number, test: number) => JSON.stringify({ train, validation, test });

  it.each<[string, () => Promise<Refusal>, string]>([
    ['an input that is the output', () => outcome({ input_columns: ['a', 'answer'] }), 'input-is-output'],
    ['a target of one class', () => outcome({ output_columns: ['constant'] }), 'one-class'],
    ['a target that is not there', () => outcome({ output_columns: ['nobody'] }), 'column-not-found'],
    ['holes where the model takes none', () => outcome({ dataset_id: holes.id }), 'missing-values'],
    ['a split with an empty part', () => outcome({ splits: split(0.98, 0.01, 0.01) }), 'split-empty-part'],
    ['a split of more than all', () => outcome({ splits: split(0.9, 0.9, 0.9) }), 'parameters-invalid'],
    [
      'a split by rows that are not there',
      () =>
        outcome({
          splits: JSON.stringify({
            splitType: 'manual',
            splitted_indexes: { train_indexes: [0, 999], test_indexes: [1], val_indexes: [2] },
          }),
        }),
      'splits-invalid',
    ],
    [
      'a parameter out of bounds',
      () => outcome({}, 'RandomForestClassifier', { n_estimators: -5 }),
      'parameters-invalid',
    ],
    [
      'a parameter of another kind',
      () => outcome({}, 'RandomForestClassifier', { n_estimators: 'many' }),
      'parameters-invalid',
    ],
  ])('%s', async (_, attempt, code) => {
    const refusal = await attempt();
    expect(refusal.code).toBe(code);
    expect(refusal.detail).toMatch(SENTENCE);
  });
});
