import { beforeAll, describe, expect, it } from 'vitest';

import { a, call, data, type Dataset, detailsOf, formOf, get, kinds, post, upload, work } from './client.js';

let dataset: Dataset;
beforeAll(async () => {
  dataset = await upload('kinds');
});

describe('datasets', () => {
  it('POST /v1/dataset/ takes JSON, and the file comes with the job', () => {
    expect(dataset).toMatchObject({
      name: 'kinds',
      status: 3,
      file_path: a.text,
      total_rows: 60,
      total_columns: 3,
      folder_id: null,
    });
    // Never a path of the server.
    expect(dataset.file_path).not.toContain('/');
  });

  it('GET /v1/dataset/ and GET /v1/dataset/{id}', async () => {
    expect(await get('/v1/dataset/')).toContainEqual(
      expect.objectContaining({ id: dataset.id, name: 'kinds', status: 3 }),
    );
    expect(await get(`/v1/dataset/${dataset.id}`)).toMatchObject({
      id: dataset.id,
      created: a.text,
      last_modified: a.text,
    });
    const missing = await call<{ detail: unknown }>('GET', '/v1/dataset/999999');
    expect([missing.status, typeof missing.data.detail]).toEqual([404, 'string']);
  });

  it('PATCH and DELETE /v1/dataset/{id}, DELETE /v1/dataset/ with ids, POST /v1/dataset/copy', async () => {
    const copy = await post<Dataset>('/v1/dataset/copy', { dataset_id: dataset.id });
    expect(copy).toMatchObject({ name: 'kinds_copy', status: 3 });
    expect(await data('PATCH', `/v1/dataset/${copy.id}`, { json: { name: 'renamed' } })).toMatchObject({
      name: 'renamed',
    });
    expect((await call('DELETE', `/v1/dataset/${copy.id}`)).status).toBe(204);
    const { id } = await post<Dataset>('/v1/dataset/', { name: 'short-lived' });
    expect((await call('DELETE', '/v1/dataset/', { json: { ids: [id, 999_999] } })).status).toBe(204);
    expect((await call('GET', `/v1/dataset/${id}`)).status).toBe(404);
  });

  it('GET /v1/dataset/{id}/sample, /types, /info, /model-sessions-exist', async () => {
    const sample = await get<Record<string, unknown[]>>(`/v1/dataset/${dataset.id}/sample`);
    expect(Object.keys(sample)).toEqual(['length', 'width', 'kind']);
    expect(sample['kind']).toHaveLength(10);
    const types = await get<Record<string, { type: string }>>(`/v1/dataset/${dataset.id}/types`);
    expect(types).toMatchObject({
      length: { type: 'Float', dtype: a.text },
      kind: { type: 'Categorical', dtype: a.text },
    });
    expect(await get(`/v1/dataset/${dataset.id}/info`)).toMatchObject({
      total_rows: 60,
      total_columns: 3,
      nan: { length: 0, width: 0, kind: 0 },
    });
    expect(await get(`/v1/dataset/${dataset.id}/model-sessions-exist`)).toBe(false);
  });

  it('GET /v1/dataset/sample/file, /types/file, /file/info by path', async () => {
    const path = dataset.file_path;
    expect(await get('/v1/dataset/sample/file', { path })).toEqual(await get(`/v1/dataset/${dataset.id}/sample`));
    expect(await get('/v1/dataset/types/file', { path })).toEqual(await get(`/v1/dataset/${dataset.id}/types`));
    expect(await get('/v1/dataset/file/info', { path })).toEqual(await get(`/v1/dataset/${dataset.id}/info`));
  });

  it('GET /v1/dataset/file/ pages, and GET /v1/dataset/filter/ filters and sorts', async () => {
    const path = dataset.file_path;
    const page = await get<{ rows: unknown[] }>('/v1/dataset/file/', { path, page: 1, page_size: 25 });
    expect(page).toMatchObject({ total: 60, rows: a.list });
    expect(page.rows).toHaveLength(25);
    const filterModel = JSON.stringify({ items: [{ field: 'kind', operator: 'equals', value: 'large' }] });
    const sortModel = JSON.stringify([{ id: 'length', desc: true }]);
    const found = await get<{ total: number; rows: { kind: string; length: number }[] }>('/v1/dataset/filter/', {
      path,
      page: 0,
      page_size: 5,
      filterModel,
      sortModel,
    });
    expect([found.total, found.rows.length, new Set(found.rows.map(({ kind }) => kind))]).toEqual([
      20,
      5,
      new Set(['large']),
    ]);
    expect(found.rows[0]!.length).toBeGreaterThanOrEqual(found.rows[4]!.length);
  });

  it('GET /v1/dataset/export/csv by path, with snake case, and GET /v1/dataset/{id}/export/csv', async () => {
    const filter = JSON.stringify({ items: [{ field: 'kind', operator: 'equals', value: 'small' }] });
    const part = await call<string>('GET', '/v1/dataset/export/csv', {
      params: { path: dataset.file_path, filter_model: filter, sort_model: undefined },
    });
    expect(part.data.trim().split('\n')).toHaveLength(21);
    const whole = await call<string>('GET', `/v1/dataset/${dataset.id}/export/csv`);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/csv')]);
    expect(whole.headers.get('content-disposition')).toContain('kinds');
  });

  it('PATCH /v1/dataset/{id}/columns/rename and /columns/{col}/encoder', async () => {
    const rename = (old_name: string, new_name: string) =>
      data('PATCH', `/v1/dataset/${dataset.id}/columns/rename`, { json: { old_name, new_name } });
    expect(await rename('width', 'breadth')).toMatchObject({
      message: a.text,
      old_name: 'width',
      new_name: 'breadth',
      columns: { breadth: { type: 'Float' } },
    });
    await rename('breadth', 'width');
    expect(
      await data('PATCH', `/v1/dataset/${dataset.id}/columns/kind/encoder`, { json: { encoder: 'label' } }),
    ).toHaveProperty('kind');
  });

  it('POST /v1/dataset/preview_with_types', async () => {
    const params = JSON.stringify({ dataloader_name: 'CSVDataLoader', inference_rows: 1000, separator: ',' });
    const form = formOf({ file: { name: 'kinds.csv', text: kinds }, params });
    expect(await data('POST', '/v1/dataset/preview_with_types', { form })).toMatchObject({
      sample: a.list,
      schema: a.record,
      inferred_types: { length: { type: 'Float', dtype: a.text }, kind: { type: 'Categorical' } },
      preview_row_count: a.number,
    });
  });

  it('POST /v1/dataset/load_preview and /infer_datatypes, as older clients look at a file', async () => {
    const params = JSON.stringify({ dataloader: 'CSVDataLoader', separator: ',', methods: ['DashAIPtype'] });
    const form = (text = kinds) => formOf({ file: { name: 'kinds.csv', text }, params });
    const types = { length: { type: 'Float', dtype: a.text }, width: { type: 'Float' }, kind: { type: 'Categorical' } };
    expect(await data('POST', '/v1/dataset/load_preview', { form: form() })).toMatchObject({
      sample: expect.arrayContaining([{ length: 0, width: 5, kind: 'small' }]) as unknown[],
      schema: a.record,
      inferred_types: types,
      preview_row_count: 60,
    });
    const inferred = await data<object>('POST', '/v1/dataset/infer_datatypes', { form: form() });
    expect(inferred).toMatchObject(types);
    expect(Object.keys(inferred).sort()).toEqual(['kind', 'length', 'width']);
    for (const path of ['/v1/dataset/load_preview', '/v1/dataset/infer_datatypes']) {
      expect(await call('POST', path, { form: form('') })).toMatchObject({ status: 422, data: { code: 'file-empty' } });
      const fileless = await call('POST', path, { form: formOf({ params }) });
      expect(fileless).toMatchObject({ status: 422, data: { code: 'file-missing' } });
    }
  });

  it('POST /v1/dataset/validate_type_changes tells what fits and what does not', async () => {
    const ask = (type: string) => {
      const type_changes = JSON.stringify({ kind: { current_type: 'Categorical', new_type: type } });
      const params = JSON.stringify({ dataloader_name: 'CSVDataLoader', separator: ',' });
      const form = formOf({ file: { name: 'kinds.csv', text: kinds }, params, type_changes });
      return data<{ errors: object }>('POST', '/v1/dataset/validate_type_changes', { form });
    };
    expect(await ask('Text')).toMatchObject({ valid: true, errors: {}, warnings: a.record });
    expect(await ask('Float')).toMatchObject({ valid: false, errors: { kind: a.text } });
  });

  it('GET and POST /v1/folder/, PATCH and DELETE /v1/folder/{id}', async () => {
    const folder = await post<{ id: number }>('/v1/folder/', { name: 'compat' });
    expect(await get('/v1/folder/')).toContainEqual(expect.objectContaining({ id: folder.id, name: 'compat' }));
    expect(await data('PATCH', `/v1/folder/${folder.id}`, { json: { name: 'other' } })).toMatchObject({
      name: 'other',
    });
    expect(await data('PATCH', `/v1/dataset/${dataset.id}`, { json: { folder_id: folder.id } })).toMatchObject({
      folder_id: folder.id,
    });
    expect((await call('DELETE', `/v1/folder/${folder.id}`)).status).toBe(204);
    expect(await get(`/v1/dataset/${dataset.id}`)).toMatchObject({ id: dataset.id, folder_id: null });
  });
});

