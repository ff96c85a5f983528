import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { STATUS } from '#contract';

import { apiHouse, formOf, told } from '../api.fixture.js';
import { meetRefusal, type Refused } from '../refusal.fixture.js';
import { workbench } from '../workbench.fixture.js';

const UPLOAD_BYTES = 2000;
const house = apiHouse({ env: { MILLRACE_UPLOAD_BYTES: `${UPLOAD_BYTES}` } });
const { dataset, session, run, insert } = workbench(house);
const ids: Record<string, string | number> = { nobody: 999_999 };

beforeAll(async () => {
  const manifest = (name: string, type: string, metadata: object) => ({
    name, type, metadata, ancestors: [], compatible: [], fields: {}, schema: null, color: null, displayName: { en: name }, description: { en: name },
  }); // prettier-ignore
  const text = { inputs_types: ['str'], inputs_cardinality: { str: 1 }, outputs_types: ['str'], outputs_cardinality: { str: 1 } }; // prettier-ignore
  const components = [manifest('Chatting', 'GenerativeTask', text), manifest('Talker', 'GenerativeModel', { requires_download: true })]; // prettier-ignore
  await house.ports.db.query(
    `INSERT INTO component (name, position, manifest) SELECT m ->> 'name', 100 + n, m FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS all_of (m, n)`,
    [JSON.stringify(components)],
  );
  ids['empty'] = await dataset({ status: STATUS.notStarted, file_path: '' });
  ids['early'] = await run({ model_session_id: await session({ dataset_id: ids['empty'] }) });
  const unfinished = await run({ status: STATUS.notStarted });
  ids['unfinished'] = unfinished;
  const work = { run_id: unfinished, parameters: {} };
  ids['report'] = await insert('report', { ...work, report_name: 'Matrix' });
  ids['explainer'] = await insert('global_explainer', { ...work, explainer_name: 'GlobalWhy' });
  ids['prediction'] = await insert('prediction', { run_id: unfinished });
  const trained = await run();
  ids['handmade'] = await insert('prediction', { run_id: trained });
  const byHand = { scope: { mode: 'manual' }, fit_parameters: {}, explainer_name: 'LocalWhy' };
  ids['handexplained'] = await insert('local_explainer', {
    ...byHand,
    run_id: trained,
    parameters: {},
    dataset_id: ids['empty'],
  });
  const file = { source_name: 'OpenMLDatasetSource', name: 'fetched' };
  ids['coming'] = await insert('datafile', { ...file, dataset_id: '1' });
  const files = ['a.csv', 'b.csv'].map((name) => ({ name, key: `datafiles/0/${name}`, sizeBytes: 1 }));
  ids['fetched'] = await insert('datafile', { ...file, dataset_id: '2', status: 'ready', files });
  const token = `notebook-${randomUUID()}`;
  const notebook = await insert('notebook', { dataset_id: ids['empty'], name: 'steps', file_path: token, table_key: `tables/${token}`, source_key: `tables/${token}` }); // prettier-ignore
  const step = { notebook_id: notebook, converter: 'MinMaxScaler', parameters: {} };
  ids['step'] = await insert('converter', step);
  await insert('converter', { ...step, status: STATUS.finished });
  const talk = { model_name: 'Talker', parameters: {} };
  const chat = await insert('generative_session', { ...talk, name: 'chat', task_name: 'Chatting' });
  const gone = await insert('generative_session', { ...talk, name: 'gone', task_name: 'GoneTask' });
  ids['silent'] = await insert('generative_process', { session_id: chat });
  ids['orphan'] = await insert('generative_process', { session_id: gone });
  const first = await told(house, 'POST', '/api/v1/job/', formOf({ job_type: 'ComponentDownloadJob', kwargs: '{"component_name":"Talker"}' })); // prettier-ignore
  expect(first.status).toBe(201);
});

const POST = ['POST', '/job/'] as const;
const form = (type: string, kwargs: string, file?: Blob) => formOf({ job_type: type, kwargs }, file, 'data.csv');
const job = (type: string, kwargs: object) => form(type, JSON.stringify(kwargs));
const large = new Blob(['x'.repeat(UPLOAD_BYTES + 1)]);
const submissions: readonly Refused[] = [
  ['missing-job-fields', 422, ...POST, formOf({}), 'job_type or kwargs'],
  ['missing-job-fields', 422, ...POST, formOf({ job_type: 'ModelJob' }), 'job_type or kwargs'],
  ['job-type-unknown', 422, ...POST, form('NoJob', '{}'), '"NoJob". Use one of: DatasetJob, ModelJob, '],
  ['job-type-unknown', 422, ...POST, form('PreviewFileJob', '{}'), '"PreviewFileJob". Use one of: DatasetJob, '],
  ['job-kwargs-invalid', 422, ...POST, form('ModelJob', '{'), 'kwargs ≠ JSON.'],
  ['job-kwargs-invalid', 422, ...POST, form('ModelJob', '[1]'), 'kwargs ≠ JSON object'],
  ['job-kwargs-invalid', 422, ...POST, form('ModelJob', '{}'), 'run_id'],
  ['upload-too-large', 413, ...POST, form('DatasetJob', '{"dataset_id":1}', large), `${UPLOAD_BYTES} bytes`],
];

