import { describe, expect, it } from 'vitest';

import { a, call, data, get, post, work } from './client.js';
import { KAGGLE_KEY, KAGGLE_TOKEN } from './pretended-kaggle.js';

const source = 'KaggleDatasetSource';
const search = (params: object): Promise<{ results: { id: string }[]; next_cursor: string | null }> =>
  get(`/v1/dataset-source/${source}/search`, params as Record<string, string>);
const info = (id: string): Promise<object> => get(`/v1/dataset-source/${source}/${encodeURIComponent(id)}/info`);
const fetched = async (dataset_id: string): Promise<{ id: number; status: string }> => {
  const { id } = await post<{ id: number }>('/v1/datafile/', { source_name: source, dataset_id, name: dataset_id });
  await work('DatafileJob', { kwargs: { datafile_id: id, source_name: source, dataset_source_id: dataset_id } });
  return get(`/v1/datafile/${id}`);
};

describe('Kaggle, searched', () => {
  it('by words and tags', async () => {
    expect(await search({ q: 'flowers', tags: ['plants'] })).toEqual({
      results: [{ id: 'some/flowers', name: 'Flowers', description: 'Two kinds', tags: ['plants'], size_bytes: 300, url: a.text, source }],
      next_cursor: null,
    }); // prettier-ignore
    expect(await info('some/flowers')).toEqual({ id: 'some/flowers', description: 'Two kinds', tags: ['plants'], size_bytes: 300 }); // prettier-ignore
    expect(await info('some/nothing')).toEqual({});
  });

  it('page by page, of which none is lost whatever number is asked for', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let calls = 0; cursor !== null && calls < 9; calls++) {
      const page = await search({ q: 'many', limit: 8, cursor });
      seen.push(...page.results.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_none, i) => `many/set-${i}`));
  });
});

describe('a data set of Kaggle', () => {
  it('is fetched file by file, also one that comes packed from elsewhere, and imported', async () => {
    const file = await fetched('some/flowers');
    expect(file).toMatchObject({ status: 'ready' });
    expect(await get(`/v1/datafile/${file.id}/files`)).toEqual(['small.csv', 'deep/large.csv.zip']);
    const at = `/v1/dataset-source/${source}/${encodeURIComponent('some/flowers')}`;
    for (const selected_file of ['small.csv', 'deep/large.csv.zip']) {
      const body = { dataloader: 'CSVDataLoader', params: { separator: ',' }, n_rows: 5, datafile_id: file.id, selected_file }; // prettier-ignore
      expect(await post(`${at}/preview`, body)).toMatchObject({ inferred_types: { x: { type: 'Integer' }, kind: { type: 'Categorical' } } }); // prettier-ignore
    }
    const { id: dataset_id } = await post<{ id: number }>('/v1/dataset/', { name: 'from Kaggle' });
    const params = { dataloader: 'CSVDataLoader', dataloader_params: { separator: ',' }, inferred_types: {}, datafile_id: file.id, selected_file: 'deep/large.csv.zip' }; // prettier-ignore
    await post(`${at}/import`, { dataset_id, params });
    await expect.poll(() => get(`/v1/dataset/${dataset_id}`), { timeout: 30_000 }).toMatchObject({ status: 3, total_rows: 30 }); // prettier-ignore
  });
});

describe('KaggleCredential', () => {
  const at = '/v1/credential/KaggleCredential';

  it.each([
    ['name and key', KAGGLE_KEY],
    ['access token', KAGGLE_TOKEN],
  ])('%s: refused when wrong, opens what is closed, is forgotten', async (_kind, key) => {
    expect((await call('POST', `${at}/auth`, { json: { key: `${key}-not` } })).status).toBe(400);
    expect(await info('some/closed')).toEqual({});
    await expect(fetched('some/closed')).rejects.toThrow();
    expect(await post(`${at}/auth`, { key })).toEqual({ is_authenticated: true });
    expect(await get(at)).toMatchObject({ name: 'KaggleCredential', is_authenticated: true, key: '••••body' });
    expect(await info('some/closed')).toMatchObject({ description: 'Behind a door' });
    const file = await fetched('some/closed');
    expect(file).toMatchObject({ status: 'ready' });
    expect((await call('DELETE', `/v1/datafile/${file.id}`)).status).toBe(204);
    // With the key that is kept, the store to which a download is redirected still sees none.
    expect(await fetched('some/flowers')).toMatchObject({ status: 'ready' });
    expect(await data('DELETE', at)).toEqual({ is_authenticated: false });
  });
});