describe('notebooks', () => {
  interface Step {
    readonly id: number;
    readonly status: number;
  }
  let notebook: { id: number; file_path: string };
  beforeAll(async () => {
    notebook = await post('/v1/notebook/', { name: 'book', description: '', dataset_id: dataset.id });
  });

  it('POST and GET /v1/notebook/, GET, PATCH and DELETE /v1/notebook/{id}, DELETE with ids', async () => {
    expect(notebook).toMatchObject({ id: a.number, name: 'book', dataset_id: dataset.id, file_path: a.text });
    expect(await get('/v1/notebook/')).toContainEqual(expect.objectContaining({ id: notebook.id }));
    expect(await data('PATCH', `/v1/notebook/${notebook.id}`, { json: { name: 'books' } })).toMatchObject({
      name: 'books',
    });
    const { id } = await post<{ id: number }>('/v1/notebook/', {
      name: 'gone',
      description: '',
      dataset_id: dataset.id,
    });
    expect((await call('DELETE', '/v1/notebook/', { json: { ids: [id] } })).status).toBeLessThan(300);
    expect((await call('GET', `/v1/notebook/${id}`)).status).toBe(404);
  });

  it('POST /v1/explorer without a slash, its job, its results, an edited figure and its way back', async () => {
    const body = {
      notebook_id: notebook.id,
      columns: [{ columnName: 'length', valueType: 'Float', dataType: 'float64', id: 0 }],
      exploration_type: 'HistogramPlotExplorer',
      parameters: {},
    };
    const explorer = await post<Step>('/v1/explorer', body);
    expect(explorer).toMatchObject({
      id: a.number,
      status: 0,
      exploration_type: 'HistogramPlotExplorer',
      columns: a.list,
    });
    const job = await work('ExplorerJob', { explorer_id: explorer.id });
    expect(await detailsOf(job)).toEqual(['explorer', explorer.id]);
    expect(await get(`/v1/explorer/${explorer.id}/`)).toMatchObject({
      status: 3,
      created: a.text,
      delivery_time: a.text,
      start_time: a.text,
      end_time: a.text,
    });
    const results = `/v1/explorer/${explorer.id}/results/`;
    const [artifact] = await post<{ type: string; payload: string }[]>(results, { options: {} });
    expect(artifact).toMatchObject({ type: 'plotly', payload: a.text, index: 0 });
    expect(JSON.parse(artifact!.payload)).toMatchObject({ data: a.list, layout: a.record });
    const said = async (language: string): Promise<unknown> => {
      const headers = { 'accept-language': language };
      const [told] = await data<{ payload: string }[]>('POST', results, { json: { options: {} }, headers });
      return (JSON.parse(told!.payload) as { layout: { title: { text: string } } }).layout.title.text;
    };
    expect([await said('en'), await said('de'), await said('zh-CN')]).toEqual([
      'Histogram of length',
      'Histogramm von length',
      'length 的直方图',
    ]);
    await data('PUT', results, { json: { index: 0, figure: { data: [], layout: { title: 'mine' } } } });
    expect(await post(results, { options: {} })).toMatchObject([{ overridden: true }]);
    await data('DELETE', `${results}override/0`);
    expect((await post<object[]>(results, { options: {} }))[0]).toMatchObject({ payload: artifact!.payload });
    expect(await get<Step[]>(`/v1/notebook/${notebook.id}/explorers`)).toHaveLength(1);
    expect((await call('DELETE', `/v1/explorer/${explorer.id}/`)).status).toBeLessThan(300);
    expect((await call('GET', `/v1/explorer/${explorer.id}/`)).status).toBe(404);
    expect(await get(`/v1/notebook/${notebook.id}/explorers`)).toEqual([]);
  });

  it('POST /v1/converter without a slash, its job, and DELETE /v1/converter/{id} with jobId', async () => {
    const before = await get('/v1/dataset/file/', { path: notebook.file_path, page: 0, page_size: 5 });
    const params = { scope: { columns: [{ columnName: 'length', id: 0 }], rows: [] }, params: {} };
    const body = { notebook_id: notebook.id, converter: 'StandardScaler', parameters: params };
    const converter = await post<Step>('/v1/converter', body);
    expect(converter).toMatchObject({ id: a.number, status: 0 });
    const job = await work('ConverterJob', { converter_id: converter.id });
    expect(await detailsOf(job)).toEqual(['converter', converter.id]);
    expect(await get(`/v1/converter/${converter.id}`)).toMatchObject({ status: 3 });
    expect(await get('/v1/dataset/file/', { path: notebook.file_path, page: 0, page_size: 5 })).not.toEqual(before);
    const steps = await get(`/v1/notebook/${notebook.id}/converters`);
    expect(steps).toMatchObject([{ id: converter.id, status: 3 }]);
    expect(await get(`/v1/converter/notebook/${notebook.id}`)).toEqual(steps);
    expect(await data('DELETE', `/v1/converter/${converter.id}`)).toHaveProperty('jobId');
    expect(await get('/v1/dataset/file/', { path: notebook.file_path, page: 0, page_size: 5 })).toEqual(before);
  });
});