const noRow = (type: string, key: string, code: string, more: object = {}): Refused => [
  code,
  404,
  ...POST,
  job(type, { [key]: 999_999, ...more }),
  'id={nobody}',
];
const fill = (more: object) => job('DatasetJob', { dataset_id: '{empty}', ...more });
const from = (datafile: string | number, more: object = {}) => fill({ params: { datafile_id: datafile, ...more } });
const data: readonly Refused[] = [
  noRow('DatasetJob', 'dataset_id', 'dataset-not-found', { url: 'https://example.org/a.csv' }),
  ['notebook-not-found', 404, ...POST, fill({ notebook_id: 999_999 }), 'id={nobody}'],
  ['file-missing', 422, ...POST, fill({}), '"file"'],
  ['url-invalid', 422, ...POST, fill({ url: 'ftp://example.org/a.csv' }), '"ftp://example.org/a.csv"'],
  ['url-invalid', 422, ...POST, fill({ url: 'a.csv' }), '"a.csv"'],
  ['job-kwargs-invalid', 422, ...POST, fill({ params: { inferred_types: 5 } }), 'inferred_types'],
  ['datafile-not-found', 404, ...POST, from(999_999), 'id={nobody}'],
  ['datafile-not-ready', 409, ...POST, from('{coming}'), 'files of {coming}'],
  ['datafile-file-unknown', 422, ...POST, from('{fetched}'), 'a.csv, b.csv'],
  ['datafile-file-unknown', 422, ...POST, from('{fetched}', { selected_file: 'c.csv' }), '"c.csv"'],
  noRow('DatafileJob', 'datafile_id', 'datafile-not-found'),
];

const on = (type: string, key: string, name: string, more: object = {}) => job(type, { [key]: `{${name}}`, ...more });
const whole = { explainer_scope: 'global' };
const work: readonly Refused[] = [
  noRow('ModelJob', 'run_id', 'run-not-found'),
  noRow('PredictJob', 'prediction_id', 'prediction-not-found'),
  noRow('ExplorerJob', 'explorer_id', 'explorer-not-found'),
  noRow('ConverterJob', 'converter_id', 'converter-not-found'),
  noRow('ExplainerJob', 'explainer_id', 'explainer-not-found', whole),
  noRow('ReportJob', 'report_id', 'report-not-found'),
  [
    'generative-process-not-found',
    404,
    ...POST,
    job('GenerativeJob', { generative_process_id: 999_999 }),
    'ID {nobody}',
  ],
  ['dataset-not-finished', 422, ...POST, on('ModelJob', 'run_id', 'early'), '{empty} is not loaded yet'],
  ['run-not-finished', 404, ...POST, on('ReportJob', 'report_id', 'report'), 'run {unfinished} is not finished'],
  [
    'run-not-finished',
    404,
    ...POST,
    on('PredictJob', 'prediction_id', 'prediction'),
    'run {unfinished} is not finished',
  ],
  [
    'run-not-finished',
    404,
    ...POST,
    on('ExplainerJob', 'explainer_id', 'explainer', whole),
    'run {unfinished} is not finished',
  ],
  ['manual-input-invalid', 422, ...POST, on('PredictJob', 'prediction_id', 'handmade'), 'manual_input_data'],
  ['manual-input-invalid', 422, ...POST, on('ExplainerJob', 'explainer_id', 'handexplained', { explainer_scope: 'local' }), 'typed by hand'], // prettier-ignore
  ['entity-busy', 409, ...POST, on('ConverterJob', 'converter_id', 'step'), 'still working on this'],
  ['generative-input-invalid', 422, ...POST, on('GenerativeJob', 'generative_process_id', 'silent'), 'Chatting'],
  ['not-generative', 400, ...POST, on('GenerativeJob', 'generative_process_id', 'orphan'), '"GoneTask"'],
  ['component-not-found', 404, ...POST, job('ComponentDownloadJob', { component_name: 'NoOne' }), 'NoOne'],
  ['component-not-downloadable', 409, ...POST, job('ComponentDownloadJob', { component_name: 'Sorter' }), 'Sorter'],
  ['component-downloading', 409, ...POST, job('ComponentDownloadJob', { component_name: 'Talker' }), '"Talker"'],
];

const unknown = (method: string, path: string): readonly Refused[] =>
  ['nobody', randomUUID()].map((id) => ['job-not-found', 404, method, path.replace(':id', id), undefined, `id=${id}`]);
const others: readonly Refused[] = [
  ...unknown('GET', '/job/status/:id'),
  ...unknown('GET', '/job/:id/details'),
  ...unknown('GET', '/job/:id'),
  ...unknown('DELETE', '/job/:id'),
  ['not-implemented', 501, 'PATCH', '/job/', undefined, 'not implemented'],
];

describe.each([
  ['a submission', submissions],
  ['a job on data', data],
  ['other work', work],
  ['what is asked of jobs', others],
])('%s that is refused leaves no row, no file and no new status', (_, rows) => {
  it.each(rows)('%s: %i %s %s', (...row) => meetRefusal(house, ids, row));
});
