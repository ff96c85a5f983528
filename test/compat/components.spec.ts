import { describe, expect, it } from 'vitest';

import { a, call, get, post } from './client.js';

interface Component {
  readonly name: string;
  readonly type: string;
  readonly schema: {
    readonly properties: Record<string, { placeholder?: unknown }>;
    readonly required: string[];
  } | null;
  readonly metadata: Record<string, unknown> | null;
  readonly display_name: string | Record<string, string>;
}
const names = (components: readonly Component[]): string[] => components.map(({ name }) => name);
const list = (params: Parameters<typeof get>[1]) => get<Component[]>('/v1/component/', params);

describe('GET /v1/component/', () => {
  it('answers every field the client reads, in its language', async () => {
    for (const component of await list({})) {
      expect(component).toMatchObject({ name: a.text, type: a.text, display_name: a.text, description: a.text, downloaded: a.flag, credentials_satisfied: true, required_credentials: [] }); // prettier-ignore
      expect(component).toHaveProperty('color');
      for (const [key, field] of Object.entries(component.schema?.properties ?? {})) {
        expect(field, `${component.name}.${key}`).toMatchObject({ title: a.text, description: a.text }); // prettier-ignore
        expect(field).toHaveProperty('placeholder');
      }
    }
    const german = await call<Component[]>('GET', '/v1/component/', { params: { select_types: ['Task'] }, headers: { 'accept-language': 'de' } }); // prettier-ignore
    expect(german.data.map(({ display_name }) => display_name)).not.toEqual((await list({ select_types: ['Task'] })).map(({ display_name }) => display_name)); // prettier-ignore
  });

  it('takes select_types and ignore_types as repeated keys, as one value and as a JSON array', async () => {
    const both = await list({ select_types: ['Model', 'Metric'] });
    expect(new Set(both.map(({ type }) => type))).toEqual(new Set(['Model', 'Metric']));
    expect(names(await list({ select_types: '["Model","Metric"]' }))).toEqual(names(both));
    expect(names(await list({ select_types: ['Model', 'Metric'], ignore_types: 'Model' }))).toEqual(names(await list({ select_types: 'Metric' }))); // prettier-ignore
  });

  it('intersects relations, either way round, with base classes and with what is related', async () => {
    const task = 'TabularClassificationTask';
    const models = names(await list({ related_component: task, select_types: ['Model'] }));
    expect(models).toContain('LogisticRegression');
    expect(models).not.toContain('LinearRegression');
    expect(names(await list({ related_component: 'LogisticRegression' }))).toContain(task);
    expect(names(await list({ related_component: task, component_parent: 'ClassificationMetric' }))).toContain(
      'Accuracy',
    );
    expect(names(await list({ related_component: task, component_parent: 'RegressionMetric' }))).toEqual([]);
    expect(names(await list({ component_parent: 'LogisticRegression' }))).toEqual(['LogisticRegression']);
    expect(await list({ component_parent: 'NoSuchClass' })).toEqual([]);
    const tasks = names(await list({ select_types: ['Task'], has_related_of_type: 'Model' }));
    expect(tasks).toEqual(expect.arrayContaining([task, 'RegressionTask']));
  });

  it('knows its categories, and refuses one there is not', async () => {
    expect(names(await list({ select_types: ['DatasetSource'] }))).toContain('OpenMLDatasetSource');
    for (const params of [{ select_types: 'Nope' }, { ignore_types: 'Nope' }, { has_related_of_type: 'Nope' }, { related_component: 'Nope' }]) {
      const refused = await call<{ detail: string }>('GET', '/v1/component/', { params });
      expect([refused.status, refused.data.detail]).toEqual([422, expect.stringContaining('Nope')]);
    } // prettier-ignore
  });

  it('describes tools, loaders, tasks, splitters and strategies by the metadata the client decides by', async () => {
    for (const { metadata, name } of await list({ select_types: ['Explorer', 'Converter'] })) {
      expect(metadata, name).toMatchObject({ category: a.text, icon: a.text, color: a.text, allowed_types: a.list, allowed_dtypes: [], non_allowed_dtypes: a.list, requires_download: false }); // prettier-ignore
      const cardinality = metadata!['input_cardinality'] as Record<string, number>;
      expect(cardinality['exact'] ?? cardinality['min'], name).toBeGreaterThan(0);
    }
    for (const { metadata } of await list({ select_types: 'DataLoader' })) {
      expect(metadata).toMatchObject({ category: a.text, supported_extensions: a.list });
    }
    for (const { metadata } of await list({ select_types: 'Task' })) {
      expect(metadata).toMatchObject({ inputs_types: a.list, inputs: [{ types: a.list, min: 1, max: 'n' }], outputs: [{ types: a.list }] }); // prettier-ignore
    }
    for (const { metadata } of await list({ select_types: 'Metric' })) expect(metadata).toMatchObject({ maximize: a.flag }); // prettier-ignore
    for (const { metadata } of await list({ select_types: 'Splitter' })) expect(['holdout', 'folds']).toContain(metadata!['partitioning']); // prettier-ignore
    for (const { metadata } of await list({ select_types: 'EvaluationStrategy' })) expect(['holdout', 'cv']).toContain(metadata!['kind']); // prettier-ignore
  });
});

