import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Route, routes } from '#contract';
import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { penguins } from './real-data.js';

let millrace: RunningMillrace;
let api: Caller;
let dataset: { id: number; file_path: string };
let session: number;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
  dataset = await api.dataset('penguins', penguins());
  session = (await api.ok<{ id: number }>('POST', '/model-session/', newSession())).id;
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

const newSession = (change: object = {}) => ({
  dataset_id: dataset.id,
  name: 'a session',
  task_name: 'TabularClassificationTask',
  input_columns: ['Island', 'Body Mass (g)'],
  output_columns: ['Species'],
  train_metrics: ['Accuracy'],
  validation_metrics: ['Accuracy'],
  test_metrics: ['Accuracy'],
  evaluation_strategy: 'HoldoutEvaluationStrategy',
  splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
  ...change,
});
const newRun = (change: object = {}) => ({
  model_session_id: session,
  model_name: 'DummyClassifier',
  name: 'a run',
  parameters: {},
  optimizer_name: '',
  optimizer_parameters: {},
  goal_metric: '',
  ...change,
});

interface Refusal {
  detail: string | { loc: (string | number)[]; msg: string; type: string }[];
  code: string;
}
/** Routes in our own words; those of other systems' clients are refused in theirs, each in its folder of test/compat. */
const all = Object.entries(routes)
  .flatMap(([noun, group]) =>
    Object.entries(group as Record<string, Route>).map(([name, route]): [string, Route] => [`${noun}.${name}`, route]),
  )
  .filter(([, { dialect }]) => dialect === undefined);
/** Ids that are texts: of jobs, and of a hub's data sets (test/compat/hub). */
const TEXT_IDS = ['/job/', '/tracked-import/', '/dataset-source/'];
const withId = all.filter(([, { path }]) => path.includes(':id') && !TEXT_IDS.some((start) => path.startsWith(start)));

/** A body that a route's schema takes, so that only the id is wrong. */
const bodies: Record<string, unknown> = {
  'folder.rename': { name: 'x' },
  'dataset.patch': { name: 'x' },
  'dataset.renameColumn': { old_name: 'a', new_name: 'b' },
  'dataset.setEncoder': { encoder: 'label' },
  'modelSession.patch': { name: 'x' },
  'run.patch': { run_name: 'x' },
  'notebook.patch': { name: 'x' },
  'explorer.patch': { columns: [], parameters: {} },
  'explorer.override': { index: 0, figure: {} },
  'explainer.override': { index: 0, figure: {} },
  'report.override': { index: 0, figure: {} },
};
const bodyOf = (name: string, route: Route): unknown => bodies[name] ?? route.example?.body;
/** Lists of an unknown row are empty, as DashAI answers them. */
const listing = new Set([
  'notebook.explorers',
  'notebook.converters',
  'converter.forNotebook',
  'generativeProcess.ofSession',
]);

describe.each(withId)('%s', (name, route) => {
  const at = (id: string): string => route.path.replace(':id', id).replace(':scope', 'global').replace(/:\w+/g, '1');

  it('refuses an id that is not a number', async () => {
    const { status, body } = await api.call<Refusal>(route.method, at('abc'), bodies[name]);
    expect(status).toBe(422);
    expect(body.code).toBe('input-invalid');
    expect(body.detail[0]).toMatchObject({ loc: ['path', 'id'] });
  });

  if (listing.has(name)) return;
  it('refuses an id nobody has', async () => {
    const { status, body } = await api.call<Refusal>(route.method, at('999999'), bodyOf(name, route));
    expect(status).toBe(404);
    expect(body.detail).toEqual(expect.stringMatching(/.{10}/));
    expect(body.code).toMatch(/-not-found$/);
  });
});

