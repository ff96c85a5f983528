import { beforeAll, expect, it } from 'vitest';

import { a, call, data, type Dataset, formOf, get, post, upload, work } from './client.js';

const METRICS = ['Accuracy', 'F1'];
/** As the client builds it: the splitter's own parameters beside its three keys. */
const splits = JSON.stringify({ splitter_name: 'HoldoutSplitter', splitType: 'random', train: 0.6, test: 0.2, validation: 0.2, shuffle: true, stratify: true, random_state: 42 }); // prettier-ignore

interface Row {
  readonly id: number;
  readonly status: number;
}
let dataset: Dataset;
let session: Row;
let run: Row;
const newRun = (name: string): Promise<Row> =>
  post('/v1/run/', { model_session_id: session.id, model_name: 'LogisticRegression', name, parameters: {}, optimizer_name: '', optimizer_parameters: {}, plot_history_path: '', plot_slice_path: '', plot_contour_path: '', plot_importance_path: '', goal_metric: '', description: '' }); // prettier-ignore

beforeAll(async () => {
  dataset = await upload('models');
  session = await post('/v1/model-session/', { dataset_id: dataset.id, task_name: 'TabularClassificationTask', name: 'compat', input_columns: ['length', 'width'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: METRICS, test_metrics: METRICS, evaluation_strategy: 'HoldoutEvaluationStrategy', splits }); // prettier-ignore
  run = await newRun('trained');
  await work('ModelJob', { run_id: run.id });
});

it('POST /v1/model-session/validation takes the plural names', async () => {
  const body = { task_name: 'TabularClassificationTask', dataset_id: dataset.id, inputs_columns: ['length'], outputs_columns: ['kind'] };
  expect(await post('/v1/model-session/validation', body)).toMatchObject({ dataset_status: a.text });
}); // prettier-ignore

it('GET /v1/model-session/ and /{id}, PATCH by query with lists as JSON', async () => {
  const fields = { id: session.id, name: 'compat', task_name: 'TabularClassificationTask', dataset_id: dataset.id, input_columns: ['length', 'width'], output_columns: ['kind'], splits: a.text, evaluation_strategy: 'HoldoutEvaluationStrategy', train_metrics: METRICS, created: a.text, last_modified: a.text }; // prettier-ignore
  expect(await get(`/v1/model-session/${session.id}`)).toMatchObject(fields);
  expect(await get('/v1/model-session/')).toContainEqual(expect.objectContaining({ id: session.id }));
  const params = { name: 'compat 2', input_columns: '["length","width"]' };
  expect(await data('PATCH', `/v1/model-session/${session.id}`, { params })).toMatchObject({ name: 'compat 2' });
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

it('GET and DELETE /v1/run/{id}/operations', async () => {
  expect(await get(`/v1/run/${run.id}/operations/count`)).toMatchObject({
    explainers: a.number,
    predictions: a.number,
  });
});

it('POST /v1/explainer/global, its job, its plots, an override and its way back', async () => {
  const body = { run_id: run.id, explainer_name: 'PermutationFeatureImportance', parameters: {} };
  const { id } = await post<Row>('/v1/explainer/global', body);
  await work('ExplainerJob', { explainer_id: id, explainer_scope: 'global' });
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
  const form = formOf({ run_id: `${run.id}`, manual_input_data: JSON.stringify([{ length: 0.1, width: 5 }]) });
  expect(await data('POST', '/v1/predict/preview', { form })).toMatchObject({ columns: a.list, rows: [a.list] });
  expect((await call('DELETE', `/v1/predict/${id}`)).status).toBeLessThan(300);
});
