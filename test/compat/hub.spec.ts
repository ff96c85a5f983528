import { describe, expect, it } from 'vitest';

import { a, call, data, enqueue, get, post, work } from './client.js';
import { HUB_TOKEN } from './pretended-hubs.js';

interface Datafile {
  readonly id: number;
  readonly status: string;
  readonly error_message: string | null;
}
const fetched = async (source_name: string, dataset_id: string): Promise<Datafile> => {
  const made = await post<Datafile>('/v1/datafile/', { source_name, dataset_id, name: dataset_id, description: '', tags: ['x'], source_url: '' }); // prettier-ignore
  expect(made).toMatchObject({ status: 'downloading', local_path: null, tags: ['x'], error_message: null });
  // The client wraps these arguments once more.
  await work('DatafileJob', { kwargs: { datafile_id: made.id, source_name, dataset_source_id: dataset_id } });
  return get(`/v1/datafile/${made.id}`);
};

describe('GET /v1/dataset-source/{source}/search and /{id}/info', () => {
  it('OpenML: by name, with what it says of one', async () => {
    const params = { q: 'iris', limit: 20, cursor: '', tags: [] };
    expect(await get('/v1/dataset-source/OpenMLDatasetSource/search', params)).toEqual({
      results: [{ id: '61', name: 'iris', description: '', tags: [], size_bytes: null, url: a.text, source: 'OpenMLDatasetSource' }],
      next_cursor: null,
    }); // prettier-ignore
    expect(await get('/v1/dataset-source/OpenMLDatasetSource/61/info')).toEqual({ id: '61', description: '**Iris** flowers', tags: ['uci'], size_bytes: null }); // prettier-ignore
    expect(await get('/v1/dataset-source/OpenMLDatasetSource/4711/info')).toEqual({});
    expect(await get('/v1/dataset-source/OpenMLDatasetSource/search', { q: 'nothing of this name' })).toEqual({ results: [], next_cursor: null }); // prettier-ignore
  });

  it('Hugging Face: ids with a slash, and the cursor of its Link header', async () => {
    const found = await get<{ results: object[] }>('/v1/dataset-source/HuggingFaceDatasetSource/search', { q: 'kinds', limit: 2 }); // prettier-ignore
    expect(found).toMatchObject({ results: [{ id: 'some/kinds', name: 'kinds', tags: ['tabular'] }, { id: 'some/closed' }], next_cursor: 'abc' }); // prettier-ignore
    expect(await get(`/v1/dataset-source/HuggingFaceDatasetSource/${encodeURIComponent('some/kinds')}/info`)).toEqual({ id: 'some/kinds', description: 'Two kinds', tags: ['tabular'], size_bytes: 300 }); // prettier-ignore
  });

  it('Zenodo: words and keywords, whose quotes end no phrase', async () => {
    expect(await get('/v1/dataset-source/ZenodoDatasetSource/search', { q: 'kinds', tags: ['a"b'] })).toMatchObject({ results: [{ id: '7', name: 'Kinds', description: 'Rows', size_bytes: 300 }], next_cursor: '2' }); // prettier-ignore
  });

  it('refuses what it does not know, and says when a hub fails', async () => {
    expect((await call('GET', '/v1/dataset-source/NoSource/search')).status).toBe(404);
    expect((await call('GET', '/v1/dataset-source/ZenodoDatasetSource/search', { params: { limit: 101 } })).status).toBe(422); // prettier-ignore
    const failed = await call<{ detail: string }>('GET', '/v1/dataset-source/OpenMLDatasetSource/broken/info');
    expect([failed.status, failed.data.detail]).toEqual([502, expect.stringContaining('HTTP 500')]);
  });
});

