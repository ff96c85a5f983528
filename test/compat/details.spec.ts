/** What clients read of a refusal: the status, and a `detail` that begins with the words of DashAI and goes on with what to do. */
import { beforeAll, expect, it } from 'vitest';

import { a, call, type Dataset, formOf, post, upload } from './client.js';

const NONE = 2_000_000_000;
const file = { name: 'broken.csv', text: '' };
const session = { task_name: 'TabularClassificationTask', input_columns: ['length'], output_columns: ['kind'], train_metrics: [], validation_metrics: [], test_metrics: [], evaluation_strategy: 'HoldoutEvaluationStrategy', splits: JSON.stringify({ splitType: 'random', train: 0.6, test: 0.2, validation: 0.2 }) }; // prettier-ignore
let dataset: Dataset;
let other: Dataset;
let explorer: { id: number };
let run: { id: number };
beforeAll(async () => {
  dataset = await upload('details');
  other = await post('/v1/dataset/', { name: 'details, not loaded' });
  const notebook = await post<{ id: number }>('/v1/notebook/', { dataset_id: dataset.id });
  explorer = await post('/v1/explorer', { notebook_id: notebook.id, exploration_type: 'HistogramPlotExplorer', columns: [{ id: 0, columnName: 'length', valueType: 'Float', dataType: 'float64' }], parameters: {} }); // prettier-ignore
  const { id } = await post<{ id: number }>('/v1/model-session/', { ...session, name: 'details', dataset_id: dataset.id }); // prettier-ignore
  run = await post('/v1/run/', { model_session_id: id, model_name: 'DummyClassifier', name: 'never trained', parameters: {}, optimizer_name: '', optimizer_parameters: {}, goal_metric: '' }); // prettier-ignore
});