describe('bodies', () => {
  const withBody = all.filter(([, { body, form }]) => body && !form);
  it.each(withBody)('%s refuses a body of the wrong shape and names what is wrong', async (name, route) => {
    if (route.body!.safeParse({}).success && route.body!.safeParse(undefined).success) return;
    const { status, body } = await api.call<Refusal>(
      route.method,
      route.path.replace(':id', '1').replace(/:\w+/g, '1'),
      { name: 5, model_name: 5, ids: 'x', index: -1, old_name: 1, encoder: 'none', columns: 1 },
    );
    expect([404, 422], name).toContain(status);
    expect(body.detail.length).toBeGreaterThan(0);
  });

  it.each([
    ['text/plain', '{"name":"x"}', 415],
    ['application/json', '{"name":', 422],
    ['application/json', '[1', 422],
    ['application/json', '{"__proto__":{"x":1},"name":"x"}', 422],
  ])('%s %s is refused with %i', async (type, body, expected) => {
    const response = await fetch(`${millrace.url}/api/v1/folder/`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(expected);
    expect(((await response.json()) as Refusal).detail.length).toBeGreaterThan(0);
  });
});

describe('sessions', () => {
  it.each([
    ['an unknown data set', { dataset_id: 4242 }, 404, 'dataset-not-found'],
    ['an unknown task', { task_name: 'No' }, 404, 'component-not-found'],
    ['an unknown column', { input_columns: ['Nothing'] }, 404, 'column-not-found'],
    ['an input that is the output', { input_columns: ['Species'] }, 422, 'input-is-output'],
    ['no inputs', { input_columns: [] }, 422, 'task-columns-invalid'],
    ['two outputs', { output_columns: ['Species', 'Sex'] }, 422, 'task-columns-invalid'],
    ['a numeric class', { output_columns: ['Beak Length (mm)'] }, 422, 'task-columns-invalid'],
    [
      'more columns than there are',
      { input_columns: Array.from({ length: 30 }, (_, i) => `c${i}`) },
      400,
      'column-selection-invalid',
    ],
    ['an unknown metric', { test_metrics: ['Luck'] }, 422, 'component-not-registered'],
    ['a metric of another task', { test_metrics: ['R2'] }, 422, 'task-columns-invalid'],
    ['an unknown strategy', { evaluation_strategy: 'No' }, 422, 'component-not-registered'],
    ['splits that are not JSON', { splits: '{' }, 422, 'splits-invalid'],
    ['an unknown splitter', { splits: '{"splitter_name":"No"}' }, 422, 'splits-invalid'],
    ['a proportion beyond one', { splits: '{"train":2}' }, 422, 'parameters-invalid'],
    [
      'folds by groups without a column',
      { evaluation_strategy: 'CrossValidationEvaluationStrategy', splits: '{"splitter_name":"GroupKFoldSplitter"}' },
      422,
      'group-column-missing',
    ],
    [
      'folds by a column that is none',
      {
        evaluation_strategy: 'CrossValidationEvaluationStrategy',
        splits: '{"splitter_name":"StratifiedGroupKFoldSplitter","group_column":"No"}',
      },
      422,
      'splits-invalid',
    ],
    ['a manual split without rows', { splits: '{"splitType":"manual"}' }, 422, 'splits-invalid'],
    ['an empty name', { name: '  ' }, 422, 'name-empty'],
    ['a name that is taken', {}, 409, 'name-exists'],
  ])('refuses %s', async (_, change, status, code) => {
    const answer = await api.call<Refusal>(
      'POST',
      '/model-session/',
      newSession({ name: 'another', ...(code === 'name-exists' ? { name: 'a session' } : {}), ...change }),
    );
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).toEqual(expect.stringMatching(/.{10}/));
  });

  it('says nothing was given, without a body', async () => {
    expect((await api.call('PATCH', `/model-session/${session}`)).status).toBe(304);
  });
});