describe('a data set of a hub', () => {
  it('is fetched, looked at and imported, as the client goes about it', async () => {
    const source = 'HuggingFaceDatasetSource';
    const id = 'some/kinds';
    const file = await fetched(source, id);
    expect(file).toMatchObject({ status: 'ready', local_path: a.text, size_bytes: a.number, job_id: a.text });
    expect(await get('/v1/datafile/')).toContainEqual(file);
    expect(await get(`/v1/datafile/${file.id}/files`)).toEqual(['data/train.csv', 'data/test.csv']);
    const at = `/v1/dataset-source/${source}/${encodeURIComponent(id)}`;
    const choice = { datafile_id: file.id, selected_file: 'data/train.csv' };
    const preview = { dataloader: 'CSVDataLoader', params: { separator: ',' }, n_rows: 10, ...choice };
    const looked = await post<{ sample: unknown[] }>(`${at}/preview`, preview);
    expect(looked).toMatchObject({ inferred_types: { x: { type: 'Integer' }, kind: { type: 'Categorical' } }, preview_row_count: a.number }); // prettier-ignore
    expect(looked.sample).toHaveLength(10);
    const { id: dataset_id } = await post<{ id: number }>('/v1/dataset/', { name: 'from a hub' });
    const params = { dataloader: 'CSVDataLoader', dataloader_params: { separator: ',' }, inferred_types: {}, column_renames: { x: 'number' }, compute_metadata: true, ...choice }; // prettier-ignore
    const begun = await post<{ job_id: string }>(`${at}/import`, { dataset_id, params });
    expect(begun).toEqual({ job_id: a.text, dataset_id });
    await expect.poll(() => get(`/v1/dataset/${dataset_id}`), { timeout: 30_000 }).toMatchObject({ status: 3, total_rows: 30 }); // prettier-ignore
    expect(Object.keys(await get<object>(`/v1/dataset/${dataset_id}/types`))).toEqual(['number', 'kind']);
    // Fetched once, it may be imported again; noted again, it is the same row.
    expect(await post('/v1/datafile/', { source_name: source, dataset_id: id, name: id })).toMatchObject({ id: file.id, status: 'ready' }); // prettier-ignore
    expect((await call('POST', `${at}/preview`, { json: { ...preview, selected_file: 'no.csv' } })).status).toBe(422);
    expect((await call('POST', `${at}/preview`, { json: { ...preview, dataloader: 'No' } })).status).toBe(422);
    expect((await call('DELETE', `/v1/datafile/${file.id}`)).status).toBe(204);
    for (const path of ['', '/files']) expect((await call('GET', `/v1/datafile/${file.id}${path}`)).status).toBe(404);
    expect((await call('POST', `${at}/import`, { json: { dataset_id, params } })).status).toBe(404);
    expect((await call('POST', `${at}/import`, { json: { dataset_id, params: {} } })).status).toBe(422);
    expect(await get(`/v1/dataset/${dataset_id}`)).toMatchObject({ status: 3 });
  });

  it('comes as ARFF from OpenML', async () => {
    const file = await fetched('OpenMLDatasetSource', '61');
    expect(await get(`/v1/datafile/${file.id}/files`)).toEqual(['dataset_61_iris.arff']);
    const body = { dataloader: 'ARFFDataLoader', datafile_id: file.id };
    expect(await post('/v1/dataset-source/OpenMLDatasetSource/61/preview', body)).toMatchObject({ inferred_types: { x: a.record } }); // prettier-ignore
  });

  it('without a table says so, and keeps its row', async () => {
    expect((await call('POST', '/v1/datafile/', { json: { source_name: 'No', dataset_id: '1', name: 'x' } })).status).toBe(404); // prettier-ignore
    const made = await post<Datafile>('/v1/datafile/', { source_name: 'HuggingFaceDatasetSource', dataset_id: 'some/texts', name: 'texts' }); // prettier-ignore
    expect((await call('GET', `/v1/datafile/${made.id}/files`)).status).toBe(409);
    await enqueue('DatafileJob', { datafile_id: made.id });
    await expect.poll(() => get(`/v1/datafile/${made.id}`), { timeout: 30_000 }).toMatchObject({ status: 'error', error_message: expect.stringContaining('texts has no file') as string }); // prettier-ignore
    expect((await call('DELETE', `/v1/datafile/${made.id}`)).status).toBe(204);
  });
});

describe('GET /v1/credential/, POST /v1/credential/{name}/auth, DELETE /v1/credential/{name}', () => {
  const at = '/v1/credential/HuggingFaceCredential';

  it('keeps a verified key, never shows it, uses it and forgets it', async () => {
    const without = { name: 'HuggingFaceCredential', display_name: a.text, description: a.text, is_authenticated: false, key: null }; // prettier-ignore
    expect(await get('/v1/credential/')).toEqual(
      expect.arrayContaining([without, expect.objectContaining({ name: 'KaggleCredential' })]),
    );
    expect(await get('/v1/credential/')).toHaveLength(2);
    const info = `/v1/dataset-source/HuggingFaceDatasetSource/${encodeURIComponent('some/closed')}/info`;
    expect(await get(info)).toEqual({});
    expect((await call('POST', `${at}/auth`, { json: { key: 'wrong' } })).status).toBe(400);
    expect((await call('POST', `${at}/auth`, { json: { key: 'line\nbreak' } })).status).toBe(400);
    expect((await call('POST', `${at}/auth`, { json: {} })).status).toBe(422);
    expect((await call('POST', '/v1/credential/No/auth', { json: { key: 'x' } })).status).toBe(404);
    expect(await get('/v1/credential/')).toEqual(
      expect.arrayContaining([without, expect.objectContaining({ name: 'KaggleCredential' })]),
    );
    expect(await get('/v1/credential/')).toHaveLength(2);
    expect(await post(`${at}/auth`, { key: HUB_TOKEN })).toEqual({ is_authenticated: true });
    expect(await get(at)).toEqual({ ...without, is_authenticated: true, key: '••••body' });
    expect(await get(info)).toMatchObject({ description: 'Behind a door' });
    expect(await data('DELETE', at)).toEqual({ is_authenticated: false });
    expect(await get(info)).toEqual({});
    expect((await call('GET', '/v1/credential/No')).status).toBe(404);
    expect((await call('DELETE', '/v1/credential/No')).status).toBe(404);
  });
});