const many = ['length', 'width', 'kind', 'length', 'width'];
const rows: [status: number, words: string, request: () => Parameters<typeof call>][] = [
  [404, 'Component Nobody not found in the registry.', () => ['GET', '/v1/component/Nobody/']],
  [501, 'Method not implemented', () => ['POST', '/v1/component/']],
  [409, 'Component Accuracy does not require a download', () => ['POST', '/v1/component/Accuracy/download']],
  [404, 'Dataset not found', () => ['GET', `/v1/dataset/${NONE}`]],
  [404, 'Dataset not found', () => ['POST', '/v1/dataset/copy', { json: { dataset_id: NONE } }]],
  [422, 'Dataset is not in finished state', () => ['GET', `/v1/dataset/${other.id}/sample`]],
  [422, 'Dataset is not in finished state', () => ['GET', `/v1/dataset/${other.id}/types`]],
  [422, 'Name cannot be empty', () => ['PATCH', `/v1/dataset/${dataset.id}`, { json: { name: ' ' } }]],
  [404, 'Folder not found', () => ['PATCH', `/v1/dataset/${dataset.id}`, { json: { folder_id: NONE } }]],
  [409, 'Dataset name already exists', () => ['PATCH', `/v1/dataset/${dataset.id}`, { json: { name: other.name } }]],
  [404, 'Dataset file not found', () => ['GET', '/v1/dataset/export/csv', { params: { path: 'nowhere' } }]],
  [404, 'Dataset file not found', () => ['GET', '/v1/dataset/types/file', { params: { path: 'nowhere' } }]],
  [404, 'Dataset file not found', () => ['GET', '/v1/dataset/file/info', { params: { path: '../../etc' } }]],
  [422, 'Failed to load preview with types: ', () => ['POST', '/v1/dataset/preview_with_types', { form: formOf({ params: '{"dataloader_name":"CSVDataLoader"}', file }) }]], // prettier-ignore
  [422, 'Failed to load preview with types: ', () => ['POST', '/v1/dataset/preview_with_types', { form: formOf({ params: '{"dataloader_name":"NoLoader"}', file }) }]], // prettier-ignore
  [422, 'Failed to validate type changes: ', () => ['POST', '/v1/dataset/validate_type_changes', { form: formOf({ params: '{"dataloader_name":"NoLoader"}', type_changes: '{}', file }) }]], // prettier-ignore
  [404, 'Model session not found', () => ['GET', `/v1/model-session/${NONE}`]],
  [404, 'Dataset not found', () => ['POST', '/v1/model-session/', { json: { ...session, name: 'x', dataset_id: NONE } }]], // prettier-ignore
  [400, 'Column index out of range', () => ['POST', '/v1/model-session/', { json: { ...session, name: 'x', dataset_id: dataset.id, input_columns: many } }]], // prettier-ignore
  [404, 'Run not found', () => ['GET', `/v1/run/${NONE}`]],
  [404, 'Run not found', () => ['GET', `/v1/run/plot/${NONE}/1`]],
  [404, 'Run not found', () => ['DELETE', `/v1/run/${NONE}/operations`]],
  [404, 'No fold metrics found for this run', () => ['GET', `/v1/run/${run.id}/fold-metrics`]],
  [400, 'Run is not nested CV', () => ['GET', `/v1/run/${run.id}/outer-averaged-metrics`]],
  [404, `No job with id=nobody`, () => ['GET', '/v1/job/status/nobody']],
  [404, 'Job not found', () => ['GET', '/v1/job/nobody']],
  [422, 'Missing job_type or kwargs', () => ['POST', '/v1/job/', { form: formOf({ job_type: 'ModelJob' }) }]],
  [404, 'Job not delivered', () => ['POST', '/v1/job/', { form: formOf({ job_type: 'ModelJob', kwargs: `{"run_id":${NONE}}` }) }]], // prettier-ignore
  [404, 'Job not delivered', () => ['POST', '/v1/job/', { form: formOf({ job_type: 'ExplorerJob', kwargs: `{"explorer_id":${NONE}}` }) }]], // prettier-ignore
  [404, 'Failed to create notebook', () => ['POST', '/v1/notebook/', { json: { dataset_id: NONE } }]],
  [422, 'Failed to create notebook', () => ['POST', '/v1/notebook/', { json: { dataset_id: other.id } }]],
  [404, 'Notebook not found', () => ['GET', `/v1/notebook/${NONE}`]],
  [404, 'Notebook not found', () => ['POST', '/v1/converter', { json: { notebook_id: NONE, converter: 'NanRemover', parameters: {} } }]], // prettier-ignore
  [404, 'Explorer not found', () => ['GET', `/v1/explorer/${NONE}/`]],
  [400, 'Explorer is not finished', () => ['POST', `/v1/explorer/${explorer.id}/results/`, { json: { options: {} } }]],
  [404, 'Converter list not found', () => ['GET', `/v1/converter/${NONE}`]],
  [404, 'Explainer not found', () => ['GET', `/v1/explainer/global/${NONE}`]],
  [400, 'Invalid scope', () => ['DELETE', '/v1/explainer/both/plot/1/override/0']],
  [404, 'Run not found', () => ['POST', '/v1/predict/', { json: { run_id: NONE } }]],
  [404, 'Prediction not found', () => ['DELETE', `/v1/predict/${NONE}`]],
  [404, 'Run not found', () => ['POST', '/v1/predict/preview', { form: formOf({ run_id: `${NONE}`, manual_input_data: '[{}]' }) }]], // prettier-ignore
  [404, `Session with ID ${NONE} does not exist.`, () => ['POST', '/v1/generative-process/', { form: formOf({ session_id: `${NONE}`, text_0: 'x' }) }]], // prettier-ignore
  [404, 'Generative process with ID', () => ['GET', `/v1/generative-process/${NONE}`]],
  [404, 'Plugin not found', () => ['GET', `/v1/plugin/${NONE}`]],
  [404, 'Report not found', () => ['GET', `/v1/report/${NONE}/artifacts`]],
  [404, 'Saved statistical test not found', () => ['DELETE', `/v1/statistical-tests/saved/${NONE}`]],
  [404, 'Folder not found', () => ['PATCH', `/v1/folder/${NONE}`, { json: { name: 'x' } }]],
];

it.each(rows)('%i %s', async (status, words, request) => {
  const { status: answered, data } = await call<{ detail: string }>(...request());
  expect([answered, data.detail]).toEqual([status, a.text]);
  expect(data.detail.slice(0, words.length)).toBe(words);
  expect(data.detail, 'a whole sentence that says what to do').toMatch(/ [A-Z].+\.$/);
});

it('304 has no body', async () => {
  const answer = await call('PATCH', `/v1/run/${run.id}`, { json: {} });
  expect([answer.status, answer.data]).toEqual([304, '']);
});