describe('runs', () => {
  it.each([
    ['an unknown session', { model_session_id: 4242 }, 404, 'model-session-not-found'],
    ['an unknown model', { model_name: 'No' }, 422, 'component-not-registered'],
    ['a model of another task', { model_name: 'LinearRegression' }, 422, 'model-task-mismatch'],
    [
      'a parameter out of bounds',
      { model_name: 'RandomForestClassifier', parameters: { n_estimators: 0 } },
      422,
      'parameters-invalid',
    ],
    ['a parameter nobody knows', { parameters: { speed: 1 } }, 422, 'parameters-invalid'],
    [
      'a search without an optimizer',
      {
        model_name: 'RandomForestClassifier',
        parameters: { n_estimators: { optimize: true, lower_bound: 1, upper_bound: 5 } },
      },
      422,
      'component-not-registered',
    ],
    [
      'a search without a goal',
      {
        model_name: 'RandomForestClassifier',
        optimizer_name: 'OptunaOptimizer',
        parameters: { n_estimators: { optimize: true, lower_bound: 1, upper_bound: 5 } },
      },
      422,
      'goal-metric-missing',
    ],
    ['an empty name', { name: '' }, 422, 'name-empty'],
  ])('refuse %s', async (_, change, status, code) => {
    const answer = await api.call<Refusal>('POST', '/run/', newRun(change));
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  it('answer for an unfinished run what is missing', async () => {
    const run = await api.ok<{ id: number }>('POST', '/run/', newRun());
    expect((await api.call<Refusal>('GET', `/run/plot/${run.id}/1`)).body.code).toBe('run-not-finished');
    expect((await api.call<Refusal>('GET', `/predict/splits/${run.id}`)).body.code).toBe('run-not-finished');
    expect((await api.call('PATCH', `/run/${run.id}`, {})).status).toBe(304);
    const form = new FormData();
    form.set('run_id', String(run.id));
    form.set('manual_input_data', '[{}]');
    expect((await api.call<Refusal>('POST', '/predict/preview', form)).body.code).toBe('run-not-finished');
  });
});

describe('jobs', () => {
  it.each([
    ['nothing', {}, 'missing-job-fields'],
    ['an unknown type', { job_type: 'NoJob', kwargs: '{}' }, 'job-type-unknown'],
    ['an internal type', { job_type: 'PreviewFileJob', kwargs: '{}' }, 'job-type-unknown'],
    ['kwargs that are not JSON', { job_type: 'ModelJob', kwargs: '{' }, 'job-kwargs-invalid'],
    ['kwargs without what it needs', { job_type: 'ModelJob', kwargs: '{}' }, 'job-kwargs-invalid'],
    ['a run nobody has', { job_type: 'ModelJob', kwargs: '{"run_id":4242}' }, 'run-not-found'],
    ['a data set without a file', { job_type: 'DatasetJob', kwargs: '{"dataset_id":1,"params":{}}' }, 'file-missing'],
  ])('refuse %s', async (_, fields, code) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    const answer = await api.call<Refusal>('POST', '/job/', form);
    expect(answer.body.code).toBe(code);
    expect(answer.status).toBe(code.endsWith('-not-found') ? 404 : 422);
  });

  it('never read a file a client names', async () => {
    const made = await api.ok<{ id: number }>('POST', '/dataset/', { name: 'forged' });
    const form = new FormData();
    form.set('job_type', 'DatasetJob');
    form.set(
      'kwargs',
      JSON.stringify({
        dataset_id: made.id,
        params: {},
        upload: { key: `tables/${dataset.file_path}/data.parquet`, filename: 'x.csv' },
      }),
    );
    expect((await api.call<Refusal>('POST', '/job/', form)).body.code).toBe('file-missing');
  });

  it.each(['/job/status/nobody', '/job/nobody/details'])('%s is not found', async (path) => {
    expect((await api.call('GET', path)).status).toBe(404);
  });
});

describe('the reader’s language', () => {
  it.each(['es', 'pt', 'de', 'zh'])('errors come in %s', async (language) => {
    const english = await api.call<Refusal>('GET', '/run/999999');
    const other = await new Caller(millrace.url, language).call<Refusal>('GET', '/run/999999');
    expect(other.body.code).toBe(english.body.code);
    expect(other.body.detail).not.toBe(english.body.detail);
  });

  it('components come in it too, and children in all', async () => {
    const [english, german] = await Promise.all(
      ['en', 'de-AT,de;q=0.9'].map((language) =>
        new Caller(millrace.url, language).ok<{ display_name: string }>('GET', '/component/RandomForestClassifier/'),
      ),
    );
    expect(german!.display_name).not.toBe(english!.display_name);
    const children = await api.ok<{ display_name: Record<string, string> }[]>(
      'GET',
      '/component/TabularClassificationModel/children/',
    );
    expect(Object.keys(children[0]!.display_name).sort()).toEqual(['de', 'en', 'es', 'pt', 'zh']);
  });
});

describe('components', () => {
  it('takes repeated keys and a JSON list', async () => {
    const repeated = await api.ok<{ type: string }[]>('GET', '/component/?select_types=Model&select_types=Metric');
    expect(new Set(repeated.map(({ type }) => type))).toEqual(new Set(['Model', 'Metric']));
    expect(await api.ok('GET', '/component/?select_types=["Model","Metric"]')).toEqual(repeated);
  });

  it.each([
    ['/component/?select_types=Nonsense', 422, 'component-type-unknown'],
    ['/component/?related_component=Nonsense', 422, 'component-not-registered'],
    ['/component/Nonsense/', 404, 'component-not-found'],
  ])('%s is refused', async (path, status, code) => {
    const answer = await api.call<Refusal>('GET', path);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  it('intersects its filters', async () => {
    const models = await api.ok<{ name: string; type: string }[]>(
      'GET',
      '/component/?select_types=Model&related_component=RegressionTask',
    );
    expect(models.map(({ name }) => name)).toContain('RidgeRegression');
    expect(models.map(({ name }) => name)).not.toContain('GaussianNB');
    expect(await api.ok('GET', '/component/?component_parent=Nonsense')).toEqual([]);
  });
});