describe('GET /v1/component/{name}/', () => {
  it('answers one object, with and without the slash', async () => {
    const one = await get<Component>('/v1/component/LogisticRegression/');
    expect(one).toMatchObject({ name: 'LogisticRegression', type: 'Model', schema: { properties: a.record, required: a.list } }); // prettier-ignore
    expect(await get('/v1/component/LogisticRegression')).toEqual(one);
    const missing = await call<{ detail: unknown }>('GET', '/v1/component/Nope/');
    expect([missing.status, typeof missing.data.detail]).toEqual([404, 'string']);
  });
});

describe('GET /v1/component/{name}/children', () => {
  it('lists nearest children, or all below, with texts in every language', async () => {
    const direct = await get<Component[]>('/v1/component/TabularClassificationModel/children', { recursive: false });
    expect(names(direct)).toContain('LogisticRegression');
    expect(direct[0]!.display_name).toMatchObject({ en: a.text, zh: a.text });
    expect(await get('/v1/component/BaseModel/children', { recursive: false })).toEqual([]);
    expect(names(await get<Component[]>('/v1/component/BaseModel/children', { recursive: true }))).toEqual(expect.arrayContaining(names(direct))); // prettier-ignore
    expect(await get('/v1/component/Nope/children', { recursive: true })).toEqual([]);
  });
});

describe('POST, DELETE and GET /v1/component/{name}/download', () => {
  it('say what needs no download, and refuse it', async () => {
    expect(await get('/v1/component/LogisticRegression/download')).toEqual({
      downloaded: true,
      requires_download: false,
    });
    for (const method of ['POST', 'DELETE']) {
      expect((await call(method, '/v1/component/LogisticRegression/download')).status).toBe(409);
      expect((await call(method, '/v1/component/Nope/download')).status).toBe(404);
    }
    expect((await call('GET', '/v1/component/Nope/download')).status).toBe(404);
  });
});

describe('POST /v1/component/downloads/required', () => {
  it('finds what is due in nested parameters, the model first', async () => {
    const path = '/v1/component/downloads/required';
    expect(await post(path, { model_name: null, parameters: { a: 1 } })).toEqual([]);
    expect(await post(path, { model_name: 'LogisticRegression', parameters: {} })).toEqual([]);
    const due = (await list({ select_types: ['GenerativeModel'] })).filter(
      (one) => one.metadata?.['requires_download'],
    );
    const [outer, inner] = names(due);
    if (outer === undefined || inner === undefined) return;
    const nested = { properties: { component: 'Base', params: { comp: { component: inner, params: {} } } } };
    const expected = (name: string, parent: string | null) => ({ name, parent, display_name: a.text, download_size_bytes: a.number }); // prettier-ignore
    expect(await post(path, { model_name: outer, parameters: { x: nested } })).toEqual([expected(outer, null), expected(inner, null)]); // prettier-ignore
    const deeper = { x: { component: 'LogisticRegression', params: { y: { component: inner, params: {} } } } };
    expect(await post(path, { model_name: null, parameters: deeper })).toEqual([expected(inner, 'LogisticRegression')]);
  });
});

describe('GET /v1/component/image/{name}/', () => {
  it('shows a picture of every component, which the browser may keep', async () => {
    const picture = await call<string>('GET', '/v1/component/image/HistogramPlotExplorer/');
    expect([picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control')]).toEqual([200, 'image/svg+xml', 'public, max-age=3600']); // prettier-ignore
    expect(picture.data).toMatch(/^<svg [\s\S]*Histogram[\s\S]*<\/svg>\s*$/);
    for (const name of names(await list({}))) {
      const one = await call<string>('GET', `/v1/component/image/${name}/`);
      expect([name, one.status, one.headers.get('content-type'), one.data.startsWith('<svg ')]).toEqual([name, 200, 'image/svg+xml', true]); // prettier-ignore
    }
    expect((await call('GET', '/v1/component/image/Nope/')).status).toBe(404);
  });
});

it('POST, DELETE and PATCH /v1/component/ are not offered', async () => {
  for (const method of ['POST', 'DELETE', 'PATCH']) expect((await call(method, '/v1/component/')).status).toBe(501);
});
