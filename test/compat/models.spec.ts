import { beforeAll, expect, it } from 'vitest';

import { a, call, data, type Dataset, detailsOf, formOf, get, post, upload, work } from './client.js';

const METRICS = ['Accuracy', 'F1'];
/** As the client builds it: the splitter's own parameters beside its three keys. */
const splits = JSON.stringify({ splitter_name: 'HoldoutSplitter', splitType: 'random', train: 0.6, test: 0.2, validation: 0.2, shuffle: true, stratify: true, random_state: 42 }); // prettier-ignore

interface Row {
  readonly id: number;
  readonly status: number;
}
interface Summary {
  readonly Unique_classes: number;
  readonly class_distribution: readonly { readonly Ocurrences: number }[];
  readonly sample_data: readonly unknown[];
}
let dataset: Dataset;
let session: Row;
let run: Row;
let trained: string;
const newSession = (name: string) =>
  ({ dataset_id: dataset.id, task_name: 'TabularClassificationTask', name, input_columns: ['length', 'width'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: METRICS, test_metrics: METRICS, evaluation_strategy: 'HoldoutEvaluationStrategy', splits }); // prettier-ignore
const newRun = (name: string, of = session.id): Promise<Row> =>
  post('/v1/run/', { model_session_id: of, model_name: 'LogisticRegression', name, parameters: {}, optimizer_name: '', optimizer_parameters: {}, plot_history_path: '', plot_slice_path: '', plot_contour_path: '', plot_importance_path: '', goal_metric: '', description: '' }); // prettier-ignore

beforeAll(async () => {
  dataset = await upload('models');
  session = await post('/v1/model-session/', newSession('compat'));
  run = await newRun('trained');
  trained = await work('ModelJob', { run_id: run.id });
});

it('POST /v1/model-session/validation takes the plural names', async () => {
  const body = { task_name: 'TabularClassificationTask', dataset_id: dataset.id, inputs_columns: ['length'], outputs_columns: ['kind'] };
  expect(await post('/v1/model-session/validation', body)).toMatchObject({ dataset_status: a.text });
}); // prettier-ignore

it('POST /v1/model-session/ takes an empty chain of converters, and drops none in silence', async () => {
  const body = { ...newSession('chain'), converters: [{ name: 'StandardScaler', params: {} }] };
  expect(await call('POST', '/v1/model-session/', { json: body })).toMatchObject({ status: 422, data: { code: 'session-converters-not-offered' } }); // prettier-ignore
  expect(await post('/v1/model-session/', { ...body, converters: [] })).toMatchObject({ name: 'chain' });
});

it('GET /v1/model-session/ and /{id}, PATCH by query with lists as JSON', async () => {
  const fields = { id: session.id, name: 'compat', task_name: 'TabularClassificationTask', dataset_id: dataset.id, input_columns: ['length', 'width'], output_columns: ['kind'], splits: a.text, evaluation_strategy: 'HoldoutEvaluationStrategy', train_metrics: METRICS, created: a.text, last_modified: a.text }; // prettier-ignore
  expect(await get(`/v1/model-session/${session.id}`)).toMatchObject(fields);
  expect(await get('/v1/model-session/')).toContainEqual(expect.objectContaining({ id: session.id }));
  const params = { name: 'compat 2', input_columns: '["length","width"]' };
  expect(await data('PATCH', `/v1/model-session/${session.id}`, { params })).toMatchObject({ name: 'compat 2' });
  expect(await get(`/v1/run/${run.id}`)).toMatchObject({ status: 3 });
});

it('PATCH /v1/model-session/{id} with other columns keeps them, and asks for its runs anew', async () => {
  const { id } = await post<Row>('/v1/model-session/', newSession('columns'));
  const other = await newRun('of other columns', id);
  await work('ModelJob', { run_id: other.id });
  const path = `/v1/model-session/${id}`;
  for (const [params, status] of [
    [{ input_columns: '["length","height"]' }, 404],
    [{ input_columns: '["length"' }, 422],
    [{ output_columns: '["length"]' }, 422],
    [{ input_columns: '["kind"]' }, 422],
  ] as const)
    // prettier-ignore
    expect((await call('PATCH', path, { params })).status, JSON.stringify(params)).toBe(status);
  expect(await get(`/v1/run/${other.id}`)).toMatchObject({ status: 3 });
  const params = { input_columns: '["width"]', output_columns: '["kind"]' };
  expect(await data('PATCH', path, { params })).toMatchObject({ input_columns: ['width'], output_columns: ['kind'] });
  expect(await get(path)).toMatchObject({ input_columns: ['width'], output_columns: ['kind'], name: 'columns' });
  expect(await get(`/v1/run/${other.id}`)).toMatchObject({ status: 0, test_metrics: null, start_time: null });
  await work('ModelJob', { run_id: other.id });
  expect(await get(`/v1/run/${other.id}`)).toMatchObject({ status: 3, test_metrics: { Accuracy: a.number } });
  expect(await data('PATCH', path, { json: { input_columns: ['width', 'length'] } })).toMatchObject({ input_columns: ['width', 'length'] }); // prettier-ignore
});

it('GET /v1/job/{id}/details of a training names its run', async () => {
  expect(await detailsOf(trained)).toEqual(['train_model', run.id]);
});

it('GET /v1/run/ of a session has what the comparison shows', async () => {
  const runs = await get<Row[]>('/v1/run/', { model_session_id: session.id });
  const metrics = { Accuracy: a.number, F1: a.number };
  expect(runs.find(({ id }) => id === run.id)).toMatchObject({ name: 'trained', model_name: 'LogisticRegression', model_session_id: session.id, parameters: a.record, optimizer_name: a.text, goal_metric: a.text, status: 3, train_metrics: metrics, validation_metrics: metrics, test_metrics: metrics, start_time: a.text, end_time: a.text }); // prettier-ignore
});

it('PATCH /v1/run/{id} under its other names, PATCH /reset, DELETE', async () => {
  const { id } = await newRun('to be changed');
  const json = { run_name: 'changed', parameters: {}, optimizer: '', optimizer_parameters: {}, goal_metric: '' };
  expect(await data('PATCH', `/v1/run/${id}`, { json })).toMatchObject({ id, name: 'changed' });
  await data('PATCH', `/v1/run/${id}/reset`);
  expect((await call('DELETE', `/v1/run/${id}`)).status).toBeLessThan(300);
  expect((await call('GET', `/v1/run/${id}`)).status).toBe(404);
});

it('GET /v1/run/{id}/operations/count and DELETE /v1/run/{id}/operations', async () => {
  const { id } = await newRun('operated on');
  await work('ModelJob', { run_id: id });
  const explainer = await post<Row>('/v1/explainer/global', { run_id: id, explainer_name: 'PermutationFeatureImportance', parameters: {} }); // prettier-ignore
  const prediction = await post<Row>('/v1/predict/', { run_id: id, dataset_id: dataset.id });
  const count = `/v1/run/${id}/operations/count`;
  expect(await get(count)).toMatchObject({ explainers: 1, predictions: 1 });
  expect(await data('DELETE', `/v1/run/${id}/operations`)).toMatchObject({ deleted: true, count: { global_explainers: 1, predictions: 1 }, total: 2 }); // prettier-ignore
  expect(await get(count)).toMatchObject({ explainers: 0, predictions: 0 });
  expect((await call('GET', `/v1/explainer/global/${explainer.id}`)).status).toBe(404);
  expect(await get('/v1/predict/', { run_id: id })).toEqual([]);
  expect((await call('GET', `/v1/predict/download/${prediction.id}`)).status).toBe(404);
  expect(await get(`/v1/run/${id}`)).toMatchObject({ status: 3 });
});

it('POST /v1/explainer/global, its job, its plots, an override and its way back', async () => {
  const body = { run_id: run.id, explainer_name: 'PermutationFeatureImportance', parameters: {} };
  const { id } = await post<Row>('/v1/explainer/global', body);
  const job = await work('ExplainerJob', { explainer_id: id, explainer_scope: 'global' });
  expect(await detailsOf(job)).toEqual(['global_explainer', id]);
  expect(await get('/v1/explainer/global', { run_id: run.id })).toContainEqual(expect.objectContaining({ id, run_id: run.id, explainer_name: 'PermutationFeatureImportance', status: 3 })); // prettier-ignore
  const plots = `/v1/explainer/global/plot/${id}`;
  expect(await get(plots)).toMatchObject([{ type: 'plotly', payload: a.text }]);
  await data('PUT', `${plots}/override`, { json: { index: 0, figure: { data: [], layout: {} } } });
  expect(await get(plots)).toMatchObject([{ overridden: true }]);
  await data('DELETE', `${plots}/override/0`);
  expect((await call('DELETE', `/v1/explainer/global/${id}`)).status).toBeLessThan(300);
});

it('predictions: data sets that fit, parts, a row, its job, its table, rows by hand', async () => {
  expect(await get('/v1/predict/filter_datasets', { run_id: run.id })).toMatchObject({ valid_dataset_ids: expect.arrayContaining([dataset.id]) as number[] }); // prettier-ignore
  expect(await get(`/v1/predict/splits/${run.id}`)).toMatchObject({ splits: a.list, training_dataset_id: dataset.id });
  const { id } = await post<Row>('/v1/predict/', { run_id: run.id, dataset_id: dataset.id });
  await work('PredictJob', { prediction_id: id });
  const found = await get<{ id: number; results_path: string }[]>('/v1/predict/', { run_id: run.id });
  expect(found).toMatchObject([{ id, dataset_id: dataset.id, status: 3, results_path: a.text, created: a.text }]);
  expect(await get('/v1/dataset/file/', { path: found[0]!.results_path, page: 0, page_size: 5 })).toMatchObject({
    total: 60,
  });
  const saved = await call<string>('GET', `/v1/predict/download/${id}`);
  expect(saved.headers.get('content-disposition')).toContain('attachment');
  expect(saved.data.trim().split('\n')).toHaveLength(61);
  const form = formOf({ run_id: `${run.id}`, manual_input_data: JSON.stringify([{ length: 0.1, width: 5 }]) });
  expect(await data('POST', '/v1/predict/preview', { form })).toMatchObject({ columns: a.list, rows: [a.list] });
  const summary = await get<Summary>('/v1/predict/summary/', { prediction_id: id });
  expect(summary).toMatchObject({ total_data_points: 60, data_type: 'string', Unique_classes: a.number });
  expect(summary.class_distribution).toHaveLength(summary.Unique_classes);
  expect(summary.class_distribution[0]).toEqual({ id: 1, Class: a.text, Ocurrences: a.number, Percentage: a.number });
  expect(summary.class_distribution.reduce((sum, { Ocurrences }) => sum + Ocurrences, 0)).toBe(60);
  expect(summary.sample_data).toHaveLength(50);
  expect(summary.sample_data[49]).toEqual({ id: 50, value: a.text });
  expect((await call('DELETE', `/v1/predict/${id}`)).status).toBeLessThan(300);
  expect((await call('GET', '/v1/predict/summary/', { params: { prediction_id: id } })).status).toBe(404);
});