describe('jobs', () => {
  it('GET /v1/job/, /changes, /is_empty, /status/{id} and /{id}/details', async () => {
    const jobs = await get<{ id: string; task_type: string }[]>('/v1/job/');
    const job = jobs.find(({ task_type }) => task_type.endsWith('DatasetJob'));
    expect(job).toMatchObject({
      id: a.text,
      job_name: a.text,
      task_type: a.text,
      status: a.text,
      last_update: a.text,
      enqueued_at: a.text,
    });
    expect(job).toHaveProperty('progress');
    expect(job).toHaveProperty('error_msg');
    const changes = await get<{ cursor: string }>('/v1/job/changes', { since: null });
    expect(changes).toMatchObject({
      jobs: a.list,
      cursor: a.text,
      server_now: a.text,
      queue_empty: a.flag,
      recently_completed: a.flag,
    });
    // Rows come again while a transaction that is as old is open anywhere in the database's cluster, then no more.
    let { cursor } = changes;
    const again = async (): Promise<object[]> => {
      const next = await get<{ jobs: object[]; cursor: string }>('/v1/job/changes', { since: cursor });
      ({ cursor } = next);
      return next.jobs;
    };
    await expect.poll(again, { timeout: 20_000 }).toEqual([]);
    expect(await get('/v1/job/is_empty')).toEqual({ is_empty: a.flag });
    expect(await get(`/v1/job/status/${job!.id}`)).toMatchObject({ status: 'finished', job_name: a.text });
    expect(await get(`/v1/job/${job!.id}/details`)).toMatchObject({ entity_type: a.text, entity_id: a.number });
  });
});
